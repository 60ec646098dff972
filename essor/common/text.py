"""Text as it is stored and compared: NFC, tidy, searchable."""

import re
import unicodedata
from functools import lru_cache

import Stemmer

_SPACES = re.compile(r"[ \t\u00a0\u202f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")
_BLANK_LINES = re.compile(r"\n{3,}")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"[a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss"})
_french = Stemmer.Stemmer("french")


def nfc(text: str) -> str:
    """Unicode NFC, without control characters, line ends as ``\\n``.

    >>> nfc("e\\u0301te\\u0301\\r\\n")
    'été\\n'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def tidy(text: str) -> str:
    """NFC with single spaces, no trailing spaces and at most one blank line.

    >>> tidy("  Un   bus \\n\\n\\n\\n le soir ")
    'Un bus\\n\\nle soir'
    """
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # already tidy, as most lines are
    lines = (_SPACES.sub(" ", line).strip() for line in nfc(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def plain(text: str) -> str:
    """Lower case without accents or ligatures, for comparison.

    >>> plain("Cœur d’Été")
    'coeur d’ete'
    """
    if text.isascii():
        return text.lower()
    return _NOT_ASCII.sub(_folded_run, text.lower())


def _folded_run(found: "re.Match[str]") -> str:
    return _folded(found.group())


@lru_cache(maxsize=4096)
def _folded(letters: str) -> str:
    folded = unicodedata.normalize("NFKD", letters.translate(_LIGATURES).lower())
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def search_words(text: str) -> list[str]:
    """The stemmed words under which a text is found: accents dropped, then French stems.

    >>> search_words("Les écoles ferment")
    ['le', 'ecol', 'ferment']
    """
    return [str(word) for word in _french.stemWords(_WORD.findall(plain(text)))]


def search_text(*parts: str) -> str:
    """What a search index stores for these parts.

    >>> search_text("Un bus", "le soir")
    'un bus le soir'
    """
    return " ".join(search_words(" ".join(parts)))


def excerpt(text: str, length: int = 160) -> str:
    """The beginning of a text, cut at a word, with an ellipsis when something is missing.

    >>> excerpt("Un arrêt de bus devant la mairie", 15)
    'Un arrêt de…'
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
