"""Which texts can be grouped, and the stated reason of the others."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from essor.engines.synthesis.normalise import Corpus, readable


def reasons(
    texts: Sequence[str], corpus: Corpus, counts: sp.csr_array, known: npt.NDArray[np.int64]
) -> list[str | None]:
    """None for a text that can be grouped, otherwise one of `result.REASONS`.

    >>> from essor.engines.synthesis.normalise import read_corpus
    >>> from essor.engines.synthesis.vectors import known_stems, stem_matrix
    >>> texts = ["", "de la", "12 % :-)", "Ouvrir la bibliothèque le soir", "просим новую остановку автобуса"]
    >>> corpus = read_corpus(texts)
    >>> counts = stem_matrix(corpus)
    >>> reasons(texts, corpus, counts, known_stems(corpus, counts))
    ['empty', 'too_short', 'not_words', None, 'language_unknown']
    """
    themes = np.diff(counts.indptr)
    recognised = counts.copy()
    recognised.data = (known[counts.indices] >= 0).astype(np.float32)
    familiar = np.asarray(recognised.sum(axis=1)).ravel()
    shared = counts.copy()
    texts_with = np.bincount(counts.indices, minlength=counts.shape[1])
    shared.data = (texts_with[counts.indices] > 1).astype(np.float32)
    in_common = np.asarray(shared.sum(axis=1)).ravel()
    lengths = np.diff(corpus.indptr)
    return [
        None if familiar[i] > 0 else _reason(text, int(lengths[i]), int(themes[i]), bool(in_common[i] > 0))
        for i, text in enumerate(texts)
    ]


def _reason(text: str, words: int, themes: int, in_common: bool) -> str | None:
    if not text[:1000].strip():
        return "empty"
    if words == 0:
        return "not_words"
    if themes == 0:
        return "too_short"
    if not _is_latin(text):
        return "language_unknown"
    if in_common:
        return None
    return "not_words" if themes < 3 else "language_unknown"


def _is_latin(text: str) -> bool:
    letters = [c for c in readable(text[:1000]) if c.isalpha()]
    return sum(c < "\u0250" for c in letters) * 2 >= len(letters)
