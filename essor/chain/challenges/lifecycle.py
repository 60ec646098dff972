"""Which state may follow which, as data."""

from essor.chain.challenges.enums import ChallengeState as State

CHALLENGE_MOVES: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.WAITING, State.GATHERING, State.WITHDRAWN}),
    State.WAITING: frozenset({State.DRAFT, State.GATHERING, State.HIDDEN, State.WITHDRAWN}),
    State.GATHERING: frozenset({State.OPEN, State.ENDED, State.HIDDEN, State.WITHDRAWN}),
    State.OPEN: frozenset({State.ENDED, State.HIDDEN, State.WITHDRAWN}),
    State.ENDED: frozenset({State.OPEN, State.HIDDEN}),
    State.HIDDEN: frozenset({State.GATHERING, State.OPEN, State.ENDED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}

PUBLIC = (State.GATHERING, State.OPEN, State.ENDED)
