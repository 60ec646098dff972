"""Groups at two grains, one nested in the other, with small voices kept apart.

Up to `LANDMARKS` texts are smoothed on their own neighbour graph; beyond, a sample is, and every other text
takes
the mean of its nearest landmarks (Nyström-like extension), so that the cost stays linear.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from essor.engines.synthesis.graph import NEIGHBOURS, smooth
from essor.engines.synthesis.kmeans import BLOCK, DECIMALS, centres_of, kmeans, nearest
from essor.engines.synthesis.merging import mean_rows, merge
from essor.engines.synthesis.vectors import Floats, unit

Ints = npt.NDArray[np.int32]
LANDMARKS = 8_000
OVERVIEW = (5, 12)
DETAIL = (20, 60)
SMALLEST = 3
FINE_LEAST, FINE_PER_GROUP = 30, 6
TRIED = 3_000  # texts on which the number of groups is tried
POCKET_SIMILAR = 0.6
POCKET_APART = 0.3
POCKETS = 12


@dataclass(frozen=True)
class Grouping:
    """`overview[i]` and `detail[i]` for each text; `parent[d]` the overview group of detail group d.

    `small_voices` are the detail groups that were a distinct pocket; `tried` maps a number of groups to its
    score.
    """

    overview: Ints
    detail: Ints
    parent: Ints
    small_voices: tuple[int, ...]
    tried: dict[int, float]
    smoothed: Floats


def smooth_all(vectors: Floats, rng: np.random.Generator) -> Floats:
    """Smoothed unit vectors of all texts, through landmarks when they are many."""
    if len(vectors) <= LANDMARKS:
        return smooth(vectors)
    marks = np.sort(rng.choice(len(vectors), LANDMARKS, replace=False))
    at_marks = smooth(vectors[marks])
    out = np.empty_like(vectors)
    base = np.ascontiguousarray(vectors[marks].T)
    for start in range(0, len(vectors), BLOCK // 16):
        block = slice(start, start + BLOCK // 16)
        similar = np.round(vectors[block] @ base, DECIMALS)
        best = np.argpartition(similar, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
        weight = np.maximum(np.take_along_axis(similar, best, axis=1), 1e-6)
        indptr = np.arange(0, best.size + 1, NEIGHBOURS)
        carry = sp.csr_array((weight.ravel(), best.ravel(), indptr), shape=similar.shape)
        out[block] = carry @ at_marks
    out[marks] = at_marks
    return unit(np.round(out, DECIMALS))


def group_texts(
    vectors: Floats,
    rng: np.random.Generator,
    *,
    number: int | None = None,
    report: Callable[[float], None] = lambda share: None,
) -> Grouping:
    """Group unit vectors; `number` fixes the overview, otherwise it is chosen between 5 and 12."""
    smoothed = smooth_all(vectors, rng)
    report(0.5)
    tried: dict[int, float] = {}
    if number is None:
        number, tried = choose_number(smoothed, rng)
    overview = _partition(smoothed, number, rng)
    overview = np.unique(overview, return_inverse=True)[1].astype(np.int32)
    report(0.8)
    detail, parent = _split(smoothed, overview, rng)
    pockets = _pockets(vectors, overview, detail, rng)
    detail, parent, small = _keep_apart(detail, parent, overview, pockets)
    report(1.0)
    return Grouping(overview, detail, parent, small, tried, smoothed)


def _partition(smoothed: Floats, number: int, rng: np.random.Generator) -> Ints:
    """Fine groups first, merged by Ward's rule down to `number`, then every text goes to the nearest.

    Plain k-means likes groups of equal size; themes are not. Merging fine groups finds the large and the
    small.
    """
    if len(smoothed) > LANDMARKS:
        smoothed_sample = smoothed[np.sort(rng.choice(len(smoothed), LANDMARKS, replace=False))]
    else:
        smoothed_sample = smoothed
    fine = min(max(FINE_LEAST, FINE_PER_GROUP * number), len(smoothed_sample) // SMALLEST)
    if number == 1 or fine < 2 * number:
        centres = kmeans(smoothed_sample, number, rng).centres
    else:
        found = kmeans(smoothed_sample, fine, rng, starts=2)
        merged = merge(mean_rows(smoothed_sample, found.labels), np.bincount(found.labels), number)
        centres = centres_of(smoothed_sample, merged[found.labels], number)
    return nearest(smoothed, centres)[0]


def choose_number(smoothed: Floats, rng: np.random.Generator) -> tuple[int, dict[int, float]]:
    """The number of overview groups with the best simplified silhouette.

    Mean of 1 - (1 - a) / (1 - b), where a
    is the cosine with the own centre and b with the next (Hruschka, de Castro & Campello 2004)."""
    if len(smoothed) > TRIED:
        smoothed = smoothed[np.sort(rng.choice(len(smoothed), TRIED, replace=False))]
    most = min(OVERVIEW[1], len(smoothed) // SMALLEST)
    least = min(OVERVIEW[0], most)
    if most < 2:
        return 1, {}
    tried: dict[int, float] = {}
    for k in range(max(2, least), most + 1):
        centres = kmeans(smoothed, k, rng, starts=2, rounds=15).centres
        two = np.sort(smoothed @ centres.T, axis=1)[:, -2:].astype(np.float64)
        silhouette = 1 - (1 - two[:, 1]) / np.maximum(1 - two[:, 0], 1e-6)
        tried[k] = round(float(silhouette.mean()), 4)
    return max(tried, key=lambda k: (tried[k], -k)), tried


def _split(smoothed: Floats, overview: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Cut the group with most left unsaid in two, until the detail is reached: nested by construction."""
    n = len(smoothed)
    wanted = int(np.clip(round((n / 2) ** 0.5), *DETAIL))
    wanted = max(int(overview.max()) + 1, min(wanted, n // (2 * SMALLEST)))
    members = [np.flatnonzero(overview == g) for g in range(int(overview.max()) + 1)]
    parent = list(range(len(members)))
    unsaid = [_unsaid(smoothed[rows]) for rows in members]
    while len(members) < wanted and max(unsaid) > 0:
        worst = int(np.argmax(unsaid))
        rows = members[worst]
        two = (
            _partition(smoothed[rows], 2, rng) if len(rows) >= 2 * SMALLEST else np.zeros(len(rows), np.int32)
        )
        halves = [rows[two == 0], rows[two == 1]]
        if min(len(half) for half in halves) < SMALLEST:
            unsaid[worst] = 0.0
            continue
        members[worst] = halves[0]
        members.append(halves[1])
        parent.append(parent[worst])
        unsaid[worst] = _unsaid(smoothed[halves[0]])
        unsaid.append(_unsaid(smoothed[halves[1]]))
    detail = np.empty(n, dtype=np.int32)
    for number, rows in enumerate(members):
        detail[rows] = number
    return detail, np.array(parent, dtype=np.int32)


def _unsaid(vectors: Floats) -> float:
    """Sum of (1 - cosine with the centre): what one label would leave out."""
    length = float(np.sqrt((vectors.sum(axis=0, dtype=np.float64) ** 2).sum()))
    return round(max(0.0, len(vectors) - length), 3)


def _pockets(
    vectors: Floats, overview: Ints, detail: Ints, rng: np.random.Generator
) -> list[npt.NDArray[np.int64]]:
    """Small sets of texts that say one same thing, far from the centre of every detail group."""
    own = nearest(vectors, centres_of(vectors, detail, int(detail.max()) + 1))[1]
    far = np.flatnonzero(own <= np.quantile(own, 0.3))
    if len(far) > TRIED:
        far = np.sort(rng.choice(far, TRIED, replace=False))
    if len(far) < SMALLEST:
        return []
    close = np.round(vectors[far] @ vectors[far].T, DECIMALS) >= POCKET_SIMILAR
    _, component = connected_components(sp.csr_array(close), directed=False)
    sizes = np.bincount(component)
    most = max(SMALLEST, len(vectors) // 50)
    found: list[tuple[float, npt.NDArray[np.int64]]] = []
    for number in np.flatnonzero((sizes >= SMALLEST) & (sizes <= most)):
        rows = far[component == number]
        rows = rows[overview[rows] == np.bincount(overview[rows]).argmax()]
        if len(rows) < SMALLEST:
            continue
        inside = float(np.sqrt((vectors[rows].mean(axis=0, dtype=np.float64) ** 2).sum()))
        apart = inside - float(own[rows].mean(dtype=np.float64))
        if apart >= POCKET_APART:
            found.append((round(apart, 4), rows))
    found.sort(key=lambda pocket: (-pocket[0] * np.log1p(len(pocket[1])), int(pocket[1][0])))
    return [rows for _, rows in found[:POCKETS]]


def _keep_apart(
    detail: Ints, parent: Ints, overview: Ints, pockets: list[npt.NDArray[np.int64]]
) -> tuple[Ints, Ints, tuple[int, ...]]:
    detail = detail.copy()
    parents = parent.tolist()
    for pocket in pockets:
        detail[pocket] = len(parents)
        parents.append(int(overview[pocket[0]]))
    used, renumbered = np.unique(detail, return_inverse=True)
    small = tuple(int(i) for i in np.flatnonzero(used >= len(parent)))
    return renumbered.astype(np.int32), np.array(parents, dtype=np.int32)[used], small
