"""An election: a budget, projects with a cost, and ballots, identical ballots being counted together.

Money is exact: every amount is a whole number of ``unit``, the largest fraction of the currency of which the
budget and all costs are multiples. A ballot gives each project it names a score, a whole number above zero:
1 for an approval, its points for a ballot of points.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from essor.engines.allocation.errors import BadElection

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Array = npt.NDArray[Any]
Ballot = Iterable[str] | Mapping[str, int]


@dataclass(frozen=True)
class Project:
    """What may be funded. ``groups`` are its categories and its district, that envelopes name."""

    id: str
    cost: Fraction
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Election:
    """Ballots by kind: kind t stands ``weights[t]`` times; its projects are
    ``columns[starts[t]:starts[t+1]]``.

    ``kind_of[v]`` is the kind of ballot of voter v. Every ballot counts in the number of voters, empty ones
    too.
    """

    projects: tuple[Project, ...]
    budget: Fraction
    weights: Ints
    starts: Ints
    columns: Ints
    scores: Ints
    kind_of: Ints = field(repr=False)

    @property
    def voters(self) -> int:
        return len(self.kind_of)

    @cached_property
    def unit(self) -> int:
        """How many units make one of the currency: 1 for whole euros, 100 for cents."""
        return lcm(self.budget.denominator, *(each.cost.denominator for each in self.projects))

    @cached_property
    def costs(self) -> tuple[int, ...]:
        """Costs in units."""
        return tuple(int(each.cost * self.unit) for each in self.projects)

    @property
    def money(self) -> int:
        """The budget in units."""
        return int(self.budget * self.unit)

    @cached_property
    def plain(self) -> bool:
        """Whether every score is 1."""
        return bool((self.scores == 1).all())

    @cached_property
    def supports(self) -> tuple[tuple[Ints, Ints, Ints], ...]:
        """For each project the kinds of ballots that support it, their weights and their scores."""
        rows = np.repeat(np.arange(len(self.weights)), np.diff(self.starts))
        order = np.argsort(self.columns, kind="stable")
        ends = np.cumsum(np.bincount(self.columns, minlength=len(self.projects)))[:-1]
        kinds, scores = np.split(rows[order], ends), np.split(self.scores[order], ends)
        return tuple((k, self.weights[k], s) for k, s in zip(kinds, scores, strict=True))[
            : len(self.projects)
        ]

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """How many voters support each project."""
        return tuple(int(weights.sum()) for _kinds, weights, _scores in self.supports)

    @cached_property
    def points(self) -> tuple[int, ...]:
        """The sum of the scores of each project: its votes when ballots are approvals."""
        return tuple(int((weights * scores).sum()) for _kinds, weights, scores in self.supports)


def election_of(
    projects: Sequence[Project], budget: Fraction | int | str, ballots: Iterable[Ballot]
) -> Election:
    """The election of these projects and ballots: the ids a voter approves, or points by id.

    Raises ``BadElection`` where a cost or the budget is below zero, an id stands twice or is not known, or
    points are not whole numbers. Points of 0 are no support.

    >>> both = [Project("a", Fraction(3)), Project("b", Fraction(1))]
    >>> found = election_of(both, 4, [["a"], ["a"], {"b": 2}])
    >>> found.voters, found.votes, found.points
    (3, (2, 1), (2, 2))
    """
    place = {each.id: at for at, each in enumerate(projects)}
    kinds: dict[tuple[tuple[int, int], ...], int] = {}
    kind_of = [kinds.setdefault(_key(ballot, place, at), len(kinds)) for at, ballot in enumerate(ballots)]
    return election_of_kinds(projects, budget, list(kinds), kind_of)


def election_of_kinds(
    projects: Sequence[Project],
    budget: Fraction | int | str,
    kinds: Sequence[tuple[tuple[int, int], ...]],
    kind_of: Sequence[int],
) -> Election:
    """The same from ballots already gathered: ``kinds`` are ((project, score), …), each once."""
    _check(projects, Fraction(budget))
    flat = np.array([pair for kind in kinds for pair in kind], dtype=np.int64).reshape(-1, 2)
    whose = np.asarray(kind_of, dtype=np.int64)
    return Election(
        projects=tuple(projects),
        budget=Fraction(budget),
        weights=np.bincount(whose, minlength=len(kinds)).astype(np.int64),
        starts=np.concatenate([[0], np.cumsum([len(kind) for kind in kinds])]).astype(np.int64),
        columns=np.ascontiguousarray(flat[:, 0]),
        scores=np.ascontiguousarray(flat[:, 1]),
        kind_of=whose,
    )


def _check(projects: Sequence[Project], budget: Fraction) -> None:
    if budget < 0:
        raise BadElection("budget", f"{budget} is below zero")
    if len({each.id for each in projects}) != len(projects):
        raise BadElection("projects", "an id stands twice")
    for each in projects:
        if each.cost < 0:
            raise BadElection(f"cost of {each.id}", f"{each.cost} is below zero")


def _key(ballot: Ballot, place: Mapping[str, int], at: int) -> tuple[tuple[int, int], ...]:
    given = dict(ballot) if isinstance(ballot, Mapping) else dict.fromkeys(ballot, 1)
    for name, score in given.items():
        if name not in place:
            raise BadElection(f"ballots[{at}]", f"{name!r} is no project")
        if int(score) != score or score < 0:
            raise BadElection(f"ballots[{at}]", f"{score} for {name!r}: write a whole number of points")
    return tuple(sorted((place[name], int(score)) for name, score in given.items() if score))
