"""Vectors of words and texts, from a table distilled once (see NOTICE and docs/decisions/0002).

The vector of a text is the mean of its stems' vectors, each weighted by a / (a + p), where p is the stem's
frequency in the language at large: smooth inverse frequency (Arora, Liang & Ma 2017, "A simple but
tough-to-beat
baseline for sentence embeddings"). Words absent from the table are read through a one-letter correction, and
otherwise through the company they keep in this corpus ("à la carte", Khodak et al. 2018).
"""

from functools import lru_cache
from importlib.resources import files
from typing import Protocol

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from essor.engines.synthesis.normalise import LANGUAGES, Corpus

Floats = npt.NDArray[np.float32]
SMOOTHING = 1e-3
RARE = 1e-9  # the frequency given to a word no list knows
CORRECTED_AT_MOST = 20_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Encoder(Protocol):
    """Anything that turns texts into vectors may stand in for the packaged table."""

    name: str

    def encode(self, texts: list[str]) -> Floats:
        """One row of float32 per text."""


class StemTable:
    """The packaged vectors: `rows[language][stem]` gives the row of `vectors` and of `probability`."""

    def __init__(self) -> None:
        with (files("essor.engines.synthesis") / "vectors.npz").open("rb") as stream, np.load(stream) as data:
            self.vectors: Floats = data["vectors"].astype(np.float32) * data["scale"]
            self.probability: npt.NDArray[np.float64] = 10.0 ** (data["zipf"].astype(np.float64) / 1000 - 9)
            stems = bytes(data["stems"]).decode().split("\n")
            sizes = data["sizes"].tolist()
        starts = np.concatenate([[0], np.cumsum(sizes)]).tolist()
        self.rows = {
            language: {stem: row for row, stem in enumerate(stems[a:b], start=a)}
            for language, a, b in zip(LANGUAGES, starts[:-1], starts[1:], strict=True)
        }

    def find(self, stem: str, language: str) -> int:
        """The row of a stem, looked up in its language, then in the other; -1 if in neither."""
        row = self.rows[language].get(stem, -1)
        if row < 0:
            other = LANGUAGES[1 - LANGUAGES.index(language)]
            row = self.rows[other].get(stem, -1)
        return row

    def correct(self, stem: str, language: str) -> int:
        """The most frequent known stem one letter away (a typing slip), for stems of six letters or more.

        >>> table = stem_table()
        >>> table.correct("cyclabble", "fr") == table.find("cyclabl", "fr"), table.correct("zzz", "fr")
        (False, -1)
        >>> table.correct("envirronn", "fr") == table.find("environn", "fr")
        True
        """
        if len(stem) < 6 or not stem.isascii():
            return -1
        known = self.rows[language]
        found = [known[near] for near in _one_letter_away(stem) if near in known]
        return max(found, key=lambda row: (self.probability[row], -row)) if found else -1


def _one_letter_away(word: str) -> list[str]:
    cuts = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    out = [a + b[1:] for a, b in cuts if b]
    out += [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    for a, b in cuts:
        out += [a + letter + b for letter in _LETTERS]
        if b:
            out += [a + letter + b[1:] for letter in _LETTERS]
    return out


@lru_cache(maxsize=1)
def stem_table() -> StemTable:
    """The packaged table, read once per process.

    >>> stem_table().vectors.shape[1]
    192
    """
    return StemTable()


def unit(vectors: Floats) -> Floats:
    """Rows of length one; a row of zeros stays so.

    >>> unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    length = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True))
    out: Floats = (vectors / np.maximum(length, 1e-9)).astype(np.float32)
    return out


def stem_matrix(corpus: Corpus) -> sp.csr_array:
    """Texts × stems, counts: float32, sorted indices."""
    tokens = corpus.stem_tokens()
    kept = tokens >= 0
    rows = corpus.text_of_token()[kept]
    ones = np.ones(len(rows), dtype=np.float32)
    shape = (len(corpus), max(1, len(corpus.stems)))
    matrix = sp.csr_array(sp.coo_array((ones, (rows, tokens[kept])), shape=shape))
    matrix.sum_duplicates()
    return matrix


def known_stems(corpus: Corpus, counts: sp.csr_array) -> npt.NDArray[np.int64]:
    """For each stem of the corpus its row in the packaged table, -1 if unknown even after correction."""
    table = stem_table()
    language_of = _language_of_stems(corpus)
    rows = np.array(
        [table.find(s, LANGUAGES[lang]) for s, lang in zip(corpus.stems, language_of, strict=True)]
    )
    rows = rows.astype(np.int64) if len(rows) else np.full(1, -1, dtype=np.int64)
    unknown = np.flatnonzero(rows < 0)
    if len(unknown) and len(corpus.stems):
        frequency = np.asarray(counts.sum(axis=0)).ravel()
        often_first = unknown[np.argsort(-frequency[unknown], kind="stable")][:CORRECTED_AT_MOST]
        for column in often_first:
            rows[column] = table.correct(corpus.stems[column], LANGUAGES[language_of[column]])
    return rows


def _language_of_stems(corpus: Corpus) -> npt.NDArray[np.int64]:
    """The language in which each stem occurs most (a stem may occur in both)."""
    tokens = corpus.stem_tokens()
    kept = tokens >= 0
    language = corpus.languages[corpus.text_of_token()[kept]]
    size = len(corpus.stems)
    english = np.bincount(tokens[kept][language == 1], minlength=size)
    french = np.bincount(tokens[kept][language == 0], minlength=size)
    return (english > french).astype(np.int64)


def text_vectors(counts: sp.csr_array, rows: npt.NDArray[np.int64]) -> Floats:
    """Unit vectors of texts from their stem counts and the rows of those stems in the packaged table.

    A text repeats itself: a count c weighs 1 + log c. Texts of unknown words only keep a row of zeros.
    """
    table = stem_table()
    known = rows >= 0
    weight = np.full(len(rows), SMOOTHING / (SMOOTHING + RARE))
    weight[known] = SMOOTHING / (SMOOTHING + table.probability[rows[known]])
    weighted = counts.copy()
    weighted.data = ((1 + np.log(weighted.data)) * weight[weighted.indices]).astype(np.float32)
    stems = np.zeros((len(rows), table.vectors.shape[1]), dtype=np.float32)
    stems[known] = table.vectors[rows[known]]
    sums = np.asarray(weighted @ stems, dtype=np.float32)
    if not known.all():
        stems[~known] = _by_company(
            weighted, unit(sums), ~known, np.abs(stems[known]).mean() if known.any() else 1
        )
        sums = np.asarray(weighted @ stems, dtype=np.float32)
    return unit(sums)


def _by_company(weighted: sp.csr_array, texts: Floats, columns: npt.NDArray[np.bool_], size: float) -> Floats:
    """Unknown words get the mean direction of the texts they stand in, at half the usual length."""
    chosen = sp.csr_array(weighted[:, np.flatnonzero(columns)])
    chosen.data = np.ones_like(chosen.data)
    company = unit(np.asarray(chosen.T @ texts, dtype=np.float32))
    scale: Floats = company * np.float32(0.5 * size * np.sqrt(company.shape[1]))
    return scale
