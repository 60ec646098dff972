"""Vectors of texts: the packaged stem vectors, weighted by rarity and by what this corpus shows to be a
theme.

1. Smooth inverse frequency: a stem of frequency p in the language weighs a / (a + p) (Arora, Liang & Ma
2017, "A
   simple but tough-to-beat baseline for sentence embeddings"); a count c in a text weighs 1 + log c.
2. Company: each stem leans on the mean direction of the texts it stands in ("à la carte", Khodak et al.
2018);
   a stem absent from the table takes it whole. So a place name or a local word finds its meaning.
3. Topicality: a stem whose texts resemble each other says more about a theme than one that stands everywhere.
   With q the mean cosine between the texts that hold it, its weight is multiplied by √q.

Shapes: n texts, s stems, d dimensions; vectors are float32 unit rows, centred on the corpus.
"""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from essor.engines.synthesis.normalise import Corpus
from essor.engines.synthesis.stem_table import LANGUAGES, stem_table
from essor.engines.synthesis.weak_words import WEAK

Floats = npt.NDArray[np.float32]
SMOOTHING = 1e-3
COMPANY = 0.5
LEAST_TOPICAL = 0.005
CORRECTED_AT_MOST = 5_000
ROUNDED = 5


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


def text_vectors(
    counts: sp.csr_array, rows: npt.NDArray[np.int64], weak: npt.NDArray[np.bool_] | None = None
) -> Floats:
    """Vectors of texts from their stem counts and the rows of those stems in the packaged table.

    `weak` marks the stems that only count or date: they keep `WEAK` of their weight.

    Texts of unknown words that no other text shares keep a row of zeros.

    >>> from essor.engines.synthesis.normalise import read_corpus
    >>> corpus = read_corpus(["un vélo", "une bicyclette", "le médecin", "l’hôpital", "xyzzyx"])
    >>> counts = stem_matrix(corpus)
    >>> x = text_vectors(counts, known_stems(corpus, counts))
    >>> bool(x[0] @ x[1] > 0 > x[0] @ x[2]), float(x[4] @ x[4])
    (True, 0.0)
    """
    table = stem_table()
    known = rows >= 0
    weight = np.ones(len(rows))
    weight[known] = SMOOTHING / (SMOOTHING + table.probability[rows[known]])
    if weak is not None:
        weight[weak] *= WEAK
    weighted = counts.copy()
    weighted.data = ((1 + np.log(weighted.data)) * weight[weighted.indices]).astype(np.float32)
    stems = np.zeros((len(rows), table.vectors.shape[1]), dtype=np.float32)
    stems[known] = table.vectors[rows[known]]
    presence = counts.copy()
    presence.data = np.ones_like(presence.data)
    stems = _lean_on_company(stems, known, presence, centred(weighted @ stems))
    weighted.data *= _topicality(presence, centred(weighted @ stems))[weighted.indices]
    return centred(weighted @ stems)


def centred(vectors: Floats) -> Floats:
    """Unit rows, minus their mean, unit again: what all texts share says nothing. Rows of zeros stay so."""
    vectors = unit(np.asarray(vectors, dtype=np.float32))
    filled = vectors.any(axis=1)
    if filled.sum() > 1:
        mean = vectors[filled].mean(axis=0, dtype=np.float64)
        vectors[filled] -= mean.astype(np.float32)
    return unit(np.round(vectors, ROUNDED))


def _lean_on_company(
    stems: Floats, known: npt.NDArray[np.bool_], presence: sp.csr_array, texts: Floats
) -> Floats:
    company = unit(np.asarray(presence.T @ texts, dtype=np.float32))
    length = np.sqrt((stems * stems).sum(axis=1, keepdims=True))
    usual = float(length[known].mean()) if known.any() else 1.0
    leaning: Floats = np.where(known[:, None], stems + COMPANY * length * company, usual * company)
    return leaning.astype(np.float32)


def _topicality(presence: sp.csr_array, texts: Floats) -> Floats:
    """√q for each stem, q = (|Σx|² - m) / (m (m - 1)) over the m texts that hold it; the median where m <
    3."""
    held = np.bincount(presence.indices, minlength=presence.shape[1]).astype(np.float64)
    sums = np.asarray(presence.T @ texts, dtype=np.float64)
    together = ((sums * sums).sum(axis=1) - held) / np.maximum(held * (held - 1), 1)
    often = held >= 3
    usual = float(np.median(together[often])) if often.any() else 1.0
    kept: Floats = np.sqrt(np.maximum(np.where(often, together, usual), LEAST_TOPICAL)).astype(np.float32)
    return kept
