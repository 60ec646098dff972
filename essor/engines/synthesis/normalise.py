"""From raw texts to words: Unicode, apostrophes, ligatures, languages, stems, and why a text was set aside.

The words of a whole corpus are kept as one flat array of integers, so that counting, weighting and finding
phrases are array operations even for a million texts.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import Stemmer

from essor.engines.synthesis.stem_table import LANGUAGES, stem_table
from essor.engines.synthesis.stopwords import ENGLISH_SIGNS, FRENCH_SIGNS, STOP_WORDS

Ints = npt.NDArray[np.int32]
LONGEST_TEXT = 20_000  # characters read of one text; more is a document, not a voice
RARE_WORD = 5e-7

_WORD = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_ELIDED = re.compile(r"(?:[ldnsj]|qu)([aeiouyhàâéèêëîïôùû][^\W\d_]{2,})$")
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss", "’": "'", "ʼ": "'", "`": "'"}
)
_STEMMERS = {"fr": Stemmer.Stemmer("french"), "en": Stemmer.Stemmer("english")}


def readable(text: str) -> str:
    """The text as it is read: NFC, straight apostrophes, no ligature, no link, at most `LONGEST_TEXT` long.

    >>> readable("L’œuvre : https://exemple.fr")
    "L'oeuvre :  "
    """
    text = text[:LONGEST_TEXT]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_LIGATURES)
    return _LINK.sub(" ", text) if ("://" in text or "www." in text or "@" in text) else text


def unaccented(word: str) -> str:
    """Lower case without accents: `Été` and `ete` are one word, since many people type without accents.

    >>> unaccented("Éco-mobilité")
    'eco-mobilite'
    """
    word = word.lower()
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def stem(word: str, language: str = "fr") -> str:
    """Snowball stem of the unaccented word (Porter 2001, https://snowballstem.org).

    >>> stem("Écoles"), stem("ecole"), stem("schools", "en")
    ('ecol', 'ecol', 'school')
    """
    return str(_STEMMERS[language].stemWord(unaccented(word)))


@dataclass(frozen=True)
class Corpus:
    """Texts as flat arrays; text i owns `flat[indptr[i]:indptr[i + 1]]`, whose values index `words`.

    `languages[i]` is 0 for French, 1 for English; `stem_of[l, w]` is the index in `stems` of word w read in
    language l, or -1 for a word that carries no theme.
    """

    words: tuple[str, ...]
    flat: Ints
    indptr: npt.NDArray[np.int64]
    languages: npt.NDArray[np.int8]
    stems: tuple[str, ...]
    stem_of: Ints

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def text_of_token(self) -> Ints:
        """For each word of `flat`, the text it stands in."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.indptr))

    def stem_tokens(self) -> Ints:
        """For each word of `flat`, its stem, or -1."""
        if not len(self.flat):
            return np.zeros(0, dtype=np.int32)
        taken: Ints = self.stem_of[self.languages[self.text_of_token()], self.flat]
        return taken


def read_corpus(texts: Sequence[str]) -> Corpus:
    """Cut texts into words, guess each one's language, and stem.

    >>> corpus = read_corpus(["Des pistes cyclables sûres", "Safer bike lanes for the children"])
    >>> corpus.languages.tolist()
    [0, 1]
    >>> [corpus.stems[s] for s in corpus.stem_tokens() if s >= 0][:3]
    ['pist', 'cyclabl', 'sur']
    """
    index: dict[str, int] = {}
    flat: list[int] = []
    counts = np.zeros(len(texts), dtype=np.int64)
    for position, text in enumerate(texts):
        found = _WORD.findall(readable(text).lower())
        counts[position] = len(found)
        flat.extend([index.setdefault(word, len(index)) for word in found])
    words = tuple(_apostrophe_back(word) for word in index)
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    flat_array = np.array(flat, dtype=np.int32)
    bare = [unaccented(word) for word in words]
    languages = _guess_languages(bare, flat_array, indptr)
    stems, stem_of = _stem_table(bare)
    return Corpus(words, flat_array, indptr, languages, stems, stem_of)


def _apostrophe_back(word: str) -> str:
    """`letat` typed for `l'état`: the article is dropped when what is left is by far the more usual word.

    >>> [_apostrophe_back(word) for word in ("letat", "lunion", "lampe", "dune", "linux")]
    ['etat', 'union', 'lampe', 'dune', 'linux']
    """
    found = _ELIDED.match(word)
    if not found:
        return word
    table = stem_table()
    rest = table.rows["fr"].get(stem(found[1]), -1)
    whole = table.rows["fr"].get(stem(word), -1)
    if rest < 0:
        return word
    likely = table.probability[whole] if whole >= 0 else 0.0
    return found[1] if likely < RARE_WORD and table.probability[rest] > 50 * likely else word


def _guess_languages(bare: list[str], flat: Ints, indptr: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    """A text is English if it has more English function words than French ones; a tie follows the corpus."""
    sign = np.array([(w in FRENCH_SIGNS) - (w in ENGLISH_SIGNS) for w in bare] or [0], dtype=np.int64)
    running = np.concatenate([[0], np.cumsum(sign[flat])]) if len(flat) else np.zeros(1, dtype=np.int64)
    balance = running[indptr[1:]] - running[indptr[:-1]]
    usual = 1 if (balance < 0).sum() > (balance > 0).sum() else 0
    return np.where(balance == 0, usual, (balance < 0).astype(int)).astype(np.int8)


def _stem_table(bare: list[str]) -> tuple[tuple[str, ...], Ints]:
    index: dict[str, int] = {}
    stem_of = np.full((len(LANGUAGES), max(1, len(bare))), -1, dtype=np.int32)
    for row, language in enumerate(LANGUAGES):
        stop = STOP_WORDS[language]
        for column, (word, stemmed) in enumerate(zip(bare, _STEMMERS[language].stemWords(bare), strict=True)):
            if len(word) > 1 and word not in stop:
                stem_of[row, column] = index.setdefault(stemmed, len(index))
    return tuple(index), stem_of
