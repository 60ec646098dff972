"""The map, frozen and complete, able to tell how it came about in codes and figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

NAME, VERSION = "carte-des-opinions", "1"
AGREE, DISAGREE = "agree", "disagree"
Mode = Literal["default", "polis"]
# Why a participant has no group, by the code kept in the arrays.
WHY = ("", "no_vote", "few_votes", "too_few_people", "group_too_small")


@dataclass(frozen=True)
class Participant:
    """Where somebody stands; ``group`` is None when there is none, and ``why`` says why.

    ``why``: “no_vote”, “few_votes” (fewer than the map asks), “too_few_people” (nobody is grouped),
    “group_too_small” (whom it would group are fewer than may be shown).
    """

    id: str
    x: float
    y: float
    group: int | None
    why: str
    seen: int


@dataclass(frozen=True, eq=False)
class Participants:
    """All participants, kept as arrays and told one by one; ``group`` is -1 for none."""

    ids: Sequence[str]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    group: npt.NDArray[np.int64]
    why: npt.NDArray[np.int8]
    seen: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        for each in (self.x, self.y, self.group, self.why, self.seen):
            each.setflags(write=False)

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, at: int) -> Participant:
        group = int(self.group[at])
        return Participant(
            self.ids[at],
            float(self.x[at]),
            float(self.y[at]),
            None if group < 0 else group,
            WHY[int(self.why[at])],
            int(self.seen[at]),
        )

    def __iter__(self) -> Iterator[Participant]:
        return (self[at] for at in range(len(self)))

    def not_grouped(self) -> dict[str, int]:
        """How many have no group, by reason."""
        counts = np.bincount(self.why[self.group < 0], minlength=len(WHY))
        return {WHY[code]: int(count) for code, count in enumerate(counts) if count and code}


@dataclass(frozen=True)
class Statement:
    """A statement on the map; ``moderated`` ones stand at the middle and count nowhere.

    ``extremity`` is its distance to the middle: how much it tells people apart. ``consensus`` is the product
    of the shares that agree in each group, ``consensus_mean`` their geometric mean.
    """

    id: str
    x: float
    y: float
    agrees: int
    disagrees: int
    passes: int
    moderated: bool
    extremity: float
    consensus: float | None
    consensus_mean: float | None

    @property
    def seen(self) -> int:
        return self.agrees + self.disagrees + self.passes


@dataclass(frozen=True)
class Representative:
    """One thing a group says more than the others, with its two tests.

    ``count`` of ``seen`` people of the group; ``share`` = (count+1)/(seen+2); ``ratio`` to the same share of
    the others; ``share_z`` and ``ratio_z`` the tests; ``p`` the corrected p-value of both; ``certain`` False
    when nothing passes the tests and this is only the nearest to it.
    """

    statement: str
    direction: str
    metric: float
    count: int
    seen: int
    share: float
    ratio: float
    share_z: float
    ratio_z: float
    p: float
    certain: bool


@dataclass(frozen=True)
class Group:
    """One group: its name that stays from a map to the next, size, middle, and how well it holds.

    ``stability``: mean Jaccard index with the groups of maps drawn again without a part of the votes (Hennig
    2007: .75 and more is stable, under .5 dissolved); None where it was not measured.
    """

    id: int
    size: int
    x: float
    y: float
    stability: float | None
    representative: tuple[Representative, ...]


@dataclass(frozen=True)
class Consensus:
    """A statement on which every group leans alike: ``metric`` the product of shares, see ``agreement``."""

    statement: str
    direction: str
    metric: float
    share: float
    p: float
    geometric_mean: float
    least: float


@dataclass(frozen=True)
class Divisive:
    """A statement on which groups are far apart: ``metric`` the gap between the two farthest shares."""

    statement: str
    metric: float
    p: float
    for_group: int
    against_group: int
    shares: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Choice:
    """One number of groups that was tried. ``refused``: “” or “too_small” (a group under the minimum)."""

    k: int
    silhouette: float
    smallest: int
    refused: str = ""


@dataclass(frozen=True)
class Stability:
    """``overall``: mean adjusted Rand index of ``runs`` maps drawn again with a ``share`` of the votes."""

    overall: float
    groups: tuple[float | None, ...]
    runs: int
    share: float
    people: int


@dataclass(frozen=True, eq=False)
class Basis:
    """What projects a participant on this map, and what the next map starts from.

    ``statements`` are the kept ones; ``components`` (2, kept); ``means`` (kept); ``width`` is m of the
    formulas, ``always_seen`` what counts as seen by everybody; ``least_votes`` are asked for a group.
    """

    statements: tuple[str, ...]
    components: npt.NDArray[np.float64]
    means: npt.NDArray[np.float64]
    width: int
    always_seen: int
    least_votes: int
    base_centres: npt.NDArray[np.float64]
    streak: tuple[int, int] = (0, 0)  # the number of groups that wins, and since how many maps
    next_group: int = 0


@dataclass(frozen=True)
class Method:
    """What is needed to obtain the same map again."""

    name: str
    version: str
    mode: Mode
    parameters: dict[str, Any]
    digest: str


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """The map. ``tallies[g, j]`` counts agrees, passes and disagrees of group g on statement j."""

    method: Method
    participants: Participants
    statements: tuple[Statement, ...]
    groups: tuple[Group, ...]
    consensus: tuple[Consensus, ...]
    divisive: tuple[Divisive, ...]
    choices: tuple[Choice, ...]
    explained: tuple[float, float]
    stability: Stability | None
    tallies: npt.NDArray[np.int64]
    basis: Basis
    votes: int
    replaced: int
    reasons: tuple[dict[str, Any], ...] = field(default=())

    def group(self, id_: int) -> Group:
        """The group of that name."""
        return next(each for each in self.groups if each.id == id_)

    def explain(self) -> list[dict[str, Any]]:
        """The steps, as codes and figures: why this number of groups, who is in none, how sure it is."""
        return [dict(each) for each in self.reasons]

    def to_dict(self) -> dict[str, Any]:
        """The shape of the command: method, participants, statements, groups, consensus, divisive."""
        return {
            "method": {
                "name": self.method.name,
                "version": self.method.version,
                "mode": self.method.mode,
                "parameters": self.method.parameters,
                "digest": self.method.digest,
                "explained_variance": list(self.explained),
                "choices": [vars(each) for each in self.choices],
                "stability": self._stability(),
                "steps": self.explain(),
            },
            "participants": [
                {"id": each.id, "x": each.x, "y": each.y, "group": each.group} for each in self.participants
            ],
            "statements": [
                {
                    **{name: getattr(each, name) for name in ("id", "x", "y")},
                    **{name: getattr(each, name) for name in ("agrees", "disagrees", "passes")},
                }
                for each in self.statements
            ],
            "groups": [
                {
                    "id": each.id,
                    "size": each.size,
                    "representative": [
                        {"statement": one.statement, "direction": one.direction, "metric": one.metric}
                        for one in each.representative
                    ],
                }
                for each in self.groups
            ],
            "consensus": [vars(each) for each in self.consensus],
            "divisive": [{**vars(each), "shares": dict(each.shares)} for each in self.divisive],
        }

    def _stability(self) -> dict[str, Any] | None:
        if self.stability is None:
            return None
        return {
            "overall": self.stability.overall,
            "groups": {str(each.id): each.stability for each in self.groups},
            "runs": self.stability.runs,
            "share": self.stability.share,
            "people": self.stability.people,
        }
