"""Approval: each person approves as many choices as wished; the most approved is taken."""

from dataclasses import dataclass

from essor.engines.tally.choosing import Count, finish, rows_by
from essor.engines.tally.errors import RepeatedChoice
from essor.engines.tally.exact import chosen, names
from essor.engines.tally.result import Method, Step, Tally, digest
from essor.engines.tally.rules import STATUS_QUO, Quorum, TieRule, checked_ballots


@dataclass(frozen=True, slots=True)
class Approves:
    """A ballot: what is approved, perhaps nothing."""

    id: str
    approves: tuple[str, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class ApprovalVote:
    """Choices that people approve or not."""

    choices: tuple[str, ...]
    ballots: tuple[Approves, ...]
    quorum: Quorum | None = None
    tie: TieRule = STATUS_QUO


def count_approval(vote: ApprovalVote) -> Tally:
    """The choices by number of approvals.

    Raises ``NoBallots``, ``DuplicateBallot``, ``UnknownChoice``, ``RepeatedChoice``, ``BadRule``,
    ``UnknownRule``, ``UnreachableQuorum``.

    >>> ballots = (Approves("1", ("a", "b")), Approves("2", ("b",)), Approves("3", ()))
    >>> count_approval(ApprovalVote(("a", "b"), ballots)).winner
    'b'
    """
    names(vote.choices, "choices")
    vote.tie.checked(vote.choices)
    people = checked_ballots(vote.ballots)
    totals = dict.fromkeys(vote.choices, 0)
    for at, each in enumerate(vote.ballots):
        for place, name in enumerate(each.approves):
            where = f"ballots[{at}].approves[{place}]"
            if chosen(name, vote.choices, where) in each.approves[:place]:
                raise RepeatedChoice(where, value=name)
            totals[name] += each.times
    steps = tuple(Step("approvals", {"choice": name, "total": total}) for name, total in totals.items())
    return finish(
        Count(rows_by(totals, vote.choices), steps),
        method=Method(
            "approval", {"choices": vote.choices, "quorum": vote.quorum, "tie": vote.tie}, digest(vote)
        ),
        people=people,
        tie=vote.tie,
        quorum=vote.quorum,
    )
