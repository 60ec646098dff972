"""What would lift a proposal, and what would make it disappear."""

from collections.abc import Mapping, Sequence

from essor.engines.matching.result import Change
from essor.engines.matching.weights import PARTS

TOLD = 3  # changes told of each effect


def changes_of(
    points: Sequence[int],
    best: Sequence[tuple[int, int]],
    rank: int,
    k: int,
    floor: int,
    most: Mapping[str, int],
) -> tuple[Change, ...]:
    """Changes of the proposal that stands at ``rank`` (from 0), with these points in the order of ``PARTS``.

    ``best``: (score, position) of the best of its row, and of the first one that is not proposed. A part
    lifts when all its points would give a better rank; it drops when, without its points, the proposal would
    fall below the floor or behind the first one that is not proposed. ``most``: points of a part.

    >>> most = dict(zip(PARTS, (300, 150, 150, 250, 75, 75)))
    >>> told = changes_of((100, 150, 50, 0, 75, 25), [(450, 0), (400, 1)], 1, 6, 251, most)
    >>> [(each.part, each.effect) for each in told]
    [('complement', 'lifts'), ('text', 'lifts'), ('distance', 'lifts'), ('themes', 'drops')]
    """
    score, position = best[rank]
    bar = best[k][0] if len(best) > k else floor - 1
    lifts, drops = [], []
    for name, had in zip(PARTS, points, strict=True):
        gain = most[name] - had
        if gain > 0 and rank > 0:
            reached = sum(1 for other in best[:rank] if _before(other, score + gain, position))
            if reached < rank:
                lifts.append(Change(name, "lifts", gain, reached + 1))
        if had and score - had <= max(bar, floor - 1):
            drops.append(Change(name, "drops", had, rank + 1))
    lifts.sort(key=lambda each: (each.rank, -each.points, each.part))
    drops.sort(key=lambda each: (-each.points, each.part))
    return (*lifts[:TOLD], *drops[:TOLD])


def _before(other: tuple[int, int], score: int, position: int) -> bool:
    """Whether ``other`` would still stand before the one at ``position`` if this had ``score`` points."""
    return other[0] > score or (other[0] == score and other[1] < position)
