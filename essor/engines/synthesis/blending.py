"""Two readings of a text side by side: its words, and the whole of its sentences by an optional encoder.

Words suffice for a short text; in a long one the mean of many words says little, and an encoder keeps what
the sentences say. So the share of the encoder grows with the length m of the text in words,
share = min(MOST, BASE + PER_WORD · m), and the vector is [√(1 - share) · words, √share · encoded], both of
length one: the cosine of two texts alike in length is then the weighted mean of the two cosines. Beyond
`TEXTS_AT_MOST` texts or `WORDS_AT_MOST` words (about a minute of one core), and beyond `SHORT_AT_MOST` texts
shorter than `SHORT` words on average (where it was measured to bring nothing), the words alone are used.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from essor.engines.synthesis.normalise import readable
from essor.engines.synthesis.vectors import Floats, centred, unit

BASE, PER_WORD, MOST = 0.4, 0.005, 0.85
TEXTS_AT_MOST = 12_000
WORDS_AT_MOST = 600_000
SHORT_AT_MOST = 2_000
SHORT = 15
READ = 6_000  # characters of one text handed to the encoder
BLOCK = 256


class Encoder(Protocol):
    """Anything that turns texts into vectors: it reads beside the packaged table."""

    name: str

    def encode(self, texts: list[str]) -> Floats:
        """One row of float32 per text."""


def affordable(texts: int, words: int) -> bool:
    """Whether an encoder may read them all, and is of use there.

    >>> affordable(1_500, 12_000), affordable(4_000, 31_000), affordable(4_000, 400_000)
    (True, False, True)
    """
    if texts > SHORT_AT_MOST and words < SHORT * texts:
        return False
    return texts <= TEXTS_AT_MOST and words <= WORDS_AT_MOST


def shares(words: npt.NDArray[np.int64]) -> Floats:
    """The share of the encoder in each text.

    >>> shares(np.array([0, 50, 1000])).round(2).tolist()
    [0.4000000059604645, 0.6499999761581421, 0.8500000238418579]
    """
    out: Floats = np.minimum(MOST, BASE + PER_WORD * words).astype(np.float32)
    return out


def blended(
    by_words: Floats, rows: npt.NDArray[np.int64], encoded: Floats, words: npt.NDArray[np.int64]
) -> Floats:
    """Both readings of the texts in `rows`, zeros elsewhere; one without known words keeps what was encoded.

    >>> two = np.eye(2, dtype=np.float32)
    >>> blended(two, np.array([1]), np.ones((1, 1), np.float32), np.array([9, 200])).shape
    (2, 3)
    """
    share = shares(words[rows])[:, None]
    out = np.zeros((len(by_words), by_words.shape[1] + encoded.shape[1]), dtype=np.float32)
    out[rows] = np.hstack([np.sqrt(1 - share) * by_words[rows], np.sqrt(share) * centred(encoded)])
    return unit(out)


def encode_all(encoder: Encoder, texts: list[str], report: Callable[[float], None]) -> Floats:
    """The rows of all texts, block by block so that the progress can be told."""
    blocks = []
    for start in range(0, len(texts), BLOCK):
        readings = [readable(text[: 2 * READ])[:READ] for text in texts[start : start + BLOCK]]
        blocks.append(np.asarray(encoder.encode(readings), dtype=np.float32))
        report(min(1.0, (start + BLOCK) / len(texts)))
    return np.vstack(blocks)
