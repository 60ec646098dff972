"""A whole map as plain lists and numbers, ready for JSON, and back: to be kept and to start the next one."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from essor.engines.opinion_map.result import (
    Basis,
    Choice,
    Consensus,
    Divisive,
    Group,
    Method,
    OpinionMap,
    Participants,
    Representative,
    Stability,
    Statement,
)


def packed(drawn: OpinionMap) -> dict[str, Any]:
    """All of a map. ``unpacked(packed(m))`` tells, compares and starts the next map as ``m`` does."""
    people, basis = drawn.participants, drawn.basis
    return {
        "method": asdict(drawn.method),
        "participants": {
            "ids": list(people.ids),
            **{name: getattr(people, name).tolist() for name in ("x", "y", "group", "why", "seen")},
        },
        "basis": {
            "statements": list(basis.statements),
            **{name: getattr(basis, name).tolist() for name in ("components", "means", "base_centres")},
            **{name: getattr(basis, name) for name in ("width", "always_seen", "least_votes", "next_group")},
            "streak": list(basis.streak),
        },
        **{
            name: [asdict(each) for each in getattr(drawn, name)]
            for name in ("statements", "groups", "consensus", "divisive", "choices")
        },
        "explained": list(drawn.explained),
        "stability": asdict(drawn.stability) if drawn.stability else None,
        "tallies": drawn.tallies.tolist(),
        "votes": drawn.votes,
        "replaced": drawn.replaced,
        "reasons": drawn.explain(),
    }


def unpacked(kept: Mapping[str, Any]) -> OpinionMap:
    """The map that was kept, from what ``packed`` made, even after JSON."""
    sure = kept["stability"]
    one, two = kept["explained"]
    shape = (len(kept["groups"]), len(kept["statements"]), 3)
    return OpinionMap(
        method=Method(**kept["method"]),
        participants=_participants(kept["participants"]),
        statements=tuple(Statement(**each) for each in kept["statements"]),
        groups=tuple(_group(each) for each in kept["groups"]),
        consensus=tuple(Consensus(**each) for each in kept["consensus"]),
        divisive=tuple(_divisive(each) for each in kept["divisive"]),
        choices=tuple(Choice(**each) for each in kept["choices"]),
        explained=(one, two),
        stability=Stability(**{**sure, "groups": tuple(sure["groups"])}) if sure else None,
        tallies=np.array(kept["tallies"], dtype=np.int64).reshape(shape),
        basis=_basis(kept["basis"]),
        votes=kept["votes"],
        replaced=kept["replaced"],
        reasons=tuple(dict(each) for each in kept["reasons"]),
    )


def _participants(kept: Mapping[str, Any]) -> Participants:
    return Participants(
        ids=tuple(kept["ids"]),
        x=np.array(kept["x"], dtype=np.float64),
        y=np.array(kept["y"], dtype=np.float64),
        group=np.array(kept["group"], dtype=np.int64),
        why=np.array(kept["why"], dtype=np.int8),
        seen=np.array(kept["seen"], dtype=np.int64),
    )


def _basis(kept: Mapping[str, Any]) -> Basis:
    won, times = kept["streak"]
    return Basis(
        statements=tuple(kept["statements"]),
        components=np.array(kept["components"], dtype=np.float64).reshape(2, len(kept["statements"])),
        means=np.array(kept["means"], dtype=np.float64),
        width=kept["width"],
        always_seen=kept["always_seen"],
        least_votes=kept["least_votes"],
        base_centres=np.array(kept["base_centres"], dtype=np.float64).reshape(-1, 2),
        streak=(won, times),
        next_group=kept["next_group"],
    )


def _group(kept: Mapping[str, Any]) -> Group:
    said = tuple(Representative(**each) for each in kept["representative"])
    return Group(**{**kept, "representative": said})


def _divisive(kept: Mapping[str, Any]) -> Divisive:
    return Divisive(**{**kept, "shares": tuple((id_, share) for id_, share in kept["shares"])})
