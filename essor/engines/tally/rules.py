"""The rules chosen before a vote: how many must take part, and what happens when nothing separates."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from essor.engines.tally.errors import BadRule, DuplicateBallot, NoBallots, UnreachableQuorum
from essor.engines.tally.exact import Exact, names, one_of, share, whole

TIES = ("status_quo", "lot", "order")


class Ballot(Protocol):
    """What every ballot has: an id of its own, and how many people cast exactly this one."""

    @property
    def id(self) -> str: ...
    @property
    def times(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of those who may vote must take part: a ``share`` of them, or a number of ``people``.

    Who abstains takes part. A share is rounded up: half of 5 is 3.

    >>> Quorum(5, share="1/2").needed()
    3
    """

    eligible: int
    share: Exact | None = None
    people: int | None = None

    def needed(self) -> int:
        eligible = whole(self.eligible, "quorum.eligible")
        asked = Fraction(0)
        if self.share is not None:
            asked = share(self.share, "quorum.share") * eligible
        if self.people is not None:
            asked = max(asked, Fraction(whole(self.people, "quorum.people")))
        needed = -(-asked.numerator // asked.denominator)
        if needed > eligible:
            raise UnreachableQuorum("quorum.people", needed=needed, eligible=eligible)
        return needed


@dataclass(frozen=True, slots=True)
class TieRule:
    """What decides between equals, settled before the vote.

    ``status_quo``: nothing changes. ``lot``: the smallest SHA-256 of the seed followed by the name, so that
    anybody can draw it again; give the ``commitment`` announced before the vote and the seed is checked
    against it. ``order``: the first of a published order (a casting vote is the order yes, no).
    """

    rule: str = "status_quo"
    seed: str = ""
    commitment: str = ""
    order: tuple[str, ...] = ()

    def checked(self, choices: Sequence[str]) -> "TieRule":
        one_of(self.rule, TIES, "tie.rule")
        if self.rule == "lot":
            if not self.seed:
                raise BadRule("tie.seed", value=self.seed, expected="seed")
            if self.commitment and self.commitment.lower() != commitment_of(self.seed):
                raise BadRule("tie.commitment", value=self.commitment, expected="commitment")
        if self.rule == "order" and sorted(names(self.order, "tie.order", least=0)) != sorted(choices):
            raise BadRule("tie.order", value=", ".join(self.order), expected="all_names")
        return self

    def between(self, tied: Sequence[str]) -> str | None:
        """The one the rule takes among equals; None when nothing changes."""
        if self.rule == "lot":
            return min(tied, key=lambda name: (_drawn(self.seed, name), name))
        if self.rule == "order":
            return min(tied, key=self.order.index)
        return None


STATUS_QUO = TieRule()


def commitment_of(seed: str) -> str:
    """What is announced before the vote, so that nobody can choose the seed after it.

    >>> commitment_of("marché du 3 mai")[:8]
    'b87a7eb4'
    """
    return hashlib.sha256(seed.encode()).hexdigest()


def _drawn(seed: str, name: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{name}".encode()).digest()


def checked_ballots(ballots: Iterable[Ballot]) -> int:
    """How many people voted; each ballot has an id of its own."""
    seen: set[str] = set()
    people = 0
    for at, each in enumerate(ballots):
        if each.id in seen:
            raise DuplicateBallot(f"ballots[{at}].id", id=each.id)
        seen.add(each.id)
        people += whole(each.times, f"ballots[{at}].times")
    if not seen:
        raise NoBallots("ballots")
    return people


def attendance(quorum: Quorum | None, people: int) -> tuple[bool, int | None]:
    """Whether enough people took part, and how many were needed."""
    if quorum is None:
        return True, None
    needed = quorum.needed()
    if people > quorum.eligible:
        raise BadRule("quorum.eligible", value=quorum.eligible, expected="eligible")
    return people >= needed, needed
