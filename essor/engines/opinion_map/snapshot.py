"""What to keep of a map to place people on it later, without the arrays."""

from typing import Any

from essor.engines.opinion_map.result import OpinionMap


def snapshot_of(drawn: OpinionMap) -> dict[str, Any]:
    """What to keep of a map to place people on it: plain lists and numbers, ready for JSON."""
    basis = drawn.basis
    return {
        "statements": list(basis.statements),
        "x": basis.components[0].tolist(),
        "y": basis.components[1].tolist(),
        "means": basis.means.tolist(),
        "width": basis.width,
        "always_seen": basis.always_seen,
        "least_votes": basis.least_votes,
        "groups": [[each.id, each.x, each.y] for each in drawn.groups],
    }
