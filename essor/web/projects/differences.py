"""What changed between two wordings, readable without colours.

Sentences are compared first; words only inside the sentences that changed, and as long as the whole page
stays cheap: past that, a piece that changed is shown whole, before and after.
"""

import re
from dataclasses import dataclass

from essor.common.aligning import MOST, TooLong, blocks, cost
from essor.common.merging import pieces

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, was added or was taken away."""

    text: str
    state: str  # "same", "added", "removed"


def differences(before: str, after: str, most: int = MOST) -> list[Piece]:
    """The pieces of both wordings in reading order; comparing costs ``most`` steps at the very most.

    >>> [(each.state, each.text) for each in differences("un bus le soir", "un car le soir")]
    [('same', 'un '), ('removed', 'bus'), ('added', 'car'), ('same', ' le soir')]
    """
    found: list[tuple[str, str]] = []
    left = most
    for old, new in _changed(pieces(before), pieces(after), left):
        if old == new:
            found.append((old, new))
            continue
        one, two = _WORDS.findall(old), _WORDS.findall(new)
        found += _readable(_changed(one, two, left))
        left -= min(left, cost(one, two))
    return _shown(found)


def _changed(one: list[str], two: list[str], most: int) -> list[tuple[str, str]]:
    """(before, after) of each run: twice the same when it stayed. Too long, all of it changed."""
    try:
        runs = [*blocks(one, two, most), (len(one), len(two), 0)]
    except TooLong:
        return [("".join(one), "".join(two))]
    found, a, b = [], 0, 0
    for start_a, start_b, size in runs:
        if a < start_a or b < start_b:
            found.append(("".join(one[a:start_a]), "".join(two[b:start_b])))
        a, b = start_a + size, start_b + size
        if size:
            same = "".join(one[start_a:a])
            found.append((same, same))
    return found


def _readable(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Two changes with only a space between them are one change: it reads better."""
    joined: list[tuple[str, str]] = []
    for rank, (old, new) in enumerate(runs):
        inside = 0 < rank < len(runs) - 1 and old == new and not old.strip()
        after_change = bool(joined) and joined[-1][0] != joined[-1][1]
        if after_change and (inside or old != new):
            joined[-1] = (joined[-1][0] + old, joined[-1][1] + new)
        else:
            joined.append((old, new))
    return joined


def _shown(runs: list[tuple[str, str]]) -> list[Piece]:
    shown: list[Piece] = []
    for old, new in runs:
        if old == new and shown and shown[-1].state == "same":
            shown[-1] = Piece(shown[-1].text + old, "same")
        elif old == new:
            shown.append(Piece(old, "same"))
        else:
            shown += [Piece(text, state) for text, state in ((old, "removed"), (new, "added")) if text]
    return shown
