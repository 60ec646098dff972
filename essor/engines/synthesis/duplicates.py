"""Texts that say the same thing in the same words are folded, so that a campaign of copies weighs once.

Candidates by MinHash over five-letter shingles with banding (Broder 1997, "On the resemblance and
containment of
documents"; Leskovec, Rajaraman & Ullman, "Mining of massive datasets", §3.4), then confirmed by the cosine of
three-letter counts ≥ 0.8. The cost is linear in the total length of the texts, plus the pairs confirmed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from essor.engines.synthesis.normalise import readable, unaccented

SAME = 0.8
SHINGLE = 5
BANDS, ROWS = 12, 3
READ = 600  # characters compared: copies differ little at the start
SEED = 20_190_315  # of the hash functions: part of the method, not of the run
PAIRS_PER_BAND = 200_000
AGREEING = 0.4  # share of equal minima (it estimates the Jaccard index) below which no cosine is computed


@dataclass(frozen=True)
class Folding:
    """`keeper[i]` is the text that speaks for text i: itself, or the first of its copies."""

    keeper: npt.NDArray[np.int64]

    @property
    def keepers(self) -> npt.NDArray[np.int64]:
        return np.flatnonzero(self.keeper == np.arange(len(self.keeper)))

    def families(self) -> list[list[int]]:
        """Groups of at least two copies, in order of their first text."""
        order = np.argsort(self.keeper, kind="stable")
        _, starts = np.unique(self.keeper[order], return_index=True)
        return [part.tolist() for part in np.split(order, starts[1:]) if len(part) > 1]


def fold(texts: Sequence[str]) -> Folding:
    """Find the copies and near copies.

    >>> fold(["Plus de bus le soir", "plus de bus le soir !", "Un jardin"]).families()
    [[0, 1]]
    """
    plain = [_plain(text) for text in texts]
    first: dict[str, int] = {}
    keeper = np.array([first.setdefault(text, i) for i, text in enumerate(plain)], dtype=np.int64)
    distinct = np.flatnonzero(keeper == np.arange(len(plain)))
    long_enough = distinct[[len(plain[i]) >= 3 * SHINGLE for i in distinct]] if len(distinct) else distinct
    if len(long_enough) > 1:
        pairs = _candidates([plain[i] for i in long_enough])
        keeper = _join(keeper, long_enough, pairs, plain)
    return Folding(keeper)


def _plain(text: str) -> str:
    return " ".join(unaccented(readable(text[: 4 * READ])).split())[:READ].rstrip(" .!?;,:")


def _candidates(texts: list[str]) -> npt.NDArray[np.int64]:
    """Pairs of rows that share all the minima of one band of hashes."""
    signatures = _signatures(texts)
    rng = np.random.default_rng(SEED + 1)
    pairs: list[npt.NDArray[np.int64]] = []
    for band in range(BANDS):
        rows = signatures[:, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        mix = rng.integers(1, 2**63, ROWS, dtype=np.uint64) | np.uint64(1)
        key = (rows * mix).sum(axis=1, dtype=np.uint64)
        order = np.argsort(key, kind="stable")
        same = np.flatnonzero(key[order][1:] == key[order][:-1])[:PAIRS_PER_BAND]
        pairs.append(np.stack([order[same], order[same + 1]], axis=1))
    found = np.sort(np.concatenate(pairs), axis=1)
    found = np.unique(found, axis=0)
    agree = (signatures[found[:, 0]] == signatures[found[:, 1]]).mean(axis=1)
    return found[agree >= AGREEING]


def _signatures(texts: list[str]) -> npt.NDArray[np.uint32]:
    joined = "\n".join(texts).encode("ascii", "replace")
    letters = np.frombuffer(joined + b"\n" * SHINGLE, dtype=np.uint8).astype(np.uint32)
    size = len(joined) + 1
    shingle = np.zeros(size, dtype=np.uint32)
    for offset in range(SHINGLE):
        shingle = shingle * np.uint32(1_000_003) + letters[offset : offset + size]
    shingle ^= shingle >> np.uint32(15)
    ends = np.flatnonzero(letters[:size] == 10)
    starts = np.concatenate([[0], ends[:-1] + 1])
    cross = np.zeros(size, dtype=bool)  # shingles that run over into the next text
    for back in range(SHINGLE):
        cross[np.maximum(ends - back, starts + 1)] = True
    rng = np.random.default_rng(SEED)
    out = np.empty((len(texts), BANDS * ROWS), dtype=np.uint32)
    for column in range(BANDS * ROWS):
        a, b = rng.integers(1, 2**32, 2, dtype=np.uint64)
        hashed = shingle * np.uint32(a | np.uint64(1)) + np.uint32(b)
        hashed ^= hashed >> np.uint32(16)
        hashed *= np.uint32(0x85EBCA6B)
        hashed[cross] = np.iinfo(np.uint32).max
        out[:, column] = np.minimum.reduceat(hashed, starts)
    return out


def _join(
    keeper: npt.NDArray[np.int64], rows: npt.NDArray[np.int64], pairs: npt.NDArray[np.int64], plain: list[str]
) -> npt.NDArray[np.int64]:
    same = [
        (rows[a], rows[b])
        for a, b in pairs.tolist()
        if letters_cosine(plain[rows[a]], plain[rows[b]]) >= SAME
    ]
    if not same:
        return keeper
    left, right = np.array(same, dtype=np.int64).T
    size = len(keeper)
    links = sp.coo_array((np.ones(len(left)), (left, right)), shape=(size, size))
    _, component = connected_components(links, directed=False)
    first = np.full(int(component.max()) + 1, size, dtype=np.int64)
    np.minimum.at(first, component, np.arange(size))
    joined: npt.NDArray[np.int64] = first[component][keeper]
    return joined


def letters_cosine(one: str, other: str) -> float:
    """Cosine of the counts of three-letter sequences.

    >>> round(letters_cosine("plus de bus", "plus de bus"), 3), letters_cosine("abc", "xyz")
    (1.0, 0.0)
    """
    if one == other:
        return 1.0
    a = Counter(one[i : i + 3] for i in range(len(one) - 2))
    b = Counter(other[i : i + 3] for i in range(len(other) - 2))
    dot = sum(count * b[gram] for gram, count in a.items() if gram in b)
    norm = sqrt(sum(c * c for c in a.values())) * sqrt(sum(c * c for c in b.values()))
    return dot / norm if norm else 0.0
