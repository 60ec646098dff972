"""Neighbour graph and smoothing: each text leans on the texts most like it before groups are formed.

On the k-nearest-neighbour graph with weights cos⁺, symmetrised and made a random walk P = D⁻¹W, the vectors
are
diffused: Y ← (1 - a)·X + a·P·Y, `steps` times. It is personalised propagation (Zhou et al. 2004, "Learning
with
local and global consistency"), and it stands in for UMAP: dense regions draw together, so that k-means finds
them, without any text thrown out as noise.
"""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from essor.engines.synthesis.kmeans import BLOCK, DECIMALS
from essor.engines.synthesis.vectors import Floats, unit

NEIGHBOURS = 25
STEPS = 20
LEAN = 0.9


def neighbours(vectors: Floats, k: int = NEIGHBOURS) -> sp.csr_array:
    """Symmetric graph of the k most similar texts, weights = positive cosines.

    >>> neighbours(np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32), 1).toarray().tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    n = len(vectors)
    k = min(k, n - 1)
    if k < 1:
        return sp.csr_array((n, n), dtype=np.float32)
    columns = np.empty((n, k), dtype=np.int32)
    weights = np.empty((n, k), dtype=np.float32)
    block = max(64, min(BLOCK, 20_000_000 // n))
    for start in range(0, n, block):
        similar = np.round(vectors[start : start + block] @ vectors.T, DECIMALS)
        rows = np.arange(len(similar))
        similar[rows, start + rows] = -2.0
        best = np.sort(np.argpartition(-similar, k - 1, axis=1)[:, :k], axis=1)
        columns[start : start + block] = best
        weights[start : start + block] = np.take_along_axis(similar, best, axis=1)
    indptr = np.arange(0, n * k + 1, k)
    graph = sp.csr_array((np.maximum(weights, 0).ravel(), columns.ravel(), indptr), shape=(n, n))
    graph = sp.csr_array(graph.maximum(graph.T))
    graph.eliminate_zeros()
    return graph


def smooth(vectors: Floats, *, k: int = NEIGHBOURS, steps: int = STEPS, lean: float = LEAN) -> Floats:
    """Diffused unit vectors, centred: see the module's formula.

    >>> smooth(np.eye(4, dtype=np.float32)).shape
    (4, 4)
    """
    graph = neighbours(vectors, k)
    degree = np.asarray(graph.sum(axis=1)).ravel()
    walk = sp.csr_array(sp.diags_array((1 / np.maximum(degree, 1e-9)).astype(np.float32)) @ graph)
    current = vectors.copy()
    for _ in range(steps):
        current = (1 - lean) * vectors + lean * np.asarray(walk @ current, dtype=np.float32)
    centred: npt.NDArray[np.float32] = (current - current.mean(axis=0, dtype=np.float64)).astype(np.float32)
    return unit(np.round(centred, DECIMALS))
