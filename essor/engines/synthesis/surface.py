"""How people write a word: accents put back where the corpus, typed in a hurry, has none."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from essor.engines.synthesis.normalise import Corpus, unaccented

_BEFORE_APOSTROPHE = "l d j m t s n c qu jusqu lorsqu puisqu quelqu aujourd"
_ELIDED = frozenset(_BEFORE_APOSTROPHE.split())


@lru_cache(maxsize=1)
def accents() -> dict[str, str]:
    """Unaccented French word → its usual accented writing, for words clearly more frequent with accents.

    >>> accents()["ecole"]
    'école'
    """
    path = files("essor.engines.synthesis") / "accents.txt"
    words = path.read_text(encoding="utf-8").split()
    return {unaccented(word): word for word in words}


@dataclass(frozen=True)
class Surfaces:
    """Readable words of a corpus."""

    corpus: Corpus
    word_of_stem: npt.NDArray[np.int64]
    best: tuple[str, ...]

    def of_stem(self, stem: int) -> str:
        """The most frequent readable word of a stem."""
        word = int(self.word_of_stem[stem])
        return self.best[word] if word >= 0 else self.corpus.stems[stem]

    def of_span(self, start: int, end: int) -> str:
        """The words from `start` to `end` of the flat corpus, joined as one writes them."""
        out = ""
        for position in range(start, end + 1):
            word = self.best[int(self.corpus.flat[position])]
            out += word + ("" if position == end else "’" if word in _ELIDED else " ")
        return out


def surfaces(corpus: Corpus, actions: npt.NDArray[np.bool_] | None = None) -> Surfaces:
    """For each word its readable form, for each stem its most frequent word.

    `actions` marks the words that say what one does: a thing of the same stem is written first (`arrêt`, not
    `arrête`).

    >>> from essor.engines.synthesis.normalise import read_corpus
    >>> surfaces(read_corpus(["les ecoles", "l ecole"])).of_span(2, 3)
    'l’école'
    """
    count = np.bincount(corpus.flat, minlength=len(corpus.words))
    usual: dict[str, int] = {}
    bare = [unaccented(word) for word in corpus.words]
    for word in np.argsort(-count, kind="stable").tolist():
        key = bare[word]
        usual.setdefault(key, word)
    dictionary = accents()
    best = []
    for key in bare:
        word_as_written = corpus.words[usual[key]]
        best.append(dictionary.get(key, word_as_written) if word_as_written.isascii() else word_as_written)
    return Surfaces(corpus, _word_of_stem(corpus, bare, actions, usual), tuple(best))


def _word_of_stem(
    corpus: Corpus, bare: list[str], actions: npt.NDArray[np.bool_] | None, usual: dict[str, int]
) -> npt.NDArray[np.int64]:
    """The word of each stem counted most often, accented or not."""
    tokens = corpus.stem_tokens()
    group = np.array([usual[key] for key in bare] or [0], dtype=np.int64)
    out = np.full(max(1, len(corpus.stems)), -1, dtype=np.int64)
    kept = tokens >= 0
    width = max(1, len(corpus.words))
    key, times = np.unique(
        tokens[kept].astype(np.int64) * width + group[corpus.flat[kept]], return_counts=True
    )
    acts = np.zeros(len(key), dtype=bool) if actions is None else actions[key % width]
    for position in np.lexsort((times, ~acts)).tolist():
        out[key[position] // width] = key[position] % width
    return out
