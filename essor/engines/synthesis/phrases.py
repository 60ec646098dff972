"""Candidate terms of a corpus: stems, and phrases of two stems as people wrote them ("pistes cyclables",
"transports en commun")."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from essor.engines.synthesis.naming_words import action_words, barred_alone, barred_in_phrases
from essor.engines.synthesis.normalise import Corpus, unaccented
from essor.engines.synthesis.surface import surfaces

_LINKS = "de du des d en a au aux la le les l of the and et"
LINKS = frozenset(_LINKS.split())
LONGEST_GAP = 2
PHRASES_AT_MOST = 60_000


@dataclass(frozen=True)
class Terms:
    """`matrix`: texts × terms, 0 or 1. `stems[t]`: one or two stems. `written[t]`: how people write it.
    `general[t]`: says too little to stand in a label."""

    matrix: sp.csr_array
    stems: tuple[tuple[int, ...], ...]
    written: tuple[str, ...]
    general: npt.NDArray[np.bool_]


def find_terms(corpus: Corpus, counts: sp.csr_array) -> Terms:
    """All the stems and the phrases found in enough texts.

    >>> from essor.engines.synthesis.normalise import read_corpus
    >>> from essor.engines.synthesis.vectors import stem_matrix
    >>> corpus = read_corpus(["Des transports en commun", "les transports en commun gratuits"] * 2)
    >>> "transports en commun" in find_terms(corpus, stem_matrix(corpus)).written
    True
    """
    actions = action_words(corpus)
    words = surfaces(corpus, actions)
    single = counts.copy()
    single.data = np.ones_like(single.data)
    pairs, pair_matrix, spans = _phrases(corpus)
    written = [words.of_stem(s) for s in range(len(corpus.stems))]
    written += [words.of_span(start, end) for start, end in spans]
    alone = barred_alone(corpus, written[: len(corpus.stems)], actions)
    inside = barred_in_phrases(corpus, actions)
    general = alone
    if len(pairs):
        general = np.concatenate([alone, inside[pairs].any(axis=1) | alone[pairs].all(axis=1)])
    stems = [(s,) for s in range(len(corpus.stems))] + [(int(a), int(b)) for a, b in pairs]
    width = len(corpus.stems)
    matrix = sp.csr_array(sp.hstack([single[:, :width], pair_matrix])) if width else single
    return Terms(matrix, tuple(stems), tuple(written), general)


def _phrases(corpus: Corpus) -> tuple[npt.NDArray[np.int64], sp.csr_array, list[tuple[int, int]]]:
    """Pairs of stems with at most two linking words between, kept when at least max(3, n / 2000) texts have
    it."""
    tokens, text = corpus.stem_tokens(), corpus.text_of_token()
    link = np.array([unaccented(w) in LINKS for w in corpus.words] or [False])[corpus.flat]
    width = max(1, len(corpus.stems))
    starts, ends = [], []
    between = np.ones(len(tokens), dtype=bool)
    for gap in range(1, LONGEST_GAP + 2):
        left = np.arange(max(0, len(tokens) - gap))
        right = left + gap
        if gap > 1:
            between = between[: len(left)] & link[left + gap - 1]
        ok = between[: len(left)] & (tokens[left] >= 0) & (tokens[right] >= 0) & (text[left] == text[right])
        ok &= tokens[left] != tokens[right]
        starts.append(left[ok])
        ends.append(right[ok])
    start, end = np.concatenate(starts), np.concatenate(ends)
    empty = sp.csr_array((len(corpus), 0), dtype=np.float32)
    if not len(start):
        return np.zeros((0, 2), dtype=np.int64), empty, []
    key = tokens[start].astype(np.int64) * width + tokens[end]
    distinct = np.unique(np.stack([key, text[start].astype(np.int64)], axis=1), axis=0)
    keys, in_texts = np.unique(distinct[:, 0], return_counts=True)
    often = in_texts >= max(3, len(corpus) / 2000)
    kept = np.sort(keys[often][np.argsort(-in_texts[often], kind="stable")][:PHRASES_AT_MOST])
    if not len(kept):
        return np.zeros((0, 2), dtype=np.int64), empty, []
    inside = np.isin(distinct[:, 0], kept)
    columns = np.searchsorted(kept, distinct[inside, 0])
    ones = np.ones(len(columns), dtype=np.float32)
    matrix = sp.csr_array((ones, (distinct[inside, 1], columns)), shape=(len(corpus), len(kept)))
    spans = _usual_spans(corpus, key, kept, start, end)
    return np.stack([kept // width, kept % width], axis=1), matrix, spans


def _usual_spans(
    corpus: Corpus,
    key: npt.NDArray[np.int64],
    kept: npt.NDArray[np.int64],
    start: npt.NDArray[np.int64],
    end: npt.NDArray[np.int64],
) -> list[tuple[int, int]]:
    """For each kept phrase, one place of `flat` where it stands in its most usual writing."""
    inside = np.isin(key, kept)
    key, start, end = key[inside], start[inside], end[inside]
    padded = np.concatenate([corpus.flat, np.zeros(LONGEST_GAP + 2, dtype=corpus.flat.dtype)]).astype(
        np.int64
    )
    writing = np.zeros(len(key), dtype=np.uint64)
    for offset in range(LONGEST_GAP + 2):
        here = np.where(start + offset <= end, padded[start + offset] + 1, 0).astype(np.uint64)
        writing = writing * np.uint64(1_000_003) + here
    order = np.lexsort((start, writing, key))
    key, writing, start, end = key[order], writing[order], start[order], end[order]
    new = np.concatenate([[True], (key[1:] != key[:-1]) | (writing[1:] != writing[:-1])])
    first = np.flatnonzero(new)
    count = np.diff(np.concatenate([first, [len(key)]]))
    best = np.lexsort((start[first], -count, key[first]))
    _, position = np.unique(key[first][best], return_index=True)
    chosen = first[best[position]]
    return [(int(start[i]), int(end[i])) for i in chosen]
