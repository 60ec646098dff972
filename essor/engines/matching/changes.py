"""What would lift a proposal, and what would make it disappear."""

from collections.abc import Mapping

import numpy as np

from essor.engines.matching.result import Change
from essor.engines.matching.scoring import Block
from essor.engines.matching.weights import PARTS

TOLD = 3  # changes told of each effect


def changes_of(
    parts: dict[str, Block],
    scores: np.ndarray,
    row: int,
    best: list[int],
    rank: int,
    k: int,
    floor: int,
    most: Mapping[str, int],
) -> tuple[Change, ...]:
    """Changes of the proposal that stands at ``rank`` (from 0) among the ``best`` positions of this row.

    A part lifts when all its points would give a better rank; it drops when, without its points, the proposal
    would fall below the floor or behind the first one that is not proposed. ``most``: points of a part.
    """
    j = best[rank]
    score = int(scores[j])
    bar = int(scores[best[k]]) if len(best) > k else floor - 1
    lifts, drops = [], []
    for name in PARTS:
        points = int(parts[name][row, j])
        gain = most[name] - points
        if gain > 0 and rank > 0:
            reached = sum(1 for other in best[:rank] if _before(scores, other, j, score + gain))
            if reached < rank:
                lifts.append(Change(name, "lifts", gain, reached + 1))
        if points and score - points <= max(bar, floor - 1):
            drops.append(Change(name, "drops", points, rank + 1))
    lifts.sort(key=lambda each: (each.rank, -each.points, each.part))
    drops.sort(key=lambda each: (-each.points, each.part))
    return (*lifts[:TOLD], *drops[:TOLD])


def _before(scores: np.ndarray, other: int, j: int, score: int) -> bool:
    """Whether ``other`` would still stand before ``j`` if this had ``score`` points."""
    theirs = int(scores[other])
    return theirs > score or (theirs == score and other < j)
