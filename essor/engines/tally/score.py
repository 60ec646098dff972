"""Scores: each person gives whole points to each choice; the highest exact mean is taken.

What a ballot leaves out counts as the lowest score (``lowest``), or is left out of the mean of that choice
(``ignored``). A choice nobody scored has the lowest score as its mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from essor.engines.tally.choosing import Count, finish, rows_by
from essor.engines.tally.errors import BadRule, UnknownGrade
from essor.engines.tally.exact import chosen, names, one_of, whole
from essor.engines.tally.result import Method, Step, Tally, digest
from essor.engines.tally.rules import STATUS_QUO, Quorum, TieRule, checked_ballots

MISSING = ("lowest", "ignored")


@dataclass(frozen=True, slots=True)
class Scores:
    """A ballot: points by choice."""

    id: str
    scores: Mapping[str, int]
    times: int = 1


@dataclass(frozen=True, slots=True)
class ScoreVote:
    """Choices scored from ``least`` to ``most``."""

    choices: tuple[str, ...]
    ballots: tuple[Scores, ...]
    least: int = 0
    most: int = 5
    missing: str = "lowest"
    quorum: Quorum | None = None
    tie: TieRule = STATUS_QUO


def count_score(vote: ScoreVote) -> Tally:
    """The choices by exact mean.

    Raises ``NoBallots``, ``DuplicateBallot``, ``UnknownChoice``, ``UnknownGrade``, ``BadRule``,
    ``UnknownRule``, ``UnreachableQuorum``.

    >>> ballots = (Scores("1", {"a": 5, "b": 4}), Scores("2", {"a": 0, "b": 3}), Scores("3", {"a": 5}))
    >>> found = count_score(ScoreVote(("a", "b"), ballots))
    >>> found.winner, [(each.value, each.winner) for each in found.elsewhere]
    ('a', [('ignored', 'b')])
    """
    names(vote.choices, "choices")
    one_of(vote.missing, MISSING, "missing")
    vote.tie.checked(vote.choices)
    if whole(vote.least, "least", least=None) >= whole(vote.most, "most", least=None):
        raise BadRule("most", value=vote.most, expected="scale")
    people = checked_ballots(vote.ballots)
    for at, each in enumerate(vote.ballots):
        _check(vote, each, f"ballots[{at}].scores")
    other = next(value for value in MISSING if value != vote.missing)
    parameters = {
        "choices": vote.choices,
        "least": vote.least,
        "most": vote.most,
        "missing": vote.missing,
        "quorum": vote.quorum,
        "tie": vote.tie,
    }
    return finish(
        _count(vote, vote.missing, people),
        method=Method("score", parameters, digest(vote)),
        people=people,
        tie=vote.tie,
        quorum=vote.quorum,
        others=(("missing", other, _count(vote, other, people)),),
    )


def _check(vote: ScoreVote, ballot: Scores, where: str) -> None:
    for name, points in ballot.scores.items():
        chosen(name, vote.choices, where)
        if isinstance(points, bool) or not isinstance(points, int) or not vote.least <= points <= vote.most:
            raise UnknownGrade(f"{where}.{name}", value=str(points)[:60], known=f"{vote.least} … {vote.most}")


def _count(vote: ScoreVote, missing: str, people: int) -> Count:
    means: dict[str, Fraction] = {}
    steps = []
    for name in vote.choices:
        scored = sum(each.times for each in vote.ballots if name in each.scores)
        total = sum(each.scores[name] * each.times for each in vote.ballots if name in each.scores)
        if missing == "lowest":
            total += (people - scored) * vote.least
            scored = people
        means[name] = Fraction(total, scored) if scored else Fraction(vote.least)
        steps.append(Step("points", {"choice": name, "total": total, "scored": scored, "mean": means[name]}))
    return Count(rows_by(means, vote.choices), tuple(steps))
