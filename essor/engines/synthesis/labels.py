"""A few words that say what a group is about, and what the others are not.

Each term of each group gets the z-score of its log-odds against all other groups with an informative
Dirichlet
prior (Monroe, Colaresi & Quinn 2008, "Fightin' Words", eq. 16 and 22): with y the texts of the group that
hold the
term, n the group's texts, α = `PRIOR` times the term's share in the whole corpus,
δ = ln((y + α) / (n + α₀ - y - α)) - the same outside; z = δ / sqrt(1 / (y + α) + 1 / (y_out + α)).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from essor.engines.synthesis.phrases import Terms
from essor.engines.synthesis.vectors import Floats

PRIOR = 50.0
KEY_TERMS = 10
IN_LABEL = 3
ALIKE = 0.8
LEAST_HELD = 3  # texts of the group that must hold a phrase
STRONG = 0.25  # a term weaker than this share of the strongest stays out of the label


@dataclass(frozen=True)
class Naming:
    """`terms`: readable term and weight, strongest first; `label`: the strongest that do not repeat each
    other."""

    label: str
    terms: tuple[tuple[str, float], ...]


def name_groups(terms: Terms, labels: npt.NDArray[np.int32], word_vectors: Floats) -> list[Naming]:
    """One naming per group; `word_vectors` (unit rows, one per stem) tell near-synonyms."""
    k = int(labels.max()) + 1
    scores, inside = _weights(terms.matrix, labels, k)
    return [_name(terms, scores[group], inside[group], word_vectors) for group in range(k)]


def _weights(
    matrix: sp.csr_array, labels: npt.NDArray[np.int32], k: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    n = len(labels)
    belongs = sp.csr_array((np.ones(n, dtype=np.float32), (labels, np.arange(n))), shape=(k, n))
    inside = np.asarray((belongs @ matrix).todense(), dtype=np.float64)
    size = np.bincount(labels, minlength=k)[:, None].astype(np.float64)
    total = inside.sum(axis=0, keepdims=True)
    outside, rest = total - inside, n - size
    prior = PRIOR * total / max(1, n)
    odds_in = np.log(inside + prior + 1e-9) - np.log(np.maximum(size + PRIOR - inside - prior, 1e-9))
    odds_out = np.log(outside + prior + 1e-9) - np.log(np.maximum(rest + PRIOR - outside - prior, 1e-9))
    deviation = np.sqrt(1 / (inside + prior + 1e-9) + 1 / (outside + prior + 1e-9))
    return np.round((odds_in - odds_out) / deviation, 4), inside


def _name(
    terms: Terms, score: npt.NDArray[np.float64], inside: npt.NDArray[np.float64], words: Floats
) -> Naming:
    rank = _prefer_phrases(terms, score, inside)
    order = np.argsort(-rank, kind="stable")[: 12 * KEY_TERMS]
    order = order[(inside[order] > 0) & (rank[order] > -np.inf)]
    chosen: list[int] = []
    for term in order:
        if len(chosen) == KEY_TERMS:
            break
        if not _repeats(terms, int(term), chosen):
            chosen.append(int(term))
    return Naming(
        _label(terms, chosen, rank, words),
        tuple((terms.written[t], round(float(score[t]), 2)) for t in chosen),
    )


def _prefer_phrases(
    terms: Terms, score: npt.NDArray[np.float64], inside: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """A phrase stands before its own words when it explains enough of their texts in the group.

    Enough: a third of the texts of its rarer word and a fifth of those of its more frequent one. What says
    too little comes last.
    """
    rank = score.copy()
    singles = np.array([len(s) == 1 for s in terms.stems])
    pairs = np.flatnonzero(~singles & (inside >= LEAST_HELD) & ~terms.general)
    if len(pairs):
        both = np.array([terms.stems[p] for p in pairs])
        rarer = np.minimum(inside[both[:, 0]], inside[both[:, 1]])
        oftener = np.maximum(inside[both[:, 0]], inside[both[:, 1]])
        alone = np.where(terms.general[both], -np.inf, score[both]).max(axis=1)
        leads = (inside[pairs] >= rarer / 3) & (inside[pairs] >= oftener / 5) & (score[pairs] > 0)
        rank[pairs[leads]] = np.maximum(score[pairs[leads]], alone[leads] + 0.01)
    rank[~singles & (inside < LEAST_HELD)] = -np.inf
    rank[terms.general] -= 1000.0
    return rank


def _repeats(terms: Terms, term: int, chosen: list[int]) -> bool:
    """Same stem, or same word but for a plural the stemmer does not see (revenu, revenus)."""
    mine, written = set(terms.stems[term]), terms.written[term].rstrip("sx")
    return any(
        mine & set(terms.stems[other]) or written == terms.written[other].rstrip("sx") for other in chosen
    )


def _label(terms: Terms, chosen: list[int], rank: npt.NDArray[np.float64], words: Floats) -> str:
    """The strongest terms that are neither general nor near-synonyms of one another."""
    kept: list[int] = []
    for term in chosen:
        if len(kept) == IN_LABEL or (kept and rank[term] < STRONG * rank[kept[0]]):
            break
        mine = words[list(terms.stems[term])].sum(axis=0)
        alike = any(_cosine(mine, words[list(terms.stems[other])].sum(axis=0)) > ALIKE for other in kept)
        if not alike:
            kept.append(term)
    label = ", ".join(terms.written[term] for term in kept)
    return label[:1].upper() + label[1:]


def _cosine(one: Floats, other: Floats) -> float:
    size = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return round(float((one * other).sum()) / size, 3) if size > 0 else 0.0
