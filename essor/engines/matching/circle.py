"""The circle of an alliance: who, together, would cover best what a project or a need lacks.

Objective, in points, for a set C of candidates: the sum of their scores, plus ``KIND`` for each kind sought
that somebody of C offers, plus ``FAMILY`` for each family missing that somebody of C brings. It is monotone
and submodular, so choosing step by step the candidate who adds most reaches at least 1 − 1/e (63 %) of the
best (Nemhauser, Wolsey & Fisher 1978). With few candidates every set is compared and the result is the best.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

KIND, FAMILY = 400, 250
MOST_SETS = 50_000


@dataclass(frozen=True)
class Candidate:
    """Somebody who could sit at the table: score of the proposal, kinds offered, families brought."""

    id: str
    score: int
    kinds: frozenset[int] = frozenset()
    families: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Seat:
    """A member of the circle, and what it adds that nobody before it brought."""

    id: str
    kinds: tuple[int, ...]
    families: tuple[int, ...]


@dataclass(frozen=True)
class Circle:
    """The members in the order of what they add; what stays uncovered; whether it is the best of all sets."""

    seats: tuple[Seat, ...]
    kinds_uncovered: tuple[int, ...]
    families_uncovered: tuple[int, ...]
    points: int
    is_exact: bool


def compose(
    candidates: Sequence[Candidate], *, sought: frozenset[int], missing: frozenset[int], most: int = 5
) -> Circle:
    """The circle of at most ``most`` members. Ties: the first ids.

    >>> local = frozenset({2})
    >>> people = [Candidate("a", 500), Candidate("b", 400, local), Candidate("c", 450, local)]
    >>> [seat.id for seat in compose(people, sought=local, missing=frozenset(), most=2).seats]
    ['c', 'a']
    """
    pool = sorted(candidates, key=lambda each: each.id)
    size = min(most, len(pool))
    is_exact = comb(len(pool), size) <= MOST_SETS
    chosen = _best(pool, size, sought, missing) if is_exact else _greedy(pool, size, sought, missing)
    seats, kinds, families = _seated(chosen, sought, missing)
    return Circle(
        seats=seats,
        kinds_uncovered=tuple(sorted(sought - kinds)),
        families_uncovered=tuple(sorted(missing - families)),
        points=_points(chosen, sought, missing),
        is_exact=is_exact,
    )


def _points(chosen: Sequence[Candidate], sought: frozenset[int], missing: frozenset[int]) -> int:
    kinds = frozenset().union(*(each.kinds for each in chosen)) & sought
    families = frozenset().union(*(each.families for each in chosen)) & missing
    return sum(each.score for each in chosen) + KIND * len(kinds) + FAMILY * len(families)


def _best(
    pool: Sequence[Candidate], size: int, sought: frozenset[int], missing: frozenset[int]
) -> list[Candidate]:
    """The first of the best sets in the order of ids; the full size is never worse, scores being positive."""
    best: tuple[Candidate, ...] = ()
    reached = -1
    for each in combinations(pool, size):
        points = _points(each, sought, missing)
        if points > reached:
            best, reached = each, points
    return list(best)


def _greedy(
    pool: Sequence[Candidate], size: int, sought: frozenset[int], missing: frozenset[int]
) -> list[Candidate]:
    chosen: list[Candidate] = []
    left = list(pool)
    while len(chosen) < size:
        best = max(left, key=lambda each: _points([*chosen, each], sought, missing))  # the first of equals
        chosen.append(best)
        left.remove(best)
    return chosen


def _seated(
    chosen: Sequence[Candidate], sought: frozenset[int], missing: frozenset[int]
) -> tuple[tuple[Seat, ...], frozenset[int], frozenset[int]]:
    """The members in the order of what each adds to those before."""
    seats: list[Seat] = []
    kinds: frozenset[int] = frozenset()
    families: frozenset[int] = frozenset()
    left = list(chosen)
    while left:
        worth = {
            each.id: each.score
            + KIND * len((each.kinds & sought) - kinds)
            + FAMILY * len((each.families & missing) - families)
            for each in left
        }
        best = max(left, key=lambda each: worth[each.id])
        left.remove(best)
        seats.append(
            Seat(
                best.id,
                tuple(sorted((best.kinds & sought) - kinds)),
                tuple(sorted((best.families & missing) - families)),
            )
        )
        kinds |= best.kinds & sought
        families |= best.families & missing
    return tuple(seats), kinds, families
