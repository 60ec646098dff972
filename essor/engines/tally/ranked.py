"""Rankings, by Schulze's method.

d[a, b] is the number of people who place a above b. A duel a > b is won when d[a, b] > d[b, a]; its
strength is d[a, b] (``winning`` votes) or d[a, b] − d[b, a] (``margins``). The strength of a path is that
of its weakest duel; p[a, b] is that of the strongest path from a to b. a is before b when p[a, b] > p[b,
a]: this never turns in a circle, and whoever wins all duels (the Condorcet winner) is first.

Source: Markus Schulze, “A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method”, Social Choice and Welfare 36, 2011. Whole numbers only. Cost: c² a ballot of
its own, c³ for the paths, c being the number of choices.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from essor.engines.tally.choosing import Count, finish
from essor.engines.tally.errors import RepeatedChoice
from essor.engines.tally.exact import chosen, names, one_of
from essor.engines.tally.result import Method, Step, Tally, digest
from essor.engines.tally.rules import STATUS_QUO, Quorum, TieRule, checked_ballots

STRENGTHS = ("winning", "margins")
UNRANKED = ("last", "no_opinion")
Matrix = list[list[int]]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ballot: rows of choices, the best first; equals share a row; what is left out is unranked."""

    id: str
    rows: tuple[tuple[str, ...], ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class RankedVote:
    """Choices ranked by people. ``unranked``: below all that is ranked, or no opinion on its duels."""

    choices: tuple[str, ...]
    ballots: tuple[Ranking, ...]
    strength: str = "winning"
    unranked: str = "last"
    quorum: Quorum | None = None
    tie: TieRule = STATUS_QUO


def count_ranked(vote: RankedVote) -> Tally:
    """The ranking of the choices and the first of them.

    Raises ``NoBallots``, ``DuplicateBallot``, ``UnknownChoice``, ``RepeatedChoice``, ``UnknownRule``,
    ``BadRule``, ``UnreachableQuorum``.

    >>> rows = [("abc", 3), ("bca", 2), ("cab", 2)]
    >>> ballots = tuple(Ranking(row, tuple(zip(row)), times) for row, times in rows)
    >>> count_ranked(RankedVote(("a", "b", "c"), ballots)).ranking
    (('a',), ('b',), ('c',))
    """
    names(vote.choices, "choices")
    one_of(vote.strength, STRENGTHS, "strength")
    one_of(vote.unranked, UNRANKED, "unranked")
    vote.tie.checked(vote.choices)
    people = checked_ballots(vote.ballots)
    for at, each in enumerate(vote.ballots):
        _check_rows(each, vote.choices, f"ballots[{at}].ranking")
    rules = [(vote.strength, vote.unranked)]
    rules += [(other, vote.unranked) for other in STRENGTHS if other != vote.strength]
    rules += [(vote.strength, other) for other in UNRANKED if other != vote.unranked]
    chosen_one, strength, unranked = (_count(vote, *each) for each in rules)
    parameters = {
        "choices": vote.choices,
        "strength": vote.strength,
        "unranked": vote.unranked,
        "quorum": vote.quorum,
        "tie": vote.tie,
    }
    return finish(
        chosen_one,
        method=Method("schulze", parameters, digest(vote)),
        people=people,
        tie=vote.tie,
        quorum=vote.quorum,
        others=(("strength", rules[1][0], strength), ("unranked", rules[2][1], unranked)),
    )


def _check_rows(ballot: Ranking, choices: Sequence[str], where: str) -> None:
    seen: set[str] = set()
    for place, row in enumerate(ballot.rows):
        for name in row:
            if chosen(name, choices, f"{where}[{place}]") in seen:
                raise RepeatedChoice(f"{where}[{place}]", value=name)
            seen.add(name)


def duels(vote: RankedVote, unranked: str) -> Matrix:
    """d[a][b]: people who place a above b."""
    size = range(len(vote.choices))
    at = {name: index for index, name in enumerate(vote.choices)}
    table: Matrix = [[0 for _ in size] for _ in size]
    alike: Counter[tuple[tuple[str, ...], ...]] = Counter()
    for each in vote.ballots:
        alike[each.rows] += each.times
    for rows, times in alike.items():
        placed = [[at[name] for name in row] for row in rows]
        said = {index for row in placed for index in row}
        if unranked == "last":
            placed.append([index for index in size if index not in said])
        for place, row in enumerate(placed):
            below = [index for later in placed[place + 1 :] for index in later]
            for a, b in product(row, below):
                table[a][b] += times
    return table


def strongest_paths(table: Matrix, strength: str) -> Matrix:
    """p[a][b]: the strength of the strongest path (Floyd and Warshall's three loops)."""
    size = range(len(table))
    paths = [[_strength(table[a][b], table[b][a], strength) for b in size] for a in size]
    for middle in size:
        through = paths[middle]
        for a in size:
            if a != middle:
                first = paths[a][middle]
                paths[a] = [max(now, min(first, then)) for now, then in zip(paths[a], through, strict=True)]
    for a in size:
        paths[a][a] = 0
    return paths


def _strength(here: int, there: int, strength: str) -> int:
    if here <= there:
        return 0
    return here if strength == "winning" else here - there


def _count(vote: RankedVote, strength: str, unranked: str) -> Count:
    size = range(len(vote.choices))
    table = duels(vote, unranked)
    paths = strongest_paths(table, strength)
    rows, left = [], list(size)
    while left:
        first = [a for a in left if all(paths[b][a] <= paths[a][b] for b in left)]
        rows.append(tuple(vote.choices[a] for a in first))
        left = [a for a in left if a not in first]
    wins_all = [vote.choices[a] for a in size if all(a == b or table[a][b] > table[b][a] for b in size)]
    steps = [Step("duels", {"choices": vote.choices, "table": table})]
    steps.append(Step("condorcet", {"winner": wins_all[0] if wins_all else None}))
    steps.append(Step("paths", {"choices": vote.choices, "table": paths, "strength": strength}))
    steps.append(Step("ranking", {"rows": tuple(rows)}))
    return Count(tuple(rows), tuple(steps))
