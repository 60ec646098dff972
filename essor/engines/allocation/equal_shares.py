"""The Method of Equal Shares: everybody has the same share of the budget, and projects are bought together.

b_i = budget / voters. While some project can be paid by its supporters: for each, ρ is the least number with
Σ_i min(b_i, ρ·u_i) = cost; the least ρ is bought, its supporters pay min(b_i, ρ·u_i). The utility u_i is the
score that voter i gives the project, times its cost (``cost``) or 1 (``cardinality``). ρ never falls, so an
earlier value is a lower bound: only the projects that may win a round are looked at.
(Peters, Pierczyński, Skowron 2021, "Proportional participatory budgeting with additive utilities".)

Completions: ``add1`` gives everybody one more of the currency and starts again, until what is bought is
beyond the budget (the outcome before is kept) or nothing supported fits any more.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from essor.engines.allocation.election import Election, Floats, Ints
from essor.engines.allocation.purse import Offer, Purse, Supports
from essor.engines.allocation.rules import Gate

Candidate = tuple[float, int, Offer]  # ρ, project, offer


@dataclass(frozen=True, eq=False)
class Bought:
    """A round: which project, who paid and how much each voter of these kinds paid, in units."""

    project: int
    rate: float
    kinds: Ints
    paid: Floats
    tied: tuple[int, ...] = ()


@dataclass
class Run:
    """One run: what was bought in order, and the state at its end."""

    share: Fraction
    bought: list[int] = field(default_factory=list)
    rounds: list[Bought] = field(default_factory=list)
    purse: Purse | None = None

    def cost(self, costs: tuple[int, ...]) -> int:
        return sum(costs[project] for project in self.bought)


class EqualShares:
    """The rule on one election; a run depends on the share alone."""

    def __init__(self, election: Election, *, by_cost: bool, ranks: list[int], gate: Gate) -> None:
        self.election, self.ranks, self.gate = election, ranks, gate
        self.supports = Supports(election)
        costs, points = election.costs, election.points
        self.factors = [cost if by_cost else 1 for cost in costs]
        self.backed = [at for at, total in enumerate(points) if total]
        self.free = sorted((at for at in self.backed if not costs[at]), key=ranks.__getitem__)
        floors = {at: Fraction(costs[at], points[at] * self.factors[at]) for at in self.backed if costs[at]}
        self.first = sorted(floors, key=lambda at: (floors[at], ranks[at]))
        self.floors = [float(floors[at]) for at in self.first]
        self._sure = 0  # so many of ``first`` are bought first, whatever the share, and paid in full
        self._spent: Floats = np.zeros(len(election.weights))

    def run(self, share: Fraction, *, record: bool = False) -> Run:
        """What is bought when everybody has ``share`` units."""
        purse = Purse(self.election, share, self.supports)
        done = Run(share, purse=purse)
        self.gate.open()
        for project in self.free:
            if not self.gate.why_not(project):
                self.gate.take(project)
                done.bought.append(project)
        start = 0
        if not record and not self.gate.limits:
            start = self._sure
            done.bought += self.first[:start]
            purse.start_from(self.first[:start], self._spent)
        waiting = [(floor, at) for floor, at in zip(self.floors[start:], self.first[start:], strict=True)]
        self._rounds(purse, waiting, done, start if not record else -1)
        return done

    def _rounds(self, purse: Purse, waiting: list[tuple[float, int]], done: Run, sure: int) -> None:
        while waiting:
            found = self._best(purse, waiting)
            if not found:
                return
            rate, project, offer, tied = self._chosen(purse, found)
            for other_rate, other, its in found:
                if other != project:
                    low = other_rate - its.margin / self.factors[other]
                    heapq.heappush(waiting, (low * (1 - 1e-14), other))
            kinds, paid = purse.pay(project, offer)
            self.gate.take(project)
            done.bought.append(project)
            if sure >= 0:
                sure = self._surer(sure, project, offer, kinds, paid)
            else:
                done.rounds.append(Bought(project, rate, kinds, paid, tied))

    def _surer(self, sure: int, project: int, offer: Offer, kinds: Ints, paid: Floats) -> int:
        """Remember rounds that a greater share cannot change: the best floors, paid by everybody alike."""
        if self.gate.limits or not offer.everybody or self.first[sure] != project:
            return -1
        if sure == self._sure:
            self._spent[kinds] += paid
            self._sure += 1
        return sure + 1 if sure + 1 < len(self.first) else -1

    def _best(self, purse: Purse, waiting: list[tuple[float, int]]) -> list[Candidate]:
        """The offers that may be the least, taken out of ``waiting`` with all that was looked at."""
        best, found = np.inf, []
        while waiting and waiting[0][0] <= best:
            _low, project = heapq.heappop(waiting)
            if self.gate.why_not(project):
                continue
            offer = purse.offer(project)
            if offer is None:
                continue
            factor = self.factors[project]
            rate = offer.price / factor
            best = min(best, (rate + offer.margin / factor) * (1 + 1e-14))
            found.append((rate, project, offer))
        return found

    def _chosen(self, purse: Purse, found: list[Candidate]) -> tuple[float, int, Offer, tuple[int, ...]]:
        high = min((rate + its.margin / self.factors[at]) * (1 + 1e-14) for rate, at, its in found)
        close = [
            each for each in found if (each[0] - each[2].margin / self.factors[each[1]]) * (1 - 1e-14) <= high
        ]
        if len(close) == 1:
            return (*close[0], ())
        exact = [(*purse.rate(at, its, self.factors[at]), at) for _rate, at, its in close]
        least = min(rho for rho, _offer, _at in exact)
        tied = [(self.ranks[at], at, offer) for rho, offer, at in exact if rho == least]
        _rank, project, offer = min(tied, key=lambda each: each[0])
        others = tuple(at for _r, at, _o in sorted(tied, key=lambda each: each[0]) if at != project)
        return float(least), project, offer, others

    def share(self) -> Fraction:
        """The money of each voter, in units."""
        return Fraction(self.election.money, max(1, self.election.voters))

    def add_one(self, step: int, most: int, progress: Callable[[int], None] | None = None) -> tuple[Run, int]:
        """The run that the completion ends with, and how many times ``step`` units were added."""
        costs, money = self.election.costs, self.election.money
        before, added = Run(self.share()), 0
        while added <= most:
            now = self.run(self.share() + added * step)
            spent = now.cost(costs)
            if spent > money:
                return before, max(0, added - 1)
            if not self.fits(set(now.bought), money - spent):
                return now, added
            before, added = now, added + 1
            if progress:
                progress(added)
        return before, added - 1

    def fits(self, bought: set[int], money: int) -> bool:
        """Whether a supported project that was not bought still fits."""
        return any(
            self.election.costs[at] <= money and at not in bought and not self.gate.why_not(at)
            for at in self.backed
            if self.election.costs[at]
        )
