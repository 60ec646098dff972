"""Phragmén's sequential rule: voters earn money at the same pace and buy a project as soon as they can.

A voter has carried up to load_i so far. Project p would be bought when (cost + Σ load_i) / votes is reached,
over its supporters; the least is bought and all of its supporters then carry that. It stops at the first
round in which a project that could be bought is beyond what is left, or, with ``skip``, passes over it.
(Phragmén 1894; Los, Christoff, Grossi 2022 for budgets.) Scores above zero are approvals.
"""

import heapq
from fractions import Fraction

import numpy as np

from essor.engines.allocation.election import Election
from essor.engines.allocation.equal_shares import Bought
from essor.engines.allocation.exact import Amounts
from essor.engines.allocation.rules import Gate


class Phragmen:
    """The rule on one election."""

    def __init__(self, election: Election, *, ranks: list[int], gate: Gate, skip: bool = False) -> None:
        self.election, self.ranks, self.gate, self.skip = election, ranks, gate, skip
        self.last = np.zeros(
            len(election.weights), dtype=np.int64
        )  # which purchase each kind carries, 0: none
        self.load = np.zeros(len(election.weights))
        self.amounts = Amounts(0, 1)
        self.rounds: list[Bought] = []

    def run(self) -> list[Bought]:
        """The rounds, in order."""
        costs, money = self.election.costs, self.election.money
        self.gate.open()
        waiting = [
            (costs[at] / votes * (1 - 1e-9), at)
            for at, votes in enumerate(self.election.votes)
            if votes and costs[at] <= money
        ]
        heapq.heapify(waiting)
        while waiting:
            tied, others = self._least(waiting)
            if any(costs[at] > money for at in tied):
                if not self.skip:
                    break
                tied = [at for at in tied if costs[at] <= money]
            chosen = min(tied, key=self.ranks.__getitem__, default=None)
            for low, at in [*others, *((self._low(at), at) for at in tied if at != chosen)]:
                heapq.heappush(waiting, (low, at))
            if chosen is not None:
                money -= costs[chosen]
                self._buy(chosen, tuple(at for at in tied if at != chosen))
        return self.rounds

    def _low(self, project: int) -> float:
        kinds, weights, _scores = self.election.supports[project]
        votes = self.election.votes[project]
        return (self.election.costs[project] + float((self.load[kinds] * weights).sum())) / votes * (1 - 1e-9)

    def _least(self, waiting: list[tuple[float, int]]) -> tuple[list[int], list[tuple[float, int]]]:
        """The projects bought first, exactly equal, and the others that were looked at."""
        best, looked = np.inf, []
        while waiting and waiting[0][0] <= best:
            _old, at = heapq.heappop(waiting)
            if not self.gate.why_not(at):
                low = self._low(at)
                looked.append((low, at))
                best = min(best, low * (1 + 3e-9))
        close = [at for low, at in looked if low <= best]
        exact = {at: self._exact(at) for at in close} if len(close) > 1 else dict.fromkeys(close, Fraction(0))
        least = min(exact.values(), default=Fraction(0))
        tied = [at for at, when in exact.items() if when == least]
        return tied, [(low, at) for low, at in looked if at not in set(tied)]

    def _exact(self, project: int) -> Fraction:
        num, over = self._carried(project)
        return Fraction(num, over * self.amounts.under)

    def _carried(self, project: int) -> tuple[int, int]:
        kinds, weights, _scores = self.election.supports[project]
        amounts = self.amounts
        counts = np.bincount(self.last[kinds], weights=weights)
        carried = sum(int(n) * amounts.nums[at] for at, n in enumerate(counts.tolist()) if n)
        return self.election.costs[project] * amounts.under + carried, self.election.votes[project]

    def _buy(self, project: int, tied: tuple[int, ...]) -> None:
        self.amounts.add(*self._carried(project))
        when = self.amounts.nums[-1] / self.amounts.under
        kinds, _weights, _scores = self.election.supports[project]
        paid = np.maximum(0.0, when - self.load[kinds])
        self.load[kinds] = when
        self.last[kinds] = len(self.amounts.nums) - 1
        self.gate.take(project)
        self.rounds.append(Bought(project, when, kinds, paid, tied))

    def times(self) -> list[Fraction]:
        """The exact moment of each purchase: the money that somebody has earned by then, in units."""
        return [Fraction(num, self.amounts.under) for num in self.amounts.nums[1:]]
