"""What a vote may ask beside its budget: a least support, projects that exclude each other, envelopes.

Also the order in which equal projects are taken: ``votes`` (most votes, then cheapest, then a lot drawn
before from the seed and the ids) or ``name`` (the smallest id as a text, as pabutools does).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from typing import Literal

from essor.engines.allocation.election import Election
from essor.engines.allocation.errors import BadRequest

Ties = Literal["votes", "name"]
TIES = ("votes", "name")


@dataclass(frozen=True)
class Limits:
    """``least``: votes a project needs. ``conflicts``: pairs of ids of which one at most is funded.

    ``envelopes``: the most that a category or a district may receive, by its name.
    """

    least: int = 0
    conflicts: tuple[tuple[str, str], ...] = ()
    envelopes: Mapping[str, Fraction] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.least or self.conflicts or self.envelopes)


def order_of(election: Election, ties: Ties, seed: int) -> list[int]:
    """The rank of each project when all else is equal, 0 first.

    The lot of a project is the SHA-256 of « seed:id »: anybody can draw it again.
    """
    if ties not in TIES:
        raise BadRequest("ties", f"votes or name, not {ties!r}")
    lots = [sha256(f"{seed}:{each.id}".encode()).digest() for each in election.projects]
    votes, costs = election.votes, election.costs
    keys: list[tuple[object, ...]] = [
        (each.id,) if ties == "name" else (-votes[at], costs[at], lots[at], each.id)
        for at, each in enumerate(election.projects)
    ]
    ranks = [0] * len(keys)
    for rank, at in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
        ranks[at] = rank
    return ranks


class Gate:
    """Which projects may still be taken, given what was taken."""

    def __init__(self, election: Election, limits: Limits) -> None:
        self.election, self.limits = election, limits
        place = {each.id: at for at, each in enumerate(election.projects)}
        self._against: dict[int, set[int]] = {}
        for one, other in limits.conflicts:
            for name in (one, other):
                if name not in place:
                    raise BadRequest("conflicts", f"{name!r} is no project")
            self._against.setdefault(place[one], set()).add(place[other])
            self._against.setdefault(place[other], set()).add(place[one])
        known = {group for each in election.projects for group in each.groups}
        for name in limits.envelopes:
            if name not in known:
                raise BadRequest("envelopes", f"no project is in {name!r}")
        self._most = {name: int(Fraction(most) * election.unit) for name, most in limits.envelopes.items()}
        self.open()

    def open(self) -> None:
        """Nothing is taken any more."""
        self._shut: set[int] = set()
        self._spent = dict.fromkeys(self._most, 0)

    def take(self, project: int) -> None:
        """This project is funded."""
        self._shut |= self._against.get(project, set())
        for group in self.election.projects[project].groups:
            if group in self._spent:
                self._spent[group] += self.election.costs[project]

    def why_not(self, project: int) -> str:
        """'' when it may be taken, else the rule that is in the way."""
        if not self.limits:
            return ""
        if self.election.votes[project] < self.limits.least:
            return "least"
        if project in self._shut:
            return "conflict"
        cost = self.election.costs[project]
        groups = (group for group in self.election.projects[project].groups if group in self._most)
        return "envelope" if any(self._spent[g] + cost > self._most[g] for g in groups) else ""
