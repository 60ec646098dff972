"""The result of a synthesis: frozen, complete, and able to say how it came about."""

from dataclasses import dataclass
from typing import Any

Grain = str | int
REASONS = ("empty", "too_short", "not_words", "language_unknown", "far_from_everything")


@dataclass(frozen=True)
class Group:
    """Texts that go together. `members` and `quotes` are identifiers; `size` counts copies too.

    `terms`: readable term and weight (z-score against the other groups). `cohesion`: mean cosine with the
    centre
    (0 to 1). `stability`: mean Jaccard index over re-runs (see `stability`), None where not measured.
    `parent`:
    index of the overview group (None in the overview). `is_small_voice`: few texts, but distinct; kept apart.
    `nearest`: indexes of the nearest groups of the same grain, nearest first. `x`, `y`, `radius`: its disc.
    """

    index: int
    label: str
    terms: tuple[tuple[str, float], ...]
    size: int
    distinct: int
    members: tuple[str, ...]
    quotes: tuple[str, ...]
    cohesion: float
    stability: float | None
    parent: int | None
    is_small_voice: bool
    nearest: tuple[int, ...]
    x: float
    y: float
    radius: float

    def to_dict(self) -> dict[str, Any]:
        return {
            "index": self.index,
            "label": self.label,
            "terms": [term for term, _ in self.terms],
            "weights": [weight for _, weight in self.terms],
            "size": self.size,
            "distinct": self.distinct,
            "members": list(self.members),
            "quotes": list(self.quotes),
            "cohesion": self.cohesion,
            "stability": self.stability,
            "parent": self.parent,
            "small_voice": self.is_small_voice,
            "nearest": list(self.nearest),
            "position": {"x": self.x, "y": self.y, "radius": self.radius},
        }


@dataclass(frozen=True)
class Aside:
    """A text without a group, and why: one of `REASONS`."""

    id: str
    reason: str


@dataclass(frozen=True)
class Step:
    """One step of the explanation: a code and the numbers that fill its sentence in any language."""

    code: str
    numbers: tuple[tuple[str, Any], ...]

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, **dict(self.numbers)}


@dataclass(frozen=True)
class Method:
    """What is needed to obtain the same result again."""

    name: str
    version: str
    parameters: tuple[tuple[str, Any], ...]
    seed: int | None
    digest: str
    encoder: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "version": self.version,
            "parameters": dict(self.parameters),
            "seed": self.seed,
            "digest": self.digest,
            "encoder": self.encoder,
        }


@dataclass(frozen=True)
class SynthesisResult:
    """Two nested grains of groups, what was left aside, the copies folded, and the measures.

    `positions` maps an identifier to its (x, y). `stability` is the mean adjusted Rand index of the
    overview over
    re-runs (None where not measured). `coverage` is the share of texts in a group.
    """

    method: Method
    grain: Grain
    overview: tuple[Group, ...]
    detail: tuple[Group, ...]
    left_aside: tuple[Aside, ...]
    duplicates: tuple[tuple[str, ...], ...]
    positions: dict[str, tuple[float, float]]
    coverage: float
    stability: float | None
    steps: tuple[Step, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the grain that was asked for."""
        return self.detail if self.grain == "detail" else self.overview

    @property
    def small_voices(self) -> tuple[Group, ...]:
        """The few who say something of their own."""
        return tuple(group for group in self.detail if group.is_small_voice)

    def inside(self, index: int) -> tuple[Group, ...]:
        """The detail groups of one overview group."""
        return tuple(group for group in self.detail if group.parent == index)

    def explain(self) -> list[dict[str, Any]]:
        """The steps in order, as codes and numbers; the wording belongs to the page or the report."""
        return [step.to_dict() for step in self.steps]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return {
            "method": self.method.to_dict(),
            "grain": self.grain,
            "groups": [group.to_dict() for group in self.groups],
            "left_aside": [{"id": aside.id, "reason": aside.reason} for aside in self.left_aside],
            "overview": [group.to_dict() for group in self.overview],
            "detail": [group.to_dict() for group in self.detail],
            "duplicates": [list(family) for family in self.duplicates],
            "positions": {key: list(place) for key, place in self.positions.items()},
            "coverage": self.coverage,
            "stability": self.stability,
            "steps": self.explain(),
        }
