"""The result of a count: frozen, exact, and able to say step by step how it came about."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Any

VERSION = "1"
# What a count may end with. “to_review”: the rules given do not decide, people must.
OUTCOMES = ("adopted", "rejected", "chosen", "tied", "no_quorum", "to_review")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the explanation: a code and its figures; the faces make the words."""

    code: str
    figures: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, **{name: plain(value) for name, value in self.figures.items()}}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the same ballots give under a convention that was not chosen: information, never the result."""

    parameter: str
    value: str
    outcome: str
    winner: str | None = None
    share_yes: Fraction | None = None

    def to_dict(self) -> dict[str, Any]:
        return {each.name: plain(getattr(self, each.name)) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class Method:
    """What is needed to obtain the same result again."""

    name: str
    parameters: Mapping[str, Any]
    digest: str
    version: str = VERSION

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "version": self.version,
            "parameters": plain(self.parameters),
            "digest": self.digest,
        }


@dataclass(frozen=True, slots=True)
class Tally:
    """A decision counted. ``ranking``: the choices in rows, the first best; equals share a row.

    ``share_yes`` is the exact share of the votes, or of the weights, in favour; None where it has no meaning
    (a choice between several things, or nobody said yes or no).
    """

    outcome: str
    method: Method
    people: int
    steps: tuple[Step, ...]
    share_yes: Fraction | None = None
    winner: str | None = None
    ranking: tuple[tuple[str, ...], ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def adopted(self) -> bool | None:
        """True or False for a proposal; None when several things were put to the vote, or to be reviewed."""
        return {"adopted": True, "rejected": False, "no_quorum": False}.get(self.outcome)

    def explain(self) -> list[dict[str, Any]]:
        """The steps, as codes and figures that any language can tell."""
        return [each.to_dict() for each in self.steps]

    def to_dict(self) -> dict[str, Any]:
        """Everything, as JSON can hold it: exact shares are texts, and ``share_yes`` is there as both."""
        return {
            "method": self.method.to_dict(),
            "outcome": self.outcome,
            "adopted": self.adopted,
            "share_yes": None if self.share_yes is None else float(self.share_yes),
            "share_yes_exact": plain(self.share_yes),
            "winner": self.winner,
            "ranking": plain(self.ranking),
            "people": self.people,
            "steps": self.explain(),
            "elsewhere": [each.to_dict() for each in self.elsewhere],
        }


def plain(value: Any) -> Any:
    """What JSON can hold: a rational becomes a text that loses nothing.

    >>> plain({"share": Fraction(2, 3), "rows": (("a",), ("b",))})
    {'share': '2/3', 'rows': [['a'], ['b']]}
    """
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def digest(*things: Any) -> str:
    """The fingerprint of what was counted."""
    text = json.dumps(plain(things), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
