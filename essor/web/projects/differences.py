"""What changed between two wordings, word by word, readable without colours."""

import difflib
import re
from dataclasses import dataclass

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, was added or was taken away."""

    text: str
    state: str  # "same", "added", "removed"


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both wordings in reading order.

    >>> [(each.state, each.text) for each in differences("un bus le soir", "un car le soir")]
    [('same', 'un '), ('removed', 'bus'), ('added', 'car'), ('same', ' le soir')]
    """
    one, two = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(one[a:b]), "same"))
            continue
        if a < b:
            pieces.append(Piece("".join(one[a:b]), "removed"))
        if c < d:
            pieces.append(Piece("".join(two[c:d]), "added"))
    return pieces
