"""The door of the engine: `allocate(election, rule=…)` shares the budget and explains itself.

>>> from fractions import Fraction
>>> from essor.engines.allocation.election import Project, election_of
>>> projects = [Project("parc", Fraction(60)), Project("bus", Fraction(40)), Project("four", Fraction(30))]
>>> ballots = [["parc"]] * 6 + [["bus", "four"]] * 4
>>> found = allocate(election_of(projects, 100, ballots))
>>> found.winners, found.rounds[0].project, found.rounds[0].price
(('parc', 'four'), 'parc', Fraction(10, 1))
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from essor.engines.allocation.audit import audited, losers_of
from essor.engines.allocation.election import Election
from essor.engines.allocation.equal_shares import Bought, EqualShares, Run
from essor.engines.allocation.errors import BadRequest
from essor.engines.allocation.greedy import best_welfare, greedy_order, take_in_order
from essor.engines.allocation.phragmen import Phragmen
from essor.engines.allocation.result import Allocation, Method, Round
from essor.engines.allocation.rules import Gate, Limits, Ties, order_of

VERSION = "1"
Rule = Literal["equal-shares", "greedy", "greedy-votes", "phragmen", "welfare"]
RULES = ("equal-shares", "greedy", "greedy-votes", "phragmen", "welfare")
UTILITIES = ("cost", "cardinality")
COMPLETIONS = ("none", "add1", "greedy", "add1-greedy")
NO_LIMITS = Limits()
MOST_STEPS = 1_000_000


def allocate(
    election: Election,
    *,
    rule: str = "equal-shares",
    utility: str = "cost",
    completion: str = "none",
    step: Fraction | int = 1,
    ties: Ties = "votes",
    seed: int = 0,
    limits: Limits = NO_LIMITS,
    progress: Callable[[int], None] | None = None,
) -> Allocation:
    """Share the budget. ``step``: what add1 adds to each voter at a time, in the currency.

    ``completion`` is of Equal Shares and Phragmén (``greedy`` alone for the latter). ``progress`` is told
    each step of add1. Same arguments, same result, on every machine. Raises ``BadRequest``.
    """
    _check(rule, utility, completion, step)
    ranks, gate = order_of(election, ties, seed), Gate(election, limits)
    by_cost = utility == "cost"
    parameters = {"utility": utility, "completion": completion, "ties": ties, "seed": seed}
    told = _Telling(election, gate)
    if rule == "equal-shares" and election.voters:
        _equal_shares(told, ranks, by_cost, completion, Fraction(step), progress)
        parameters["step"] = str(step)
    elif rule == "phragmen":
        shared = Phragmen(election, ranks=ranks, gate=gate)
        told.together(shared.run(), shared.times(), [1] * len(election.projects))
    elif rule in ("greedy", "greedy-votes"):
        order = greedy_order(
            election, ranks, by="votes" if rule == "greedy-votes" else "density", by_cost=by_cost
        )
        told.alone(take_in_order(election, order, gate, election.money, []), "rule")
    elif rule == "welfare":
        _only_free(limits)
        told.alone(best_welfare(election, ranks, by_cost=by_cost), "rule")
    if completion.endswith("greedy") and election.voters:
        order = greedy_order(election, ranks, by="density", by_cost=by_cost)
        told.alone(take_in_order(election, order, gate, told.money, told.taken), "completion")
    return told.outcome(Method(rule, VERSION, {**parameters, "limits": _words(limits)}))


def _check(rule: str, utility: str, completion: str, step: Fraction | int) -> None:
    for argument, value, known in (
        ("rule", rule, RULES),
        ("utility", utility, UTILITIES),
        ("completion", completion, COMPLETIONS),
    ):
        if value not in known:
            raise BadRequest(argument, f"{value!r} is none of {', '.join(known)}")
    if step <= 0:
        raise BadRequest("step", f"{step} is not above zero")
    if completion.startswith("add1") and rule != "equal-shares":
        raise BadRequest("completion", "add1 completes equal-shares only")


def _only_free(limits: Limits) -> None:
    if limits:
        raise BadRequest("limits", "the exact welfare knows no limits yet: use greedy")


def _words(limits: Limits) -> dict[str, Any]:
    return {
        "least": limits.least,
        "conflicts": [list(pair) for pair in limits.conflicts],
        "envelopes": {name: str(most) for name, most in limits.envelopes.items()},
    }


def _equal_shares(
    told: "_Telling",
    ranks: list[int],
    by_cost: bool,
    completion: str,
    step: Fraction,
    progress: Callable[[int], None] | None,
) -> None:
    election = told.election
    shared = EqualShares(election, by_cost=by_cost, ranks=ranks, gate=told.gate)
    share, added = shared.share(), 0
    if completion.startswith("add1"):
        units = step * election.unit
        if units.denominator != 1:
            raise BadRequest("step", f"{step} is finer than the amounts of the election")
        added = shared.add_one(int(units), MOST_STEPS, progress)[1]
        told.added = added * step
        share += added * int(units)
    run = shared.run(share, record=True)
    told.alone(run.bought[: len(run.bought) - len(run.rounds)], "rule")
    prices = run.purse.prices() if run.purse else []
    told.together(run.rounds, prices, shared.factors)
    told.left = _left(run)


def _left(run: Run) -> np.ndarray | None:
    return run.purse.left if run.purse else None


class _Telling:
    """Gathers the rounds as they come."""

    def __init__(self, election: Election, gate: Gate) -> None:
        self.election, self.gate = election, gate
        self.money, self.added = election.money, Fraction(0)
        self.taken: list[int] = []
        self.rounds: list[Round] = []
        self.left: np.ndarray | None = None

    def _one(self, at: int, stage: str, **more: Any) -> None:
        self.money -= self.election.costs[at]
        self.taken.append(at)
        each = self.election.projects[at]
        left = Fraction(self.money, self.election.unit)
        self.rounds.append(Round(each.id, each.cost, stage, left, self.election.votes[at], **more))

    def alone(self, taken: list[int], stage: str) -> None:
        """Projects for which nobody pays in person."""
        for at in taken:
            self._one(at, stage)

    def together(self, rounds: list[Bought], prices: list[Fraction], factors: list[int]) -> None:
        """Projects bought by their supporters, each at a price by score, in units."""
        unit = self.election.unit
        for each, price in zip(rounds, prices, strict=True):
            _kinds, weights, scores = self.election.supports[each.project]
            due = float(price) * scores
            full = int(weights[each.paid >= due * (1 - 1e-9)].sum())
            self._one(
                each.project,
                "rule",
                price=price / unit,
                rho=price / factors[each.project],
                full=full,
                short=int(weights.sum()) - full,
                tied=tuple(self.election.projects[at].id for at in each.tied),
                kinds=each.kinds,
                paid=each.paid / unit,
            )

    def outcome(self, method: Method) -> Allocation:
        election = self.election
        if not self.rounds:
            self.gate.open()
        return Allocation(
            method=method,
            winners=tuple(each.project for each in self.rounds),
            rounds=tuple(self.rounds),
            losers=losers_of(election, self.taken, self.gate, self.left),
            audit=audited(election, self.taken),
            spent=sum((each.cost for each in self.rounds), Fraction(0)),
            budget=election.budget,
            added=self.added,
            election=election,
        )
