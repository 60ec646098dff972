"""Which state of a gathering may follow which."""

from essor.ground.gatherings.enums import GatheringState, MinutesState

MOVES: dict[str, frozenset[str]] = {
    GatheringState.DRAFT: frozenset(
        {GatheringState.ANNOUNCED, GatheringState.HELD, GatheringState.CANCELLED}
    ),
    GatheringState.ANNOUNCED: frozenset({GatheringState.HELD, GatheringState.CANCELLED}),
    GatheringState.HELD: frozenset({GatheringState.ANNOUNCED}),
    GatheringState.CANCELLED: frozenset({GatheringState.ANNOUNCED}),
}

MINUTES_MOVES: dict[str, frozenset[str]] = {
    MinutesState.DRAFT: frozenset({MinutesState.PUBLISHED}),
    MinutesState.PUBLISHED: frozenset({MinutesState.DRAFT}),
}
