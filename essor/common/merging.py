"""Two people changed the same text: their changes put together, sentence by sentence, losing nothing.

The three-way merge itself is that of the library ``merge3`` (the algorithm of diff3; Khanna, Kunal & Pierce
2007 describe it); what it compares goes through ``aligning``, whose cost is bounded. A text is cut into
sentences and line ends, so that a paragraph merges finely.
"""

import re
from dataclasses import dataclass

from merge3 import Merge3

from essor.common.aligning import Aligned

_PIECES = re.compile(r"[^\n.!?…]*(?:[.!?…]+[»”)]*[ \u00a0\u202f]*|\n+|$)")


@dataclass(frozen=True)
class Merged:
    """The text with both changes; or, when they touch the same sentence, ``clashes`` of (mine, theirs)."""

    text: str
    clashes: tuple[tuple[str, str], ...] = ()

    @property
    def is_clean(self) -> bool:
        return not self.clashes


def pieces(text: str) -> list[str]:
    """The sentences and line ends of a text; together they are the text.

    >>> pieces("Un bus. Le soir !\\n\\nEt le dimanche")
    ['Un bus. ', 'Le soir !', '\\n\\n', 'Et le dimanche']
    """
    return [each for each in _PIECES.findall(text) if each]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """What ``mine`` and ``theirs`` made of ``base``, together.

    >>> merge("Un. Deux. Trois.", "Un seul. Deux. Trois.", "Un. Deux. Trois. Quatre.").text
    'Un seul. Deux. Trois. Quatre.'
    >>> merge("Un. Deux.", "Un seul. Deux.", "Un autre. Deux.").clashes
    (('Un seul. ', 'Un autre. '),)
    """
    if mine == theirs or base == mine:
        return Merged(theirs)
    if base == theirs:
        return Merged(mine)
    kept: list[str] = []
    clashes: list[tuple[str, str]] = []
    three = (pieces(base), pieces(mine), pieces(theirs))
    for group in Merge3(*three, sequence_matcher=Aligned).merge_groups():
        if group[0] == "conflict":
            _base, ours, others = ("".join(each) for each in group[1:])
            clashes.append((ours, others))
            kept.append(others)
        else:
            kept.extend(group[1])
    return Merged("".join(kept), tuple(clashes))
