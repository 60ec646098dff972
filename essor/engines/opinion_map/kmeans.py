"""Weighted k-means in the plane and the silhouette, with the same answer on every machine for a seed.

Lloyd's algorithm (1957, published 1982) started by k-means++ (Arthur & Vassilvitskii 2007) or from given
centres. Squared distances are rounded before they are compared: the order of sums does not decide.
"""

from dataclasses import dataclass

import numpy as np

from essor.engines.opinion_map.axes import Floats
from essor.engines.opinion_map.votes import Array, Ints

ROUNDS = 100
DIGITS = 9
AT_ONCE = 1 << 17


@dataclass(frozen=True, eq=False)
class Partition:
    """``labels`` in 0..k-1, the ``centres`` (k, 2), and the weighted sum of squared distances."""

    labels: Ints
    centres: Floats
    inertia: float


def nearest(points: Floats, centres: Floats) -> tuple[Ints, Floats]:
    """The nearest centre of each point, the first of equals, and its squared distance.

    >>> nearest(np.array([[0.0, 0.0], [3.0, 0.0]]), np.array([[1.0, 0.0], [4.0, 0.0]]))[0].tolist()
    [0, 1]
    """
    labels = np.empty(len(points), dtype=np.int64)
    least = np.empty(len(points))
    step = max(1, AT_ONCE // len(centres))
    for start in range(0, len(points), step):
        part = points[start : start + step]
        x, y = part[:, :1] - centres[:, 0], part[:, 1:] - centres[:, 1]
        far = np.round(x * x + y * y, DIGITS)
        labels[start : start + step] = far.argmin(axis=1)
        least[start : start + step] = far.min(axis=1)
    return labels, least


def first_distinct(points: Floats, k: int) -> Floats:
    """The first ``k`` distinct points, as Polis starts; fewer where there are fewer.

    >>> first_distinct(np.array([[1.0, 0.0], [1.0, 0.0], [2.0, 0.0]]), 2)[:, 0].tolist()
    [1.0, 2.0]
    """
    _, at = np.unique(points, axis=0, return_index=True)
    return points[np.sort(at)[:k]]


def lloyd(points: Floats, weights: Array, centres: Floats, rounds: int = ROUNDS) -> Partition:
    """From these centres; a group that empties disappears."""
    labels, least = nearest(points, centres)
    for _ in range(rounds):
        labels, centres = _centres(points, weights, labels, len(centres))
        moved, least = nearest(points, centres)
        if np.array_equal(moved, labels):
            break
        labels = moved
    labels, centres = _centres(points, weights, labels, len(centres))
    return Partition(labels, centres, round(float((least * weights).sum()), DIGITS - 3))


def _centres(points: Floats, weights: Array, labels: Ints, k: int) -> tuple[Ints, Floats]:
    mass = np.bincount(labels, weights=weights, minlength=k)
    sums = [np.bincount(labels, weights=weights * points[:, axis], minlength=k) for axis in (0, 1)]
    alive = mass > 0
    centres = np.stack(sums, axis=1)[alive] / mass[alive][:, None]
    return (np.cumsum(alive) - 1)[labels], np.round(centres, DIGITS)


def kmeans(
    points: Floats,
    weights: Array,
    k: int,
    rng: np.random.Generator,
    *,
    starts: int = 6,
    given: Floats | None = None,
) -> Partition:
    """The best of several starts, ``given`` centres among them, by the sum of squared distances.

    >>> found = kmeans(np.array([[0, 0], [0, 1], [9, 0.0]]), np.ones(3), 2, np.random.default_rng(0))
    >>> sorted(np.bincount(found.labels).tolist())
    [1, 2]
    """
    tries = [lloyd(points, weights, given)] if given is not None and len(given) == k else []
    tries += [lloyd(points, weights, _spread_out(points, weights, k, rng)) for _ in range(starts)]
    return min(tries, key=lambda each: (-len(each.centres), each.inertia))


def _spread_out(points: Floats, weights: Array, k: int, rng: np.random.Generator) -> Floats:
    """k-means++: a new centre is drawn with a chance growing with its weight and its squared distance."""
    chosen = [_drawn(np.asarray(weights, dtype=np.float64), rng)]
    far = nearest(points, points[chosen])[1]
    while len(chosen) < k and float(far.max()) > 0:
        chosen.append(_drawn(far * weights, rng))
        far = np.minimum(far, nearest(points, points[chosen[-1:]])[1])
    return points[chosen].copy()


def _drawn(chances: Floats, rng: np.random.Generator) -> int:
    total = np.cumsum(chances)
    at = int(np.searchsorted(total, rng.random() * total[-1], side="right"))
    return min(at, len(chances) - 1)


def silhouettes(far: Floats, weights: Array, labels: Ints) -> Floats:
    """The silhouette of each point (Rousseeuw 1987), a point of weight w standing for w points in one place.

    a: mean distance to the others of its group; b: the least mean distance to another group;
    (b - a) / max(a, b), and 0 for one alone in its group. ``far`` holds all distances.

    >>> far = np.abs(np.subtract.outer(np.array([0, 1, 10.0]), np.array([0, 1, 10.0])))
    >>> silhouettes(far, np.ones(3), np.array([0, 0, 1])).round(2).tolist()
    [0.9, 0.89, 0.0]
    """
    k = int(labels.max()) + 1
    of = np.zeros((len(labels), k))
    of[np.arange(len(labels)), labels] = weights
    sums = far @ of
    mass = of.sum(axis=0)
    own = sums[np.arange(len(labels)), labels]
    others = mass[labels] - 1
    inside = np.divide(own, others, out=np.zeros_like(own), where=others > 0)
    means = sums / mass
    means[np.arange(len(labels)), labels] = np.inf
    outside = means.min(axis=1)
    most = np.maximum(inside, outside)
    found = np.divide(outside - inside, most, out=np.zeros_like(own), where=(most > 0) & np.isfinite(most))
    return np.where(others > 0, found, 0.0)


def distances(points: Floats) -> Floats:
    """All distances between points, (n, n)."""
    x, y = (np.subtract.outer(points[:, axis], points[:, axis]) for axis in (0, 1))
    return np.asarray(np.sqrt(np.square(x, out=x) + np.square(y, out=y)))
