"""What two sequences have in common, in an order that both keep, with a bound on the work.

The longest common subsequence, by the table of Wagner & Fischer (1974): it costs the product of the two
lengths whatever the words are. A page that anybody opens may afford that; it may not afford a method whose
cost grows with the cube of a word that comes back a thousand times.
"""

from collections.abc import Sequence

MOST = 400_000  # cells of the table


class TooLong(Exception):
    """Both sequences differ over so much that comparing them would cost more than it tells."""


def cost(one: Sequence[str], two: Sequence[str]) -> int:
    """How many cells the table of these two takes, once their common ends are set apart."""
    head, tail = _ends(one, two)
    return (len(one) - head - tail) * (len(two) - head - tail)


def blocks(one: Sequence[str], two: Sequence[str], most: int = MOST) -> list[tuple[int, int, int]]:
    """The runs that both have: (where in ``one``, where in ``two``, how long), in order.

    >>> blocks(["un", "bus", "le", "soir"], ["un", "car", "le", "soir"])
    [(0, 0, 1), (2, 2, 2)]

    Raises TooLong when it would take more than ``most`` cells.
    """
    head, tail = _ends(one, two)
    inner_one, inner_two = one[head : len(one) - tail], two[head : len(two) - tail]
    if len(inner_one) * len(inner_two) > most:
        raise TooLong
    pairs = [(head + a, head + b) for a, b in _common(inner_one, inner_two)]
    ends = [(each, each) for each in range(head)]
    ends_after = [(len(one) - each, len(two) - each) for each in range(tail, 0, -1)]
    return _runs([*ends, *pairs, *ends_after])


class Aligned:
    """The same, as ``merge3`` asks for it; what is too long has nothing in common but its ends."""

    def __init__(self, _junk: None, one: Sequence[str], two: Sequence[str]) -> None:
        self.one, self.two = one, two

    def get_matching_blocks(self) -> list[tuple[int, int, int]]:
        """The common runs, then the empty one that marks the end."""
        try:
            found = blocks(self.one, self.two)
        except TooLong:
            head, tail = _ends(self.one, self.two)
            a, b = len(self.one) - tail, len(self.two) - tail
            found = [run for run in ((0, 0, head), (a, b, tail)) if run[2]]
        return [*found, (len(self.one), len(self.two), 0)]


def _ends(one: Sequence[str], two: Sequence[str]) -> tuple[int, int]:
    """How many elements both begin with, and how many of the others both end with."""
    shortest = min(len(one), len(two))
    head = 0
    while head < shortest and one[head] == two[head]:
        head += 1
    tail = 0
    while tail < shortest - head and one[-1 - tail] == two[-1 - tail]:
        tail += 1
    return head, tail


def _common(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
    """The places of one longest common subsequence."""
    table = [[0] * (len(two) + 1)]
    for word in reversed(one):
        below, row = table[-1], [0] * (len(two) + 1)
        for b in range(len(two) - 1, -1, -1):
            if word == two[b]:
                row[b] = below[b + 1] + 1
            else:
                row[b] = row[b + 1] if row[b + 1] > below[b] else below[b]
        table.append(row)
    table.reverse()
    pairs, a, b = [], 0, 0
    while a < len(one) and b < len(two):
        if one[a] == two[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif table[a + 1][b] >= table[a][b + 1]:
            a += 1
        else:
            b += 1
    return pairs


def _runs(pairs: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    for a, b in pairs:
        if runs and (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]) == (a, b):
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((a, b, 1))
    return runs
