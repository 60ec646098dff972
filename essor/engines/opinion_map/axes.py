"""The two axes of the map, without ever filling the gaps.

Let v_ij be the vote of participant i on statement j and m_j the mean vote on j. A vote that was not cast is
given the mean (imputation), so that the centred table X has v_ij - m_j where i voted and 0 elsewhere: as
sparse as the votes. The axes are the two leading eigenvectors of X'X (principal components; Pearson 1901).

- A small table: X'X (or XX', if it is the smaller) is summed block by block and solved exactly.
- A large one: block subspace iteration with Rayleigh-Ritz (Bauer 1957; Rutishauser 1969): 8 vectors, until
  the two leading ones turn by less than ``TURN`` (sine of the angle). Vectors of an earlier map start it.

A participant stands at sqrt(m / max(1, seen_i)) · sum_j (v_ij - m_j)·c_j: who voted little is not pulled to
the middle. A statement stands where somebody would who agreed with it and voted on nothing else.

Sign: of each axis the largest coordinate is positive, the first one where several are equal to 1e-9.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from essor.engines.opinion_map.votes import Array, Ints, Votes

Floats = npt.NDArray[np.float64]
EXACT_WORK = 2e9  # multiplications of the small table's side that are always worth it
DENSE = 1 << 22  # cells filled at a time
WIDE = 8
ROUNDS = 60
TURN = 1e-4
DECIMALS = 6
FINE = 5_000_000  # votes beyond which single precision is enough


@dataclass(frozen=True, eq=False)
class Centred:
    """The centred table: which columns are kept, their means, the sparse differences, the seen of each row.

    ``kept[j]`` is the column of the votes that column j of ``table`` is; ``width`` is m of the formulas.
    """

    kept: Ints
    means: Floats
    table: sparse.csr_array
    seen: Ints
    width: int

    @property
    def spread(self) -> float:
        """The sum of squares of the table: n times the variance of the filled table."""
        data = self.table.data
        return float(
            sum(np.square(data[i : i + DENSE], dtype=np.float64).sum() for i in range(0, len(data), DENSE))
        )


@dataclass(frozen=True, eq=False)
class Axes:
    """Unit axes (2, kept statements), their eigenvalues, and the share of the variance that each explains."""

    components: Floats
    eigenvalues: tuple[float, float]
    explained: tuple[float, float]
    rounds: int


def centre(votes: Votes, dropped: Array, *, as_seen: bool) -> Centred:
    """The centred table without the columns of the mask ``dropped``.

    ``as_seen``: what is dropped counts as seen by everybody and in the width, as Polis does.
    """
    kept = np.flatnonzero(~dropped)
    n, m = votes.shape
    columns, values, starts = votes.columns, votes.values, votes.starts
    if dropped.any():
        here = ~dropped[columns]
        starts = np.concatenate([[0], np.cumsum(here)])[starts]
        columns = (np.cumsum(~dropped) - 1).astype(np.int32)[columns[here]]
        values = values[here]
    counts = _counted(columns, None, len(kept))
    means = _counted(columns, values, len(kept)) / np.maximum(counts, 1)
    kind = np.float32 if len(values) > FINE else np.float64
    data = np.empty(len(values), dtype=kind)
    close = means.astype(kind)
    for start in range(0, len(values), DENSE):
        part = slice(start, start + DENSE)
        np.subtract(values[part], close[columns[part]], out=data[part])
    index = np.int32 if len(values) < 2**31 else np.int64
    table = sparse.csr_array((data, columns, starts.astype(index)), shape=(n, len(kept)))
    seen = np.diff(starts).astype(np.int64) + (m - len(kept) if as_seen else 0)
    return Centred(kept, means, table, seen, m if as_seen else len(kept))


def _counted(columns: Array, weights: Array | None, width: int) -> Floats:
    total = np.zeros(width)
    for start in range(0, len(columns), DENSE):
        part = slice(start, start + DENSE)
        some = None if weights is None else weights[part]
        total += np.bincount(columns[part], weights=some, minlength=width)
    return total


def principal_axes(centred: Centred, start: Floats | None = None) -> Axes:
    """The two leading axes; ``start`` (vectors in rows) makes a large table faster."""
    table = centred.table
    n, m = table.shape
    spread = centred.spread
    if not min(n, m) or spread <= 1e-12:
        return Axes(np.zeros((2, m)), (0.0, 0.0), (0.0, 0.0), 0)
    if n * m * min(n, m) <= EXACT_WORK:
        values, vectors, rounds = *_exact(table), 0
    else:
        values, vectors, rounds = _by_rounds(table, start)
    found = np.zeros((2, m))
    for at in range(min(2, len(values))):
        if values[at] > 1e-9 * spread:
            found[at] = signed(vectors[:, at])
    kept = np.where(np.abs(found).sum(axis=1) > 0, np.append(values, [0.0, 0.0])[:2], 0.0)
    one, two = (float(each) for each in kept)
    return Axes(found, (one, two), (one / spread, two / spread), rounds)


def signed(vector: Floats) -> Floats:
    """The vector with its largest coordinate positive.

    >>> signed(np.array([0.6, -0.8])).tolist()
    [-0.6, 0.8]
    """
    size = np.abs(vector)
    first = int(np.argmax(size >= size.max() - 1e-9))
    return vector if vector[first] >= 0 else -vector


def _exact(table: sparse.csr_array) -> tuple[Floats, Floats]:
    n, m = table.shape
    tall = n >= m
    side = min(n, m)
    gram = np.zeros((side, side))
    if tall:
        step = max(1, DENSE // m)
        for row in range(0, n, step):
            part = table[row : row + step].toarray().astype(np.float64)
            gram += part.T @ part
    else:
        gram = (table @ table.T).toarray().astype(np.float64)
    values, vectors = linalg.eigh(gram, subset_by_index=(max(0, side - 2), side - 1))
    values, vectors = values[::-1], vectors[:, ::-1]
    if not tall:
        vectors = table.T @ vectors
        vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=0), 1e-300)
    return values, vectors


def _by_rounds(table: sparse.csr_array, start: Floats | None) -> tuple[Floats, Floats, int]:
    m = table.shape[1]
    guess = np.random.default_rng(0).standard_normal((m, min(WIDE, m)))
    if start is not None:
        guess[:, : len(start)] = start.T
    basis = np.linalg.qr(guess)[0]
    before: Floats = np.zeros((m, 2))
    rounds, turning = 0, True
    while turning and rounds < ROUNDS:
        image = times(table, basis)
        values, turn = np.linalg.eigh(basis.T @ image)
        leading = basis @ turn[:, ::-1][:, :2]
        missed = leading - before @ (before.T @ leading)
        turning = float(np.linalg.norm(missed, axis=0).max()) >= TURN
        before, basis, rounds = leading, np.linalg.qr(image)[0], rounds + 1
    return values[::-1][:2], leading, rounds


def times(table: sparse.csr_array, basis: Floats) -> Floats:
    """X'X·basis, a few rows at a time: no table of participants × vectors is ever kept."""
    n = table.shape[0]
    step = max(1, int(n * DENSE / max(1, table.nnz)))
    close = basis.astype(table.dtype)
    total = np.zeros(basis.shape)
    for row in range(0, n, step):
        part = rows_of(table, row, min(n, row + step))
        total += part.T @ (part @ close)
    return total


def rows_of(table: sparse.csr_array, first: int, last: int) -> sparse.csr_array:
    """Some neighbouring rows, sharing the memory of the table."""
    starts = table.indptr[first : last + 1]
    span = slice(int(starts[0]), int(starts[-1]))
    parts: tuple[Any, Any, Any] = (table.data[span], table.indices[span], starts - starts[0])
    return sparse.csr_array(parts, shape=(last - first, table.shape[1]))


def project(centred: Centred, components: Floats) -> Floats:
    """Where each participant stands, (n, 2), rounded to ``DECIMALS``."""
    near = centred.table @ components.T.astype(centred.table.dtype)
    scale = np.sqrt(centred.width / np.maximum(1, centred.seen))
    return np.round(near.astype(np.float64) * scale[:, None], DECIMALS) + 0.0


def project_statements(centred: Centred, components: Floats) -> Floats:
    """Where each kept statement stands, (kept, 2): one who agrees with it and votes on nothing else."""
    return np.round(np.sqrt(centred.width) * (1 - centred.means)[:, None] * components.T, DECIMALS) + 0.0
