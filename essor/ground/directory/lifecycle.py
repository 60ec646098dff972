"""Which state may follow which, as data."""

from essor.ground.directory.enums import ActorState

ACTOR_MOVES: dict[str, frozenset[str]] = {
    ActorState.WAITING: frozenset(
        {ActorState.LISTED, ActorState.HIDDEN, ActorState.WITHDRAWN, ActorState.MERGED}
    ),
    ActorState.LISTED: frozenset({ActorState.HIDDEN, ActorState.WITHDRAWN, ActorState.MERGED}),
    ActorState.HIDDEN: frozenset(
        {ActorState.LISTED, ActorState.WAITING, ActorState.WITHDRAWN, ActorState.MERGED}
    ),
    ActorState.WITHDRAWN: frozenset({ActorState.LISTED, ActorState.WAITING}),
    ActorState.MERGED: frozenset({ActorState.LISTED, ActorState.WAITING, ActorState.HIDDEN}),
}
