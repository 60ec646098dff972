"""How the thousand points are shared between the parts, and what earlier answers change in it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from essor.engines.matching.errors import BadWeights

ALL = 1000
PARTS = ("text", "themes", "distance", "complement", "families", "unusual")
# Reasons of a refusal; each does something (see ``Lessons``).
TOO_FAR, OTHER_THEME, NO_TIME, ALREADY_KNOWN, NOT_RELEVANT, CONFLICT = (
    "too_far",
    "other_theme",
    "no_time",
    "already_known",
    "not_relevant",
    "conflict",
)
REASONS = (TOO_FAR, OTHER_THEME, NO_TIME, ALREADY_KNOWN, NOT_RELEVANT, CONFLICT)
THEME_STEP, THEME_MOST = 50, 100  # points moved from the words to the themes, a refusal and at most
HALVINGS = 2  # the half-distance is halved at most so many times


@dataclass(frozen=True)
class Weights:
    """Points of each part; together 1,000.

    ``half_distance``: kilometres at which half of the points of the distance are left.

    >>> Weights().text
    300
    >>> Weights(text=400)
    Traceback (most recent call last):
    essor.engines.matching.errors.BadWeights: the parts add up to 1100 points, not 1000: take 100 away
    """

    text: int = 300
    themes: int = 150
    distance: int = 150
    complement: int = 250
    families: int = 75
    unusual: int = 75
    half_distance: int = 15

    def __post_init__(self) -> None:
        points = [getattr(self, name) for name in PARTS]
        if any(each < 0 for each in points) or self.half_distance < 1:
            raise BadWeights("points are zero or more, and the half-distance one kilometre at least")
        if (total := sum(points)) != ALL:
            mend = f"take {total - ALL} away" if total > ALL else f"give {ALL - total} more"
            raise BadWeights(f"the parts add up to {total} points, not {ALL}: {mend}")

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Refusal:
    """Somebody declined ``right`` for ``left``, for one of ``REASONS``."""

    left: str
    right: str
    reason: str

    def __post_init__(self) -> None:
        if self.reason not in REASONS:
            raise BadWeights(f"{self.reason!r} is no reason: one of {', '.join(REASONS)}")


@dataclass(frozen=True)
class Lesson:
    """What the refusals of one seeker change for it: bounded, so that a few answers never rule everything.

    ``themes_more``: points moved from the words to the themes (50 a refusal “other theme”, 100 at most).
    ``half_distance``: halved for each refusal “too far”, twice at most. ``unlike``: candidates found not
    relevant; what resembles them loses a third of its points of words.
    """

    themes_more: int = 0
    half_distance: int = 15
    unlike: tuple[str, ...] = ()


def lesson_of(refusals: Iterable[Refusal], weights: Weights) -> Lesson:
    """What these refusals of one seeker teach.

    >>> lesson_of([Refusal("a", "b", "too_far"), Refusal("a", "c", "other_theme")], Weights())
    Lesson(themes_more=50, half_distance=7, unlike=())
    """
    told = list(refusals)
    themes = sum(1 for each in told if each.reason == OTHER_THEME)
    far = min(HALVINGS, sum(1 for each in told if each.reason == TOO_FAR))
    return Lesson(
        themes_more=min(THEME_STEP * themes, THEME_MOST, weights.text),
        half_distance=max(1, weights.half_distance >> far),
        unlike=tuple(sorted({each.right for each in told if each.reason == NOT_RELEVANT})),
    )
