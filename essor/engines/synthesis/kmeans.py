"""Spherical k-means, written so that the answer is the same on every machine for a seed.

Lloyd's algorithm on unit vectors with cosine similarity (Dhillon & Modha 2001, "Concept decompositions for
large sparse text data using clustering"), started by k-means++ (Arthur & Vassilvitskii 2007). Similarities
are
rounded before they are compared, so that the order of floating-point sums, which depends on the processor
and on
the number of threads, does not decide.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
BLOCK = 65_536
DECIMALS = 5
SETTLED = 1000  # it ends when at most one text in so many still moves


@dataclass(frozen=True)
class Partition:
    """`labels[i]` in 0..k-1, unit `centres` (k, d), and the mean cosine of texts with their own centre."""

    labels: Ints
    centres: Floats
    cohesion: float


def nearest(vectors: Floats, centres: Floats) -> tuple[Ints, Floats]:
    """Index of the most similar centre and that cosine, block by block.

    >>> nearest(np.eye(2, dtype=np.float32), np.array([[0, 1], [1, 0]], dtype=np.float32))[0].tolist()
    [1, 0]
    """
    labels = np.empty(len(vectors), dtype=np.int32)
    best = np.empty(len(vectors), dtype=np.float32)
    for start in range(0, len(vectors), BLOCK):
        similar = np.round(vectors[start : start + BLOCK] @ centres.T, DECIMALS)
        labels[start : start + BLOCK] = similar.argmax(axis=1)
        best[start : start + BLOCK] = similar.max(axis=1)
    return labels, best


def kmeans(
    vectors: Floats, k: int, rng: np.random.Generator, *, starts: int = 3, rounds: int = 25
) -> Partition:
    """The best of several starts by mean cosine; every vector gets a group and no group is empty.

    >>> points = np.array([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]], dtype=np.float32)
    >>> found = kmeans(points, 2, np.random.default_rng(1)).labels
    >>> bool(found[0] == found[1] != found[2] == found[3])
    True
    """
    k = max(1, min(k, len(vectors)))
    tries = [_one_run(vectors, _spread_out(vectors, k, rng), rounds) for _ in range(starts if k > 1 else 1)]
    return max(tries, key=lambda partition: partition.cohesion)


def _spread_out(vectors: Floats, k: int, rng: np.random.Generator) -> Floats:
    """k-means++: each new centre is drawn with a probability growing with its distance to those chosen."""
    chosen = [int(rng.integers(len(vectors)))]
    distance = np.full(len(vectors), 4.0)
    while len(chosen) < k:
        last = np.round(vectors @ vectors[chosen[-1]], DECIMALS).astype(np.float64)
        distance = np.minimum(distance, np.maximum(0.0, 1.0 - last))
        distance[chosen] = 0.0
        total = np.cumsum(distance)
        if total[-1] <= 0:
            left = np.setdiff1d(np.arange(len(vectors)), chosen)
            chosen.append(int(left[0]))
            continue
        chosen.append(
            min(int(np.searchsorted(total, rng.random() * total[-1], side="right")), len(vectors) - 1)
        )
    return vectors[chosen].copy()


def centres_of(vectors: Floats, labels: Ints, k: int) -> Floats:
    """Unit mean direction of each group; zeros for an empty one."""
    sums = np.zeros((k, vectors.shape[1]), dtype=np.float64)
    order = np.argsort(labels, kind="stable")
    bounds = np.searchsorted(labels[order], np.arange(k + 1))
    for group in range(k):
        rows = order[bounds[group] : bounds[group + 1]]
        if len(rows):
            sums[group] = vectors[rows].sum(axis=0, dtype=np.float64)
    length = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
    out: Floats = np.round(sums / np.maximum(length, 1e-12), DECIMALS).astype(np.float32)
    return out


def _one_run(vectors: Floats, centres: Floats, rounds: int) -> Partition:
    labels, best = nearest(vectors, centres)
    for _ in range(rounds):
        labels = _fill_empty(labels, best, len(centres))
        centres = centres_of(vectors, labels, len(centres))
        moved, best = nearest(vectors, centres)
        changed = int((moved != labels).sum())
        labels = moved
        if changed * SETTLED <= len(vectors):
            break
    labels = _fill_empty(labels, best, len(centres))
    return Partition(labels, centres, round(float(best.mean(dtype=np.float64)), DECIMALS))


def _fill_empty(labels: Ints, best: Floats, k: int) -> Ints:
    """Give each empty group the text that fits worst where it is."""
    sizes = np.bincount(labels, minlength=k)
    if (sizes > 0).all():
        return labels
    labels = labels.copy()
    worst_first = iter(np.argsort(best, kind="stable"))
    for group in np.flatnonzero(sizes == 0):
        for text in worst_first:
            if sizes[labels[text]] > 1:
                sizes[labels[text]] -= 1
                labels[text] = group
                sizes[group] = 1
                break
    return labels
