"""A map as it is stored, and back: everything the next map and a comparison start from is kept."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from essor.chain.opinions.models import OpinionMap
from essor.chain.opinions.selectors.maps import points_of_map, result_of_map
from essor.engines.opinion_map import result as engine
from essor.engines.opinion_map.snapshot import snapshot_of

DOTS = 1500  # points shown on the page: all of them, or one in so many
DECIMALS = 4


def result_of(drawn: engine.OpinionMap) -> dict[str, Any]:
    """What is read of a map: see ``selectors.maps.result_of_map``. Statements are named by their keys."""
    told = drawn.to_dict()
    told.pop("participants")
    return {
        **told,
        "statements": [vars(each) for each in drawn.statements],
        "groups": [_group(each) for each in drawn.groups],
        "tallies": {
            str(group.id): drawn.tallies[at].tolist() for at, group in enumerate(drawn.groups)
        },  # by statement: agrees, passes, disagrees
        "not_grouped": drawn.participants.not_grouped(),
        "dots": dots_of(drawn),
        "figures": {"votes": drawn.votes, "replaced": drawn.replaced},
        "places": snapshot_of(drawn),
        "basis": _basis(drawn.basis),
    }


def points_of(drawn: engine.OpinionMap) -> dict[str, list[Any]]:
    """Where each participant stands, by key."""
    people = drawn.participants
    return {
        "participant": [int(each) for each in people.ids],
        "x": np.round(people.x, DECIMALS).tolist(),
        "y": np.round(people.y, DECIMALS).tolist(),
        "group": [None if each < 0 else each for each in people.group.tolist()],
        "why": people.why.tolist(),
        "seen": people.seen.tolist(),
    }


def dots_of(drawn: engine.OpinionMap) -> list[list[Any]]:
    """``[x, y, group]`` of those on the map, without who they are; evenly thinned when they are many."""
    people = drawn.participants
    rows = np.flatnonzero(people.seen >= drawn.basis.least_votes)
    if len(rows) > DOTS:
        rows = rows[np.linspace(0, len(rows) - 1, DOTS).astype(np.int64)]
    spots = zip(people.x[rows].tolist(), people.y[rows].tolist(), people.group[rows].tolist(), strict=True)
    return [[round(x, DECIMALS), round(y, DECIMALS), None if group < 0 else group] for x, y, group in spots]


def restored(stored: OpinionMap) -> engine.OpinionMap:
    """The engine's map out of a stored one, as far as the next map and a comparison need it."""
    told, points = result_of_map(stored), points_of_map(stored)
    return engine.OpinionMap(
        method=engine.Method(
            stored.method, stored.version, told["method"]["mode"], stored.parameters, stored.input_digest
        ),
        participants=engine.Participants(
            [str(each) for each in points["participant"]],
            np.array(points["x"], dtype=np.float64),
            np.array(points["y"], dtype=np.float64),
            np.array([-1 if each is None else each for each in points["group"]], dtype=np.int64),
            np.array(points["why"], dtype=np.int8),
            np.array(points["seen"], dtype=np.int64),
        ),
        statements=tuple(engine.Statement(**each) for each in told["statements"]),
        groups=tuple(_group_back(each) for each in told["groups"]),
        consensus=tuple(engine.Consensus(**each) for each in told["consensus"]),
        divisive=(),
        choices=(),
        explained=tuple(told["method"]["explained_variance"]),
        stability=None,
        tallies=np.array([told["tallies"][str(each["id"])] for each in told["groups"]], dtype=np.int64),
        basis=_basis_back(told["basis"]),
        votes=told["figures"]["votes"],
        replaced=told["figures"]["replaced"],
    )


def _group(each: engine.Group) -> dict[str, Any]:
    return {**vars(each), "representative": [vars(one) for one in each.representative]}


def _group_back(told: Mapping[str, Any]) -> engine.Group:
    said = tuple(engine.Representative(**each) for each in told["representative"])
    return engine.Group(**{**told, "representative": said})


def _basis(basis: engine.Basis) -> dict[str, Any]:
    return {
        "statements": list(basis.statements),
        "components": basis.components.tolist(),
        "means": basis.means.tolist(),
        "width": basis.width,
        "always_seen": basis.always_seen,
        "least_votes": basis.least_votes,
        "base_centres": basis.base_centres.tolist(),
        "streak": list(basis.streak),
        "next_group": basis.next_group,
    }


def _basis_back(told: Mapping[str, Any]) -> engine.Basis:
    first, second = told["streak"]
    return engine.Basis(
        statements=tuple(told["statements"]),
        components=np.array(told["components"], dtype=np.float64).reshape(2, -1),
        means=np.array(told["means"], dtype=np.float64),
        width=told["width"],
        always_seen=told["always_seen"],
        least_votes=told["least_votes"],
        base_centres=np.array(told["base_centres"], dtype=np.float64).reshape(-1, 2),
        streak=(first, second),
        next_group=told["next_group"],
    )
