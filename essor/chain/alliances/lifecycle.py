"""Which state may follow which, as data."""

from essor.chain.alliances.enums import AllianceState as State
from essor.chain.alliances.enums import CommitmentState, MemberState

ALLIANCE_MOVES: dict[str, frozenset[str]] = {
    State.PROPOSED: frozenset({State.DISCUSSED, State.CLOSED}),
    State.DISCUSSED: frozenset({State.PROPOSED, State.SIGNED, State.CLOSED}),
    State.SIGNED: frozenset({State.ACTIVE, State.DISCUSSED, State.CLOSED}),
    State.ACTIVE: frozenset({State.DISCUSSED, State.CLOSED}),
    State.CLOSED: frozenset({State.DISCUSSED}),
}
MEMBER_MOVES: dict[str, frozenset[str]] = {
    MemberState.INVITED: frozenset({MemberState.CONSENTED, MemberState.DECLINED, MemberState.LEFT}),
    MemberState.CONSENTED: frozenset({MemberState.LEFT}),
    MemberState.DECLINED: frozenset({MemberState.INVITED}),
    MemberState.LEFT: frozenset({MemberState.INVITED}),
}
COMMITMENT_MOVES: dict[str, frozenset[str]] = {
    CommitmentState.PROMISED: frozenset(
        {CommitmentState.KEPT, CommitmentState.NOT_KEPT, CommitmentState.RELEASED}
    ),
    CommitmentState.KEPT: frozenset({CommitmentState.PROMISED}),
    CommitmentState.NOT_KEPT: frozenset({CommitmentState.PROMISED, CommitmentState.KEPT}),
    CommitmentState.RELEASED: frozenset({CommitmentState.PROMISED}),
}
