"""A map as it is stored, and back: everything the next map and a comparison start from is kept."""

from typing import Any

import numpy as np

from essor.chain.opinions.models import OpinionMap
from essor.chain.opinions.selectors.maps import points_of_map, result_of_map
from essor.engines.opinion_map.result import OpinionMap as EngineMap
from essor.engines.opinion_map.snapshot import snapshot_of
from essor.engines.opinion_map.storage import packed, unpacked

DOTS = 1500  # points shown on the page: all of them, or one in so many
DECIMALS = 4


def result_of(drawn: EngineMap) -> dict[str, Any]:
    """What is read of a map: see ``selectors.maps.result_of_map``. Statements are named by their keys."""
    told = packed(drawn)
    told.pop("participants")
    return {
        **told,
        "not_grouped": drawn.participants.not_grouped(),
        "dots": dots_of(drawn),
        "places": snapshot_of(drawn),
    }


def points_of(drawn: EngineMap) -> dict[str, list[Any]]:
    """Where each participant stands, by key."""
    people = drawn.participants
    return {
        "participant": [int(each) for each in people.ids],
        "x": people.x.tolist(),
        "y": people.y.tolist(),
        "group": [None if each < 0 else each for each in people.group.tolist()],
        "why": people.why.tolist(),
        "seen": people.seen.tolist(),
    }


def dots_of(drawn: EngineMap) -> list[list[Any]]:
    """``[x, y, group]`` of those on the map, without who they are; evenly thinned when they are many."""
    people = drawn.participants
    rows = np.flatnonzero(people.seen >= drawn.basis.least_votes)
    if len(rows) > DOTS:
        rows = rows[np.linspace(0, len(rows) - 1, DOTS).astype(np.int64)]
    spots = zip(people.x[rows].tolist(), people.y[rows].tolist(), people.group[rows].tolist(), strict=True)
    return [[round(x, DECIMALS), round(y, DECIMALS), None if group < 0 else group] for x, y, group in spots]


def restored(stored: OpinionMap) -> EngineMap:
    """The engine's map out of a stored one."""
    points = points_of_map(stored)
    people = {name: points[name] for name in ("x", "y", "why", "seen")}
    people["ids"] = [str(each) for each in points["participant"]]
    people["group"] = [-1 if each is None else each for each in points["group"]]
    return unpacked({**result_of_map(stored), "participants": people})
