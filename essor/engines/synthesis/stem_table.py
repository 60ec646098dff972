"""The packaged table of stem vectors, distilled once (see NOTICE.txt and docs/decisions/0002)."""

from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

LANGUAGES = ("fr", "en")
LONGEST_STEM = 24  # longer ones are not words, and their variants would fill the memory
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class StemTable:
    """The packaged vectors: `rows[language][stem]` gives the row of `vectors` and of `probability`."""

    def __init__(self) -> None:
        with (files("essor.engines.synthesis") / "vectors.npz").open("rb") as stream, np.load(stream) as data:
            self.vectors: npt.NDArray[np.float32] = data["vectors"].astype(np.float32) * data["scale"]
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
        if not 6 <= len(stem) <= LONGEST_STEM or not stem.isascii():
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
    128
    """
    return StemTable()
