"""Into how many groups, and who is in which.

Only those who voted on ``least_votes`` statements at least are grouped: the others stand on the map with a
reason. ``default``: points are gathered in at most ``SIDE``² cells (each point is its own while they are
few), groups are weighted k-means of the cells, and k is the number whose mean silhouette is greatest, among
those whose smallest group reaches the minimum. With an earlier map its k stays unless another one is better
by ``HYSTERESIS``: a map redrawn every minute must not flicker.
``polis``: see ``base_clusters``.
"""

from dataclasses import dataclass

import numpy as np

from essor.engines.opinion_map.axes import Floats
from essor.engines.opinion_map.kmeans import distances, kmeans, nearest, silhouettes
from essor.engines.opinion_map.result import Choice
from essor.engines.opinion_map.votes import Ints

SIDE = 44
LEAST_VOTES = 7
MOST_GROUPS = 6
HYSTERESIS = 0.02
FLAT = 1e-6


@dataclass(frozen=True, eq=False)
class Grouping:
    """``labels`` of the points in 0..k-1 and ``centres`` (k, 2); ``reason`` says how k was chosen."""

    labels: Ints
    centres: Floats
    choices: tuple[Choice, ...]
    reason: str
    base_centres: Floats
    streak: tuple[int, int] = (0, 0)

    @property
    def k(self) -> int:
        return len(self.centres)


@dataclass(frozen=True, eq=False)
class Cells:
    """Points gathered: the cell of each, and each cell's middle and weight."""

    of: Ints
    middles: Floats
    weights: Floats


def gather(points: Floats) -> Cells:
    """Cells of a grid over the middle 99 % of the points; those beyond are in the cells at the edge."""
    distinct, of, counts = np.unique(points, axis=0, return_inverse=True, return_counts=True)
    of = of.ravel()
    if len(distinct) <= SIDE * SIDE:
        return Cells(of.astype(np.int64), distinct, counts.astype(np.float64))
    low, high = np.quantile(points, (0.005, 0.995), axis=0)
    step = np.maximum(high - low, FLAT) / SIDE
    at = np.clip(np.floor((points - low) / step), 0, SIDE - 1).astype(np.int64)
    _, of = np.unique(at[:, 0] * SIDE + at[:, 1], return_inverse=True)
    of = of.ravel()
    weights = np.bincount(of).astype(np.float64)
    middles = np.stack([np.bincount(of, weights=points[:, axis]) / weights for axis in (0, 1)], axis=1)
    return Cells(of.astype(np.int64), np.round(middles, 9), weights)


def group_points(
    points: Floats,
    rng: np.random.Generator,
    *,
    number: int | None,
    minimum: int,
    most: int = MOST_GROUPS,
    earlier: Floats | None = None,
) -> Grouping:
    """The groups of these points; ``earlier`` centres of the last map start and hold the number."""
    if len(points) < 2 * minimum or float(np.ptp(points, axis=0).max()) < FLAT:
        why = "too_few" if len(points) < 2 * minimum else "no_difference"
        return alone(points, why)
    cells = gather(points)
    asked = [number] if number else list(range(2, most + 1))
    asked = [k for k in asked if k <= len(cells.weights)] or [min(2, len(cells.weights))]
    far = distances(cells.middles)
    tried = []
    for k in asked:
        part = kmeans(cells.middles, cells.weights, k, rng, given=earlier)
        sizes = np.bincount(part.labels, weights=cells.weights)
        values = silhouettes(far, cells.weights, part.labels)
        mean = round(float((values * cells.weights).sum() / cells.weights.sum()), 6)
        smallest = int(sizes.min())
        refused = "too_small" if smallest < minimum or len(sizes) < k else ""
        tried.append((Choice(k, mean, smallest, refused), part.centres))
    choices = tuple(choice for choice, _centres in tried)
    at, reason = _choose(choices, number, 0 if earlier is None else len(earlier))
    if at is None:
        return alone(points, reason, choices)
    centres = tried[at][1]
    return Grouping(nearest(points, centres)[0], centres, choices, reason, np.zeros((0, 2)))


def alone(points: Floats, reason: str, choices: tuple[Choice, ...] = ()) -> Grouping:
    """Everybody in one group."""
    middle = points.mean(axis=0, keepdims=True) if len(points) else np.zeros((0, 2))
    return Grouping(
        np.zeros(len(points), dtype=np.int64), np.round(middle, 9), choices, reason, np.zeros((0, 2))
    )


def _choose(choices: tuple[Choice, ...], number: int | None, before: int) -> tuple[int | None, str]:
    """Which of those tried, and why: asked, best, kept or one_group."""
    if number:
        return 0, "asked"
    good = [at for at, each in enumerate(choices) if not each.refused]
    if not good:
        return None, "one_group"
    best = max(good, key=lambda at: (choices[at].silhouette, -choices[at].k))
    for at in good:
        if choices[at].k == before and choices[at].silhouette >= choices[best].silhouette - HYSTERESIS:
            return at, "best" if at == best else "kept"
    return best, "best"
