"""Which statement to show next: the least seen and the most informative first, with a fair start to new ones.

With A agrees, D disagrees, P passes, S = A + D + P, E the extremity of the statement on the map:
a = (A+1)/(S+2), d = (D+1)/(S+2), p = (P+1)/(S+2), newness n = 1 + 8·2^(-S/5).
- ``polis``: priority = ((1 - p)·(1 + E)·a · n)², 49 for a statement about the people themselves (“meta”);
- ``default``: priority = ((1 - p)·(1 + E)·max(a, d) · n)²: a statement that everybody rejects tells as
  much as one that everybody supports. A new statement is worth nine of an old one and halves every five
  votes, so that nobody's is buried, and nobody's stays on top.

The order is drawn: statement c comes before others with a chance proportional to its priority (Efraimidis &
Spirakis 2006: keys u^(1/w), u from SHA-256 of seed, participant and statement). The same seed and
participant give the same order; two participants get different ones; a vote cast changes nothing for the
statements left. Plain Python: it answers while a page is written.
"""

import hashlib
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from essor.engines.opinion_map.errors import BadRequest

META = 49.0


@dataclass(frozen=True)
class Candidate:
    """A statement that may be shown, with its counts and its ``extremity`` (0 before the first map)."""

    id: str
    agrees: int = 0
    disagrees: int = 0
    passes: int = 0
    extremity: float = 0.0
    is_meta: bool = False

    @property
    def seen(self) -> int:
        return self.agrees + self.disagrees + self.passes


@dataclass(frozen=True)
class Turn:
    """A statement in its turn, and what made its priority: newness, engagement, pull on the map."""

    id: str
    priority: float
    newness: float
    engagement: float
    pull: float


def priority_of(each: Candidate, mode: str = "default") -> Turn:
    """The priority of a statement and its parts.

    >>> round(priority_of(Candidate("new")).priority, 3)
    5.062
    """
    counts = (each.agrees, each.disagrees, each.passes)
    if min(counts) < 0 or not math.isfinite(each.extremity) or each.extremity < 0:
        raise BadRequest(f"statement {each.id!r}", "counts and a finite extremity from 0 up are needed")
    agree, disagree, passing = ((count + 1) / (each.seen + 2) for count in counts)
    newness = 1 + 8 * 2 ** (-each.seen / 5)
    side = agree if mode == "polis" else max(agree, disagree)
    engagement, pull = (1 - passing) * side, 1 + each.extremity
    priority = META if each.is_meta else (engagement * pull * newness) ** 2
    return Turn(each.id, priority, newness, engagement, pull)


def routing(
    statements: Iterable[Candidate],
    *,
    participant: str,
    seen: Collection[str] = (),
    seed: int = 0,
    mode: str = "default",
    most: int | None = None,
) -> tuple[Turn, ...]:
    """The statements that this participant has not voted on, in the order to show them.

    >>> old, new = Candidate("old", agrees=90, disagrees=10), Candidate("new")
    >>> first = [routing([old, new], participant=str(who), most=1)[0].id for who in range(100)]
    >>> first.count("new") > 80
    True
    """
    if mode not in ("default", "polis"):
        raise BadRequest("mode", f"'default' or 'polis', not {mode!r}")
    done = set(seen)
    turns = [priority_of(each, mode) for each in statements if each.id not in done]
    turns.sort(key=lambda turn: (_key(turn, participant, seed), turn.id))
    return tuple(turns[:most])


def _key(turn: Turn, participant: str, seed: int) -> float:
    """-log(u)/w: the smallest first, as u^(1/w) the greatest first."""
    told = f"{seed}\x1f{participant}\x1f{turn.id}".encode()
    drawn = int.from_bytes(hashlib.sha256(told).digest()[:8], "big")
    return -math.log((drawn + 1) / (2**64 + 1)) / turn.priority
