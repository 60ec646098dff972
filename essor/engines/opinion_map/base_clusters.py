"""Groups by the published rules of Polis: clusters of clusters.

1. Participants are gathered in 100 base clusters: k-means started at the first distinct points, or at the
   base clusters of the earlier map and, where these are fewer, the points farthest from them.
2. For k = 2 … min(5, 2 + ⌊b/12⌋), b base clusters: k-means of their middles, weighted by their members,
   started at the first distinct ones. The best k has the greatest mean silhouette of base clusters, each
   counted once, 0 for one alone.
3. With an earlier map a new k is adopted once it has won four maps in a row.
Who counts: those with min(7, m) votes, those grouped before, and, while there are fewer than 15, the most
active.
"""

import numpy as np

from essor.engines.opinion_map.axes import Floats
from essor.engines.opinion_map.grouping import Grouping, alone
from essor.engines.opinion_map.kmeans import distances, first_distinct, lloyd, nearest, silhouettes
from essor.engines.opinion_map.result import Choice
from essor.engines.opinion_map.votes import Array, Ints

BASE = 100
MOST_GROUPS = 5
FEWEST = 15
IN_A_ROW = 4


def who_counts(counts: Ints, least: int, before: Array) -> Array:
    """The mask of those who are grouped; ``counts`` are the votes of each, ``before`` the mask of old ones.

    >>> who_counts(np.array([9, 1, 8, 0]), 7, np.array([False, True, False, False])).tolist()
    [True, True, True, False]
    """
    chosen = (counts >= least) | before
    if chosen.sum() < FEWEST:
        left = [int(i) for i in np.argsort(-counts, kind="stable") if not chosen[i] and counts[i] > 0]
        chosen[left[: FEWEST - int(chosen.sum())]] = True
    return chosen


def group_as_polis(
    points: Floats,
    *,
    number: int | None,
    most: int = MOST_GROUPS,
    base: Floats | None = None,
    used: int = 0,
    streak: tuple[int, int] = (0, 0),
) -> Grouping:
    """``base`` centres, ``used`` groups and ``streak`` come from the earlier map."""
    ones = np.ones(len(points))
    start = _completed(base, points) if base is not None and len(base) else first_distinct(points, BASE)
    based = lloyd(points, ones, start)
    weights = np.bincount(based.labels, minlength=len(based.centres)).astype(np.float64)
    b = len(based.centres)
    if b < 2:
        return alone(points, "no_difference" if len(points) > 1 else "too_few")
    far = distances(based.centres)
    asked = [number] if number else list(range(2, min(most, 2 + b // 12) + 1))
    tried = {}
    for k in asked:
        part = lloyd(based.centres, weights, first_distinct(based.centres, k))
        members = np.bincount(part.labels, weights=weights).astype(int)
        value = float(silhouettes(far, np.ones(b), part.labels).mean()) if len(part.centres) > 1 else 0.0
        tried[k] = (Choice(k, round(value, 6), int(members.min())), part)
    choices = tuple(choice for choice, _part in tried.values())
    best = max(choices, key=lambda each: (each.silhouette, -each.k)).k
    k, streak = (best, (best, 1)) if number else _smoothed(best, used, streak, tried)
    part = tried[k][1]
    reason = "asked" if number else "best" if k == best else "kept"
    return Grouping(part.labels[based.labels], part.centres, choices, reason, based.centres, streak)


def _completed(base: Floats, points: Floats) -> Floats:
    """The earlier base clusters, and while there are fewer than may be, the point farthest from them all."""
    found = base[:BASE]
    far = nearest(points, found)[1]
    while len(found) < BASE and float(far.max()) > 0:
        found = np.concatenate([found, points[[int(far.argmax())]]])
        far = np.minimum(far, nearest(points, found[-1:])[1])
    return found


def _smoothed(best: int, used: int, streak: tuple[int, int], tried: object) -> tuple[int, tuple[int, int]]:
    """The number of groups that is shown, and the streak to keep.

    >>> _smoothed(3, 2, (3, 3), {2: 0, 3: 0}), _smoothed(3, 2, (3, 1), {2: 0, 3: 0})
    ((3, (3, 4)), (2, (3, 2)))
    """
    now = (best, streak[1] + 1 if streak[0] == best else 1)
    if used in tried and used != best and now[1] < IN_A_ROW:  # type: ignore[operator]
        return used, now
    return best, now
