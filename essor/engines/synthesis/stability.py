"""How sure are the groups? They are formed again without a fifth of the texts, several times, and
compared."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import adjusted_rand_score

from essor.engines.synthesis.graph import smooth
from essor.engines.synthesis.kmeans import kmeans
from essor.engines.synthesis.vectors import Floats

Ints = npt.NDArray[np.int32]
RUNS = 6
SHARE = 0.8
AT_MOST = 2_000


@dataclass(frozen=True)
class Stability:
    """`overall`: mean adjusted Rand index with the re-runs (1 = the same groups every time, 0 = chance).

    `groups[g]`: mean best Jaccard index of group g with a re-run's groups (Hennig 2007, "Cluster-wise
    assessment
    of cluster stability": ≥ .75 stable, < .5 dissolved). `runs`: how many re-runs, on how many texts.
    """

    overall: float
    groups: tuple[float, ...]
    runs: int
    texts: int


def measure_stability(vectors: Floats, labels: Ints, rng: np.random.Generator) -> Stability:
    """Form as many groups again on `RUNS` samples of `SHARE` of the texts (at most `AT_MOST`).

    >>> two = np.repeat(np.eye(2, dtype=np.float32), 20, axis=0)
    >>> measure_stability(two, np.repeat([0, 1], 20).astype(np.int32), np.random.default_rng(0)).overall
    1.0
    """
    k = int(labels.max()) + 1
    size = min(AT_MOST, max(k, int(SHARE * len(vectors))))
    rands: list[float] = []
    jaccards = np.full((RUNS, k), np.nan)
    for run in range(RUNS):
        rows = np.sort(rng.choice(len(vectors), size, replace=False))
        again = kmeans(smooth(vectors[rows]), k, rng, starts=2).labels
        rands.append(float(adjusted_rand_score(labels[rows], again)))
        jaccards[run] = best_jaccards(labels[rows], again, k)
    seen = ~np.isnan(jaccards)
    mean = np.where(seen, jaccards, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    return Stability(round(float(np.mean(rands)), 3), tuple(round(float(j), 3) for j in mean), RUNS, size)


def best_jaccards(one: Ints, other: Ints, k: int) -> npt.NDArray[np.float64]:
    """For each group of `one`, its greatest |A ∩ B| / |A ∪ B| with a group of `other`; NaN where it is empty.

    >>> best_jaccards(np.array([0, 0, 1, 1]), np.array([1, 1, 1, 0]), 2).round(2).tolist()
    [0.67, 0.5]
    """
    both = np.zeros((k, max(k, int(other.max()) + 1)))
    np.add.at(both, (one, other), 1)
    union = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    best = (both / np.maximum(union, 1)).max(axis=1)
    best[both.sum(axis=1) == 0] = np.nan
    return np.asarray(best)
