"""Cutting pasted text into verbatims, and sewing back those that belong together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from essor.chain.listening import personal_data
from essor.common.text import nfc, tidy

_PARAGRAPHS = re.compile(r"\n[ \t]*\n+")
_RULE = re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-–—•*]|\d{1,3}[.)])\s+")


@dataclass(frozen=True)
class Piece:
    """One verbatim to be, and what in it could name somebody."""

    words: str
    personal: tuple[str, ...] = ()


def slips(text: str, *, by_line: bool) -> list[str]:
    """Slips of paper: one a line, or one a paragraph. Bullets and numbers before them are dropped.

    >>> slips("- Un bus\\n\\n- Un train", by_line=False), slips("Un\\nDeux", by_line=True)
    (['Un bus', 'Un train'], ['Un', 'Deux'])
    """
    parts = nfc(text).split("\n") if by_line else _PARAGRAPHS.split(nfc(text))
    return [words for part in parts if (words := tidy(_BULLET.sub("", part)))]


def verbatims(notes: str) -> list[str]:
    """The notes of an interview: a paragraph each; a line of dashes cuts too.

    >>> verbatims("Je vis seule.\\n---\\nLe bus est loin.\\n\\nJ’ai peur.")
    ['Je vis seule.', 'Le bus est loin.', 'J’ai peur.']
    """
    return [
        words
        for block in _RULE.split(nfc(notes))
        for part in _PARAGRAPHS.split(block)
        if (words := tidy(part))
    ]


def joined(words: Sequence[str], with_the_one_before: Sequence[bool]) -> list[str]:
    """Pieces sewn to the one before where asked; a blank line inside a piece cuts it again."""
    sewn: list[str] = []
    for text, join in zip(words, with_the_one_before, strict=True):
        if join and sewn:
            sewn[-1] = f"{sewn[-1]}\n{text}".strip()
        else:
            sewn.append(text)
    return [piece for text in sewn for piece in verbatims(text)]


def looked_at(words: Sequence[str]) -> list[Piece]:
    """Each piece with the passages that could name somebody."""
    return [
        Piece(each, tuple(each[found.start : found.end] for found in personal_data.find(each)))
        for each in words
    ]
