"""From texts to vectors: read, folded, set aside with a reason, and one vector for each distinct text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from essor.engines.synthesis.blending import Encoder, affordable, blended, encode_all
from essor.engines.synthesis.duplicates import Folding, fold
from essor.engines.synthesis.normalise import Corpus, read_corpus
from essor.engines.synthesis.setting_aside import reasons
from essor.engines.synthesis.vectors import Floats, centred, known_stems, stem_matrix, text_vectors
from essor.engines.synthesis.weak_words import weak_stems

Indexes = npt.NDArray[np.int64]
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Reading:
    """`counts`: texts × stems; `known`: row of each stem in the packaged table; `why[i]`: None or a reason.

    `speakers`: the texts that stand for themselves and their copies; `vectors`: one row for each of them.
    `encoded`: an encoder has read them too.
    """

    corpus: Corpus
    counts: sp.csr_array
    known: Indexes
    folding: Folding
    why: list[str | None]
    speakers: Indexes
    vectors: Floats
    encoded: bool

    @property
    def coverage(self) -> float:
        """Share of the texts that can be placed."""
        return round(float(np.mean([reason is None for reason in self.why])), 4)

    @property
    def families(self) -> list[list[int]]:
        """Placed texts that are copies of one another."""
        return [family for family in self.folding.families() if self.why[family[0]] is None]


def read_texts(texts: Sequence[str], encoder: Encoder | None, tell: Progress) -> Reading:
    """Read the texts with the packaged words, and with the encoder beside them where it is affordable."""
    tell(0.0, "read")
    corpus = read_corpus(texts)
    counts = stem_matrix(corpus)
    known = known_stems(corpus, counts)
    tell(0.15, "fold")
    folding = fold(texts)
    why = reasons(texts, corpus, counts, known)
    tell(0.3, "vectors")
    vectors = text_vectors(counts, known, weak_stems(corpus))
    unique = np.array([i for i in folding.keepers.tolist() if why[i] is None], dtype=np.int64)
    lengths = np.diff(corpus.indptr)
    encoded = False
    if encoder and len(unique) and affordable(len(unique), int(lengths[unique].sum())):
        rows = encode_all(
            encoder, [texts[i] for i in unique], lambda share: tell(0.3 + 0.1 * share, "vectors")
        )
        vectors, encoded = blended(vectors, unique, rows, lengths), True
    for text in np.flatnonzero(~vectors[folding.keeper].any(axis=1)):
        why[text] = why[text] or "far_from_everything"
    placed = np.array([reason is None for reason in why], dtype=bool)
    speakers = np.flatnonzero(placed & (folding.keeper == np.arange(len(texts))))
    return Reading(corpus, counts, known, folding, why, speakers, centred(vectors[speakers]), encoded)
