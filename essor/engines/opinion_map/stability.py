"""How sure are the groups? The map is drawn again several times without a part of the votes.

Each of ``RUNS`` times a vote is kept with chance ``SHARE``; the axes are found again from the present ones,
the groups from the present number of groups, and who is with whom is compared: the adjusted Rand index
(Hubert & Arabie 1985) over all, the best Jaccard index for each group (Hennig 2007). At most ``PEOPLE``
participants, drawn once, are used: the figures are those of a sample on a large map.
"""

import numpy as np
from scipy import sparse

from essor.engines.opinion_map.axes import Centred, Floats, rows_of
from essor.engines.opinion_map.kmeans import lloyd
from essor.engines.opinion_map.result import Stability
from essor.engines.opinion_map.votes import Ints

RUNS = 10
SHARE = 0.8
PEOPLE = 4_000
TURNS = 3


def measure_stability(
    centred: Centred, rows: Ints, labels: Ints, components: Floats, centres: Floats, rng: np.random.Generator
) -> Stability | None:
    """``rows`` of the centred table are grouped, in ``labels``; None for a single group."""
    k = len(centres)
    if k < 2:
        return None
    if len(rows) > PEOPLE:
        chosen = np.sort(rng.choice(len(rows), PEOPLE, replace=False))
        rows, labels = rows[chosen], labels[chosen]
    table = sparse.csr_array(centred.table[rows]).astype(np.float64)
    votes = table + 0.0  # a copy: the data are changed below
    votes.data = table.data + centred.means[table.indices]
    more = centred.seen[rows] - np.diff(table.indptr)
    rands, jaccards = [], np.full((RUNS, k), np.nan)
    for run in range(RUNS):
        again = _drawn_again(votes, more, centred.width, components, centres, rng)
        rands.append(rand_index(labels, again))
        jaccards[run] = best_jaccards(labels, again, k)
    seen = ~np.isnan(jaccards)
    mean = np.where(seen, jaccards, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    told = tuple(round(float(j), 3) if s else None for j, s in zip(mean, seen.any(axis=0), strict=True))
    return Stability(round(float(np.mean(rands)), 3), told, RUNS, SHARE, len(rows))


def _drawn_again(
    votes: sparse.csr_array,
    more: Ints,
    width: int,
    components: Floats,
    centres: Floats,
    rng: np.random.Generator,
) -> Ints:
    kept = rng.random(len(votes.data)) < SHARE
    columns, data = votes.indices[kept], votes.data[kept]
    starts = np.concatenate([[0], np.cumsum(kept)])[votes.indptr]
    m = votes.shape[1]
    means = np.bincount(columns, weights=data, minlength=m) / np.maximum(np.bincount(columns, minlength=m), 1)
    table = sparse.csr_array((data - means[columns], columns, starts), shape=votes.shape)
    basis = np.concatenate([components, rng.standard_normal((min(4, m), m)) / np.sqrt(m)]).T
    for _ in range(TURNS):
        basis = np.linalg.qr(table.T @ (table @ np.linalg.qr(basis)[0]))[0]
    image = table @ basis
    turn = np.linalg.eigh(image.T @ image)[1][:, ::-1][:, :2]
    scale = np.sqrt(width / np.maximum(1, np.diff(starts) + more))
    points = np.zeros((len(more), 2))  # a single statement has a single axis
    points[:, : turn.shape[1]] = np.round((image @ turn) * scale[:, None], 6)
    before = (rows_of(table, 0, table.shape[0]) @ components.T) * scale[:, None]
    turned = points @ _towards(points, before)
    return lloyd(turned, np.ones(len(turned)), centres, rounds=30).labels


def _towards(points: Floats, target: Floats) -> Floats:
    """The rotation or mirror that brings the points nearest to the target (Procrustes; Schönemann 1966)."""
    left, _values, right = np.linalg.svd(points.T @ target)
    return np.asarray(left @ right)


def rand_index(one: Ints, other: Ints) -> float:
    """The adjusted Rand index: 1 for the same groups, 0 for chance.

    >>> rand_index(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    both = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(both, (one, other), 1)
    pairs, rows, columns = (float((c * (c - 1) / 2).sum()) for c in (both, both.sum(1), both.sum(0)))
    total = len(one) * (len(one) - 1) / 2
    expected = rows * columns / total if total else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def best_jaccards(one: Ints, other: Ints, k: int) -> Floats:
    """For each group of ``one``, its greatest |A ∩ B| / |A ∪ B| with a group of ``other``; NaN if empty.

    >>> best_jaccards(np.array([0, 0, 1, 1]), np.array([1, 1, 1, 0]), 2).round(2).tolist()
    [0.67, 0.5]
    """
    both = np.zeros((k, int(other.max()) + 1))
    np.add.at(both, (one, other), 1)
    union = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    best = (both / np.maximum(union, 1)).max(axis=1)
    best[both.sum(axis=1) == 0] = np.nan
    return np.asarray(best)
