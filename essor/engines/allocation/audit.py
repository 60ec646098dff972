"""Reads an outcome: whom it leaves with nothing, what still deserves to be funded, where the money goes."""

from fractions import Fraction

import numpy as np

from essor.engines.allocation.election import Election
from essor.engines.allocation.result import Audit, Loser
from essor.engines.allocation.rules import Gate


def audited(election: Election, taken: list[int]) -> Audit:
    """The audit of a set of projects; linear in the ballots, and projects × log voters for ``unserved``."""
    costs = np.array(election.costs, dtype=np.float64)
    funded = np.zeros(len(election.projects), dtype=bool)
    funded[taken] = True
    kinds = np.repeat(np.arange(len(election.weights)), np.diff(election.starts))
    here = funded[election.columns]
    mine = np.bincount(kinds[here], weights=costs[election.columns[here]], minlength=len(election.weights))
    have = np.zeros(len(election.weights), dtype=bool)
    have[kinds[here]] = True
    voters = max(1, election.voters)
    return Audit(
        nothing=float(election.weights[~have].sum()) / voters,
        utility=float((mine * election.weights).sum()) / voters / election.unit,
        unserved=_unserved(election, funded, mine),
        groups=_groups(election, funded),
    )


def _unserved(election: Election, funded: np.ndarray, mine: np.ndarray) -> tuple[str, ...]:
    """EJR+ for costs: p is unserved when voters with share·size ≥ cost(p) all hold less than cost(p).

    A group of s supporters deserves s/n of the budget; whoever has funded projects worth at least what the
    group deserves is served. The supporters that hold the least are taken first: for each size s the test is
    whether the s poorest supporters all hold less than s/n of the budget, with s/n of the budget ≥ cost.
    """
    found = []
    for at, (kinds, weights, _scores) in enumerate(election.supports):
        cost = election.costs[at]
        if funded[at] or not len(kinds) or cost > election.money:
            continue
        order = np.argsort(mine[kinds], kind="stable")
        size = np.cumsum(weights[order])
        deserved = size / max(1, election.voters) * election.money
        if bool(((deserved >= cost * (1 - 1e-12)) & (mine[kinds][order] < cost * (1 - 1e-12))).any()):
            found.append(election.projects[at].id)
    return tuple(found)


def _groups(election: Election, funded: np.ndarray) -> tuple[tuple[str, float, float], ...]:
    names = sorted({group for each in election.projects for group in each.groups})
    spent = max(1, sum(cost for at, cost in enumerate(election.costs) if funded[at]))
    points = max(1, sum(election.points))
    told = []
    for name in names:
        inside = [at for at, each in enumerate(election.projects) if name in each.groups]
        money = sum(election.costs[at] for at in inside if funded[at])
        told.append((name, money / spent, sum(election.points[at] for at in inside) / points))
    return tuple(told)


def losers_of(election: Election, taken: list[int], gate: Gate, left: np.ndarray | None) -> tuple[Loser, ...]:
    """Why each other project is not funded.

    ``left``: what a voter of each kind has, in units, if they pay.
    """
    spent = sum(election.costs[at] for at in taken)
    rest, have, told = election.money - spent, set(taken), []
    for at, each in enumerate(election.projects):
        if at in have:
            continue
        kinds, weights, _scores = election.supports[at]
        held = 0 if left is None else int(float((left[kinds] * weights).sum()))
        cost = election.costs[at]
        reason, missing = gate.why_not(at), 0
        if not election.votes[at]:
            reason = "no_support"
        elif not reason and cost > rest:
            reason, missing = "too_costly", cost - rest
        elif not reason and left is not None and held < cost:
            reason, missing = "supporters_short", cost - held
        told.append(
            Loser(
                each.id,
                each.cost,
                election.votes[at],
                reason or "stopped",
                Fraction(missing, election.unit),
                Fraction(held, election.unit),
            )
        )
    return tuple(sorted(told, key=lambda each: (-each.votes, each.project)))
