"""Majority judgement: a grade for each choice; the best majority grade is taken.

The majority grade of a choice is its median grade, the lower of the two middle ones for an even number.
Equals are separated by taking away one majority grade from each, again and again, until they differ. The
grades so taken, in order, are the majority value: for n grades sorted from the worst, the lower middle
first, then outwards, below and above in turn. Values are compared as words in a dictionary; nothing is
rounded.

Source: Michel Balinski and Rida Laraki, “A theory of measuring, electing, and ranking”, PNAS 104, 2007.
What a ballot leaves out is the worst grade (``lowest``) or an error (``refused``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from essor.engines.tally.choosing import Count, finish, rows_by
from essor.engines.tally.errors import MissingGrade, UnknownGrade
from essor.engines.tally.exact import chosen, names, one_of
from essor.engines.tally.result import Method, Step, Tally, digest
from essor.engines.tally.rules import STATUS_QUO, Quorum, TieRule, checked_ballots

MISSING = ("lowest", "refused")


@dataclass(frozen=True, slots=True)
class Grades:
    """A ballot: a grade by choice."""

    id: str
    grades: Mapping[str, str]
    times: int = 1


@dataclass(frozen=True, slots=True)
class JudgementVote:
    """Choices judged on a scale of ``grades``, the best first."""

    choices: tuple[str, ...]
    grades: tuple[str, ...]
    ballots: tuple[Grades, ...]
    missing: str = "lowest"
    quorum: Quorum | None = None
    tie: TieRule = STATUS_QUO


def count_judgement(vote: JudgementVote) -> Tally:
    """The choices by majority value.

    Raises ``NoBallots``, ``DuplicateBallot``, ``UnknownChoice``, ``UnknownGrade``, ``MissingGrade``,
    ``BadRule``, ``UnknownRule``, ``UnreachableQuorum``.

    >>> ballots = (Grades("1", {"a": "good", "b": "fair"}), Grades("2", {"a": "poor", "b": "fair"}))
    >>> count_judgement(JudgementVote(("a", "b"), ("good", "fair", "poor"), ballots)).winner
    'b'
    """
    names(vote.choices, "choices")
    names(vote.grades, "grades")
    one_of(vote.missing, MISSING, "missing")
    vote.tie.checked(vote.choices)
    people = checked_ballots(vote.ballots)
    counts = _counts(vote)
    values = {name: majority_value(tuple(reversed(counts[name]))) for name in vote.choices}
    steps = []
    for name in vote.choices:
        told = dict(zip(vote.grades, counts[name], strict=True))
        steps.append(
            Step("grades", {"choice": name, "counts": told, "majority": _grade(vote, values[name][0])})
        )
    ranking = rows_by(values, vote.choices)
    steps += _separations(vote, ranking, values)
    parameters = {
        "choices": vote.choices,
        "grades": vote.grades,
        "missing": vote.missing,
        "quorum": vote.quorum,
        "tie": vote.tie,
    }
    return finish(
        Count(ranking, tuple(steps)),
        method=Method("majority_judgement", parameters, digest(vote)),
        people=people,
        tie=vote.tie,
        quorum=vote.quorum,
    )


def majority_value(counts: tuple[int, ...]) -> tuple[int, ...]:
    """The grades taken away in order, from numbers of grades with the worst first (0 is the worst).

    >>> majority_value((1, 0, 2, 1))
    (2, 2, 0, 3)
    """
    sorted_grades = [grade for grade, count in enumerate(counts) for _ in range(count)]
    low = (len(sorted_grades) - 1) // 2
    high, taken = low + 1, []
    from_below = True
    if len(sorted_grades) % 2:
        taken, low = [sorted_grades[low]], low - 1
    while low >= 0 or high < len(sorted_grades):
        taken.append(sorted_grades[low] if from_below else sorted_grades[high])
        low, high = (low - 1, high) if from_below else (low, high + 1)
        from_below = not from_below
    return tuple(taken)


def _grade(vote: JudgementVote, value: int) -> str:
    return vote.grades[len(vote.grades) - 1 - value]


def _counts(vote: JudgementVote) -> dict[str, list[int]]:
    """How many of each grade each choice has, the best grade first."""
    at = {grade: index for index, grade in enumerate(vote.grades)}
    counts = {name: [0] * len(vote.grades) for name in vote.choices}
    for place, each in enumerate(vote.ballots):
        where = f"ballots[{place}].grades"
        for name in each.grades:
            chosen(name, vote.choices, where)
        for name in vote.choices:
            grade = each.grades.get(name)
            if grade is None and vote.missing == "refused":
                raise MissingGrade(where, value=name)
            if grade is not None and grade not in at:
                raise UnknownGrade(f"{where}.{name}", value=str(grade)[:60], known=", ".join(vote.grades))
            counts[name][-1 if grade is None else at[grade]] += each.times
    return counts


def _separations(
    vote: JudgementVote, ranking: tuple[tuple[str, ...], ...], values: Mapping[str, tuple[int, ...]]
) -> list[Step]:
    """For neighbours of equal majority grade: how many grades were taken away before they differed."""
    steps = []
    for above, below in pairwise(ranking):
        first, second = values[above[0]], values[below[0]]
        if first[0] != second[0]:
            continue
        taken = next(at for at, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1])
        told = {"above": above, "below": below, "taken": taken}
        grades = {"grade_above": _grade(vote, first[taken]), "grade_below": _grade(vote, second[taken])}
        steps.append(Step("separated", {**told, **grades}))
    return steps
