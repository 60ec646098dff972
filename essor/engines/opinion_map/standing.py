"""Where one participant stands, from what was kept of the map: one sum, no array, nothing drawn again.

The place is that of the map: sqrt(m / max(1, seen)) · sum (v - mean)·axis, rounded alike. The group is that
of the nearest middle, as on the map in mode ``default``; in mode ``polis`` groups are made of base clusters,
and the nearest middle is the likeliest.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from essor.engines.opinion_map.errors import BadVotes

DECIMALS = 6


@dataclass(frozen=True)
class Pull:
    """A vote that places somebody: how far it moves them on each axis."""

    statement: str
    vote: int
    x: float
    y: float


@dataclass(frozen=True)
class Standing:
    """The place; ``group`` None with ``why`` (“no_vote”, “few_votes”, “no_group”) and ``missing`` votes.

    ``distances`` to the middle of each group, the nearest first; ``pulls`` the votes that weigh most.
    """

    x: float
    y: float
    group: int | None
    why: str
    seen: int
    missing: int
    distances: tuple[tuple[int, float], ...]
    pulls: tuple[Pull, ...]


def standing(snapshot: Mapping[str, Any], votes: Mapping[str, int], *, most: int = 5) -> Standing:
    """Where somebody with these votes (by statement) stands; those on unknown statements do not count.

    Raises ``BadVotes`` for a vote that is not 1, 0 or -1.
    """
    for name, value in votes.items():
        if value not in (1, 0, -1):
            raise BadVotes(name, f"{value!r} is no vote: write 1, 0 or -1")
    at = {name: column for column, name in enumerate(snapshot["statements"])}
    mine = [(at[name], name, value) for name, value in votes.items() if name in at]
    mine.sort()
    seen = len(mine) + int(snapshot["always_seen"])
    scale = math.sqrt(snapshot["width"] / max(1, seen))
    pulls = [_pull(snapshot, scale, *each) for each in mine]
    x, y = (round(math.fsum(getattr(each, axis) for each in pulls), DECIMALS) + 0.0 for axis in "xy")
    far = sorted(
        ((id_, math.dist((x, y), (left, up))) for id_, left, up in snapshot["groups"]),
        key=lambda each: (round(each[1] ** 2, 9), each[0]),
    )
    missing = max(0, int(snapshot["least_votes"]) - len(mine))
    why = "no_vote" if not mine else "few_votes" if missing else "no_group" if not far else ""
    strongest = sorted(pulls, key=lambda each: (-round(math.hypot(each.x, each.y), 9), each.statement))
    return Standing(
        x=x,
        y=y,
        group=None if why else int(far[0][0]),
        why=why,
        seen=len(mine),
        missing=missing,
        distances=tuple((int(id_), round(distance, DECIMALS)) for id_, distance in far),
        pulls=tuple(strongest[:most]),
    )


def _pull(snapshot: Mapping[str, Any], scale: float, column: int, name: str, value: int) -> Pull:
    gap = scale * (value - snapshot["means"][column])
    return Pull(name, value, gap * snapshot["x"][column], gap * snapshot["y"][column])
