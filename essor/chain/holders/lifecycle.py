"""Any column of the board may follow any other: people come back, and pause. The history keeps each move."""

from essor.chain.holders.enums import HolderStage

HOLDER_MOVES: dict[str, frozenset[str]] = {
    stage: frozenset(each for each in HolderStage.values if each != stage) for stage in HolderStage.values
}
ENDED = (HolderStage.CLOSED,)
RESTING = (HolderStage.PAUSED, HolderStage.CLOSED)  # going there is no contact
