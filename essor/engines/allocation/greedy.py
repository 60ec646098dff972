"""Greedy choice, and the greatest welfare exactly for small votes.

``density``: utility by cost, Σ_i u_i(p) / cost(p), greatest first: the votes when the utility is the cost.
``votes``: the most votes (points) first, as most municipalities do. What does not fit is passed over, unless
``stop``. A project without support comes last, and is taken if it fits: ask for a least support to leave it.
"""

from fractions import Fraction
from math import inf

from essor.engines.allocation.election import Election
from essor.engines.allocation.errors import BadRequest
from essor.engines.allocation.rules import Gate

MOST_CELLS = 5_000_000


def greedy_order(election: Election, ranks: list[int], *, by: str, by_cost: bool) -> list[int]:
    """The order in which projects are looked at."""
    points, costs = election.points, election.costs

    def worth(at: int) -> Fraction | float:
        if by == "votes" or (by_cost and costs[at]):
            return points[at]
        if not costs[at]:
            return inf if points[at] else 0
        return Fraction(points[at], costs[at])

    return sorted(range(len(points)), key=lambda at: (-worth(at), ranks[at]))


def take_in_order(
    election: Election, order: list[int], gate: Gate, money: int, taken: list[int], *, stop: bool = False
) -> list[int]:
    """Those of ``order`` that fit in ``money`` units beside ``taken``, which the gate already knows."""
    added: list[int] = []
    have = set(taken)
    for at in order:
        if at in have or gate.why_not(at):
            continue
        if election.costs[at] <= money:
            money -= election.costs[at]
            gate.take(at)
            added.append(at)
        elif stop:
            break
    return added


def best_welfare(election: Election, ranks: list[int], *, by_cost: bool) -> list[int]:
    """The affordable set of the greatest Σ utility, exactly; of equals the one with the best ranks first.

    A knapsack by cost: projects × distinct sums of costs. Raises ``BadRequest`` when they are too many.
    """
    points, costs, money = election.points, election.costs, election.money
    order = sorted((at for at in range(len(points)) if points[at]), key=ranks.__getitem__, reverse=True)
    best: dict[int, tuple[int, int]] = {0: (0, 0)}  # spent: (utility, mask over ranks, best ranks highest)
    cells = 0
    for at in order:
        worth = points[at] * (costs[at] if by_cost else 1)
        bit = 1 << (len(points) - 1 - ranks[at])
        for spent, (utility, mask) in list(best.items()):
            total = spent + costs[at]
            if total <= money and (utility + worth, mask | bit) > best.get(total, (-1, 0)):
                best[total] = (utility + worth, mask | bit)
        best = _undominated(best)
        cells += len(best)
        if cells > MOST_CELLS:
            raise BadRequest("rule", "too many projects and sums of costs for the exact welfare: use greedy")
    _utility, mask = max(best.values())
    return [at for at in reversed(order) if mask >> (len(points) - 1 - ranks[at]) & 1]


def _undominated(best: dict[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    kept: dict[int, tuple[int, int]] = {}
    high = (-1, 0)
    for spent in sorted(best):
        if best[spent] > high:
            high = kept[spent] = best[spent]
    return kept
