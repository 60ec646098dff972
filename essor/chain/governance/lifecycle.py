"""Which state may follow which, as data."""

from essor.chain.governance.enums import AssemblyState, BodyState, ObjectionState
from essor.chain.governance.enums import ResolutionState as State

BODY_MOVES: dict[str, frozenset[str]] = {
    BodyState.DRAFT: frozenset({BodyState.ACTIVE}),
    BodyState.ACTIVE: frozenset({BodyState.DISSOLVED}),
    BodyState.DISSOLVED: frozenset({BodyState.ACTIVE}),
}
ASSEMBLY_MOVES: dict[str, frozenset[str]] = {
    AssemblyState.DRAFT: frozenset({AssemblyState.CONVENED, AssemblyState.CANCELLED}),
    AssemblyState.CONVENED: frozenset({AssemblyState.OPEN, AssemblyState.CANCELLED}),
    AssemblyState.OPEN: frozenset({AssemblyState.CLOSED}),
    AssemblyState.CLOSED: frozenset({AssemblyState.OPEN, AssemblyState.SIGNED}),
    AssemblyState.SIGNED: frozenset(),
    AssemblyState.CANCELLED: frozenset(),
}
# What was decided stays decided: an appeal or a revision is a new resolution.
RESOLUTION_MOVES: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.PROPOSED, State.WITHDRAWN}),
    State.PROPOSED: frozenset({State.DRAFT, State.OPEN, State.WITHDRAWN}),
    State.OPEN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.ADOPTED, State.REJECTED, State.NO_QUORUM, State.REVIEW}),
    State.REVIEW: frozenset({State.ADOPTED, State.REJECTED}),
    State.ADOPTED: frozenset(),
    State.REJECTED: frozenset(),
    State.NO_QUORUM: frozenset(),
    State.WITHDRAWN: frozenset(),
}
OBJECTION_MOVES: dict[str, frozenset[str]] = {
    ObjectionState.RAISED: frozenset({ObjectionState.ANSWERED, ObjectionState.LIFTED}),
    ObjectionState.ANSWERED: frozenset({ObjectionState.LIFTED, ObjectionState.MAINTAINED}),
    ObjectionState.LIFTED: frozenset({ObjectionState.RAISED}),
    ObjectionState.MAINTAINED: frozenset({ObjectionState.ANSWERED, ObjectionState.LIFTED}),
}
