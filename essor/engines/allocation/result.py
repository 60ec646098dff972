"""What an allocation gives back: winners, each round with who paid what, each loser with what lacked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from essor.engines.allocation.election import Election, Floats, Ints

Stage = str  # "rule", "completion"


@dataclass(frozen=True)
class Method:
    """Which rule, with which parameters: what is needed to compute it again."""

    name: str
    version: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Round:
    """A funded project. Money is in the currency, exact.

    ``price``: what a supporter pays by score (nothing for a greedy round); ``rho``: by unit of utility.
    ``kinds[i]``: a kind of ballot, of which each voter paid ``paid[i]``; ``left``: what is left of it all.
    """

    project: str
    cost: Fraction
    stage: Stage
    left: Fraction
    supporters: int
    price: Fraction | None = None
    rho: Fraction | None = None
    full: int = 0
    short: int = 0
    tied: tuple[str, ...] = ()
    kinds: Ints | None = field(default=None, repr=False)
    paid: Floats | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Loser:
    """A project that is not funded: why, and what was missing where it can be counted.

    ``reason``: ``no_support``, ``least``, ``conflict``, ``envelope``, ``too_costly`` (beyond what was left),
    ``supporters_short`` (its supporters had ``available`` left), ``stopped`` (the rule had ended).
    """

    project: str
    cost: Fraction
    votes: int
    reason: str
    missing: Fraction
    available: Fraction


@dataclass(frozen=True)
class Audit:
    """How fair the outcome is, whatever the rule.

    ``nothing``: the share of voters of whom no project is funded. ``utility``: mean cost of the funded
    projects of a voter. ``unserved``: projects that would still deserve to be funded by proportionality (a
    group of their supporters has enough of the budget for it, and each of them less than it would bring).
    ``groups``: by category or district, the share of the budget spent and the share of the votes.
    """

    nothing: float
    utility: float
    unserved: tuple[str, ...]
    groups: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, eq=False)
class Allocation:
    """The frozen outcome."""

    method: Method
    winners: tuple[str, ...]
    rounds: tuple[Round, ...]
    losers: tuple[Loser, ...]
    audit: Audit
    spent: Fraction
    budget: Fraction
    added: Fraction
    election: Election = field(repr=False)

    def represented_by(self, voter: int) -> tuple[tuple[str, float | None], ...]:
        """The funded projects of a voter, each with what they paid of it (None where nobody pays)."""
        kind = int(self.election.kind_of[voter])
        row = slice(int(self.election.starts[kind]), int(self.election.starts[kind + 1]))
        mine = {self.election.projects[at].id for at in self.election.columns[row].tolist()}
        found: list[tuple[str, float | None]] = []
        for each in self.rounds:
            if each.project in mine:
                paid = None
                if each.kinds is not None and each.paid is not None:
                    paid = float(each.paid[each.kinds == kind].sum())
                found.append((each.project, paid))
        return tuple(found)

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and numbers, ready for JSON; exact amounts also as a text « num/den »."""
        return {
            "method": {
                "name": self.method.name,
                "version": self.method.version,
                "parameters": dict(self.method.parameters),
            },
            "winners": list(self.winners),
            "budget": _number(self.budget),
            "spent": _number(self.spent),
            "added_per_voter": _number(self.added),
            "rounds": [_round(each) for each in self.rounds],
            "losers": [
                {
                    "project": each.project,
                    "cost": _number(each.cost),
                    "votes": each.votes,
                    "reason": each.reason,
                    "missing": _number(each.missing),
                    "available": _number(each.available),
                }
                for each in self.losers
            ],
            "audit": {
                "voters_with_nothing": self.audit.nothing,
                "mean_funded_cost_by_voter": self.audit.utility,
                "unserved": list(self.audit.unserved),
                "groups": [
                    {"group": name, "budget_share": spent, "votes_share": votes}
                    for name, spent, votes in self.audit.groups
                ],
            },
        }


def _round(each: Round) -> dict[str, Any]:
    return {
        "project": each.project,
        "cost": _number(each.cost),
        "stage": each.stage,
        "remaining_budget": _number(each.left),
        "supporters": each.supporters,
        "price": None if each.price is None else float(each.price),
        "rho": None if each.rho is None else float(each.rho),
        "rho_exact": None if each.rho is None else _exact(each.rho),
        "paid_in_full": each.full,
        "paid_all_they_had": each.short,
        "tied_with": list(each.tied),
    }


def _exact(value: Fraction) -> str | None:
    return f"{value.numerator}/{value.denominator}" if value.denominator.bit_length() < 200 else None


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
