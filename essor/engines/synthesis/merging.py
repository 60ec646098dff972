"""Ward's rule on the centres of fine groups: merge the two whose union costs least, again and again."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


def mean_rows(vectors: Floats, labels: Ints) -> npt.NDArray[np.float64]:
    """Mean of the vectors of each group (not of length one: a loose group has a short mean)."""
    return np.stack(
        [vectors[labels == g].mean(axis=0, dtype=np.float64) for g in range(int(labels.max()) + 1)]
    ).round(6)


def merge(centres: npt.NDArray[np.float64], sizes: npt.NDArray[np.int64], number: int) -> Ints:
    """The merged group of each fine group: cost n·m / (n + m) · |c - d|² (Ward 1963), ties to the first pair.

    >>> merge(np.array([[0.0], [0.1], [5.0]]), np.array([3, 3, 1]), 2).tolist()
    [0, 0, 1]
    """
    centres, weight = centres.copy(), sizes.astype(np.float64)
    owner = np.arange(len(centres))
    alive = list(range(len(centres)))
    while len(alive) > number:
        here, w = centres[alive], weight[alive]
        gap = ((here[:, None, :] - here[None, :, :]) ** 2).sum(axis=2)
        cost = np.round(gap * (w[:, None] * w[None, :]) / (w[:, None] + w[None, :]), 6)
        cost[np.tril_indices(len(alive))] = np.inf
        one, other = (alive[i] for i in divmod(int(cost.argmin()), len(alive)))
        total = weight[one] + weight[other]
        centres[one] = (weight[one] * centres[one] + weight[other] * centres[other]) / total
        weight[one] = total
        owner[owner == other] = one
        alive.remove(other)
    return np.unique(owner, return_inverse=True)[1].astype(np.int32)
