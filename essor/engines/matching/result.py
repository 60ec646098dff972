"""The result of a calculation of introductions: frozen, complete, and able to say how it came about."""

from dataclasses import dataclass, field
from typing import Any

NAME, VERSION = "rapprochements", "1"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: its points, the most it could have, and what it rests on (codes and figures).

    Equal parts may be one object, shared by many proposals: read the evidence, never write in it.
    """

    name: str
    points: int
    most: int
    evidence: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "points": self.points, "most": self.most, "evidence": self.evidence}


@dataclass(frozen=True, slots=True)
class Change:
    """What would change a proposal. ``effect``: “lifts” (with all the points of this part it would stand at
    ``rank``) or “drops” (without its points it would not be proposed).
    """

    part: str
    effect: str
    points: int
    rank: int

    def to_dict(self) -> dict[str, Any]:
        return {"part": self.part, "effect": self.effect, "points": self.points, "rank": self.rank}


@dataclass(frozen=True, slots=True)
class Proposal:
    """``left`` would gain from meeting ``right``: points of 1,000, rank, parts, what would change it."""

    left: str
    right: str
    rank: int
    score: int
    parts: tuple[Part, ...]
    would_change: tuple[Change, ...]

    @property
    def is_unusual(self) -> bool:
        """A family or a theme not yet linked counts in it."""
        return any(part.name == "unusual" and part.points for part in self.parts)


@dataclass(frozen=True)
class Method:
    """What is needed to obtain the same result again."""

    name: str
    version: str
    parameters: dict[str, Any]
    digest: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "version": self.version,
            "parameters": self.parameters,
            "digest": self.digest,
        }


@dataclass(frozen=True)
class Matches:
    """The proposals of every item of the left side, the strongest first, and how they were made."""

    proposals: tuple[Proposal, ...]
    method: Method
    compared: int  # pairs
    set_aside: int  # pairs not proposed because people said so, or because they already know each other

    def of(self, left: str) -> tuple[Proposal, ...]:
        """The proposals of one item."""
        return tuple(each for each in self.proposals if each.left == left)

    def explain(self) -> list[dict[str, Any]]:
        """The steps, as codes and figures that any language can tell."""
        return [
            {"code": "compare", "pairs": self.compared},
            {"code": "set_aside", "pairs": self.set_aside},
            {"code": "score", "parts": self.method.parameters["weights"]},
            {"code": "keep", "most": self.method.parameters["k"], "floor": self.method.parameters["floor"]},
            {"code": "propose", "proposals": len(self.proposals)},
        ]
