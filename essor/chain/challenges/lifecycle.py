"""Which state may follow which, as data."""

from essor.chain.challenges.enums import ChallengeState as State

CHALLENGE_MOVES: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.WAITING, State.GATHERING, State.WITHDRAWN}),
    State.WAITING: frozenset({State.DRAFT, State.HIDDEN, State.WITHDRAWN}),  # published by a moderator alone
    State.GATHERING: frozenset({State.WAITING, State.OPEN, State.ENDED, State.HIDDEN, State.WITHDRAWN}),
    State.OPEN: frozenset({State.WAITING, State.ENDED, State.HIDDEN, State.WITHDRAWN}),
    State.ENDED: frozenset({State.WAITING, State.GATHERING, State.OPEN, State.HIDDEN}),
    State.HIDDEN: frozenset(),  # a moderator alone restores it
    State.WITHDRAWN: frozenset(),
}

PUBLIC = (State.GATHERING, State.OPEN, State.ENDED)
