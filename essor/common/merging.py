"""Two people changed the same text: their changes put together, sentence by sentence, losing nothing.

The three-way merge itself is that of the library ``merge3`` (the algorithm of diff3; Khanna, Kunal & Pierce
2007 describe it); what it compares goes through ``aligning``, whose cost is bounded. A text is cut into
sentences and line ends, so that a paragraph merges finely.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True)
class Clash:
    """Fields that two people filled in differently, each value as it is kept."""

    fields: tuple[str, ...]
    mine: tuple[Any, ...]
    theirs: tuple[Any, ...]


def merge_fields(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    groups: tuple[tuple[str, ...], ...],
    texts: tuple[str, ...] = (),
) -> tuple[dict[str, Any], tuple[Clash, ...]]:
    """What two people made of one form, together; where they clash, mine is given and the clash is told.

    Fields of one group go together (a step and its date); ``texts`` are merged sentence by sentence. A field
    that ``base`` does not know is taken for one that both changed.

    >>> merge_fields({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3}, groups=(("a",), ("b",)))
    ({'a': 2, 'b': 3}, ())
    >>> merge_fields({"a": 1}, {"a": 2}, {"a": 3}, groups=(("a",),))
    ({'a': 2}, (Clash(fields=('a',), mine=(2,), theirs=(3,)),))
    """
    kept: dict[str, Any] = {}
    clashes: list[Clash] = []
    for group in groups:
        ours, others = (tuple(side[name] for name in group) for side in (mine, theirs))
        before = tuple(base.get(name, _UNKNOWN) for name in group)
        chosen = others if ours in (others, before) else ours
        if ours not in (others, before) and others != before:
            merged = merge(base.get(group[0], ""), ours[0], others[0]) if group[0] in texts else None
            if merged is not None and merged.is_clean and group[0] in base:
                chosen = (merged.text,)
            else:
                clashes.append(Clash(group, ours, others))
        kept.update(zip(group, chosen, strict=True))
    return kept, tuple(clashes)


_UNKNOWN = object()
