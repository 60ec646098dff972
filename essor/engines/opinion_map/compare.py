"""Two maps of the same consultation at two dates: who moved, which groups are the same, what changed.

Groups are matched by their names when the later map was drawn from the earlier one, else so that as many
people as possible keep their group. A statement changed when the share that agrees, or disagrees, differs
between the two dates by more than chance: two proportions, two-sided, corrected (Benjamini–Hochberg). The
votes of one person at both dates are not independent, so the test is careful: it says “changed” too seldom
rather than too often.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from essor.engines.opinion_map import significance as tests
from essor.engines.opinion_map.continuity import overlaps
from essor.engines.opinion_map.result import AGREE, DISAGREE, OpinionMap, Statement

LEVEL = 0.05


@dataclass(frozen=True)
class Matched:
    """A group of the earlier map and the one it became; None for one that ended or began.

    ``shared``: people in both. ``likeness``: Jaccard index among those grouped in both maps.
    """

    before: int | None
    after: int | None
    shared: int
    likeness: float


@dataclass(frozen=True)
class Moved:
    """Somebody who changed group (``before`` or ``after`` None: was, or is, in none)."""

    id: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Shift:
    """A statement at two dates: shares that agree and disagree, group-aware consensus, and the test."""

    statement: str
    agree: tuple[float, float]
    disagree: tuple[float, float]
    consensus: tuple[float | None, float | None]
    p: float
    changed: bool
    entered: bool
    left: bool


@dataclass(frozen=True)
class Comparison:
    """``moved`` only those seen in both maps; ``came`` and ``went`` count the others."""

    groups: tuple[Matched, ...]
    moved: tuple[Moved, ...]
    stayed: int
    came: int
    went: int
    statements: tuple[Shift, ...]

    @property
    def changed(self) -> tuple[Shift, ...]:
        return tuple(each for each in self.statements if each.changed)


def compare_maps(a: OpinionMap, b: OpinionMap) -> Comparison:
    """``a`` the earlier, ``b`` the later."""
    first = {name: at for at, name in enumerate(a.participants.ids)}
    pairs = [(first[name], at) for at, name in enumerate(b.participants.ids) if name in first]
    here = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    before, after = a.participants.group[here[:, 0]], b.participants.group[here[:, 1]]
    matched = _matched(a, b, before, after)
    became = {each.before: each.after for each in matched}
    became[-1] = -1
    expected = np.array(
        [-2 if became.get(int(g)) is None else became[int(g)] for g in before], dtype=np.int64
    )
    differs = np.flatnonzero(expected != after)
    moved = tuple(
        Moved(b.participants.ids[int(here[i, 1])], _named(int(before[i])), _named(int(after[i])))
        for i in differs
    )
    return Comparison(
        groups=matched,
        moved=moved,
        stayed=len(pairs) - len(moved),
        came=len(b.participants) - len(pairs),
        went=len(a.participants) - len(pairs),
        statements=_shifts(a, b),
    )


def _named(group: int) -> int | None:
    return None if group < 0 else group


def _matched(a: OpinionMap, b: OpinionMap, before: np.ndarray, after: np.ndarray) -> tuple[Matched, ...]:
    old, new = (sorted(each.id for each in found.groups) for found in (a, b))
    place = np.full(max([*new, 0]) + 2, -1)
    place[new] = np.arange(len(new))
    shared = overlaps(place[after], before, len(new), old).T
    rows, columns = linear_sum_assignment(-shared)
    sizes = shared.sum(axis=1)[:, None] + shared.sum(axis=0)[None, :] - shared
    found, met = [], set()
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        count = int(shared[row, column])
        if count:
            met |= {("a", old[row]), ("b", new[column])}
            likeness = round(count / int(sizes[row, column]), 3)
            found.append(Matched(old[row], new[column], count, likeness))
    found += [Matched(each, None, 0, 0.0) for each in old if ("a", each) not in met]
    found += [Matched(None, each, 0, 0.0) for each in new if ("b", each) not in met]
    return tuple(found)


def _shifts(a: OpinionMap, b: OpinionMap) -> tuple[Shift, ...]:
    earlier = {each.id: each for each in a.statements}
    pairs = [(earlier[each.id], each) for each in b.statements if each.id in earlier]
    pairs = [(one, other) for one, other in pairs if one.seen and other.seen]
    if not pairs:
        return ()
    z = np.array([[_change(one, other, side) for one, other in pairs] for side in ("agrees", "disagrees")])
    p = tests.corrected(2 * tests.one_sided(np.abs(z))).min(axis=0)
    agreed = [{(each.statement, each.direction) for each in found.consensus} for found in (a, b)]
    return tuple(
        Shift(
            statement=other.id,
            agree=(_share(one.agrees, one.seen), _share(other.agrees, other.seen)),
            disagree=(_share(one.disagrees, one.seen), _share(other.disagrees, other.seen)),
            consensus=(one.consensus, other.consensus),
            p=float(least),
            changed=bool(least <= LEVEL),
            entered=_is_in(other.id, agreed[1]) and not _is_in(other.id, agreed[0]),
            left=_is_in(other.id, agreed[0]) and not _is_in(other.id, agreed[1]),
        )
        for (one, other), least in zip(pairs, p.tolist(), strict=True)
    )


def _is_in(statement: str, agreed: set[tuple[str, str]]) -> bool:
    return bool({(statement, AGREE), (statement, DISAGREE)} & agreed)


def _share(count: int, seen: int) -> float:
    return (count + 1) / (seen + 2)


def _change(one: Statement, other: Statement, side: str) -> float:
    counts = [
        np.array(float(each)) for each in (getattr(other, side), other.seen, getattr(one, side), one.seen)
    ]
    return float(tests.between(*counts))
