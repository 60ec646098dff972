"""What the groups say, put together as the map: counts, tests, consensus, divisions, and the reasons."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from essor.engines.opinion_map import agreement, representative
from essor.engines.opinion_map.axes import Axes, Centred, Floats, project_statements
from essor.engines.opinion_map.result import (
    AGREE,
    Basis,
    Choice,
    Group,
    Method,
    OpinionMap,
    Participants,
    Representative,
    Stability,
    Statement,
)
from essor.engines.opinion_map.votes import Array, Ints, Votes


@dataclass(frozen=True, eq=False)
class Placed:
    """Everybody on the map: ``labels`` are places in ``ids`` (the names of groups), -1 for none."""

    points: Floats
    labels: Ints
    why: Array
    ids: tuple[int, ...]
    centres: Floats
    choices: tuple[Choice, ...]
    reason: str
    next_group: int


def portrayed(
    votes: Votes,
    centred: Centred,
    axes: Axes,
    placed: Placed,
    sure: Stability | None,
    basis: Basis,
    method: Method,
) -> OpinionMap:
    """The whole map."""
    k, minimum = len(placed.ids), int(method.parameters["minimum"])
    every = representative.tally(votes, np.where(placed.labels < 0, k, placed.labels), k + 1)
    tallies, everybody = every[:k], every.sum(axis=0)
    names = votes.statements
    polis = method.mode == "polis"
    if polis:
        consensus = agreement.consensus_as_polis(everybody, tallies, centred.kept, names)
    else:
        consensus = agreement.consensus_of(everybody, tallies, centred.kept, names, minimum)
    groups = _groups(placed, tallies, sure, centred.kept, votes, minimum, polis=polis)
    participants = _participants(votes, placed)
    return OpinionMap(
        method=method,
        participants=participants,
        statements=_statements(votes, centred, basis, everybody, tallies),
        groups=groups,
        consensus=consensus,
        divisive=agreement.divisive_of(tallies, centred.kept, names, placed.ids, 1 if polis else minimum),
        choices=placed.choices,
        explained=(round(axes.explained[0], 6), round(axes.explained[1], 6)),
        stability=sure,
        tallies=tallies,
        basis=basis,
        votes=len(votes),
        replaced=votes.replaced,
        reasons=_reasons(votes, centred, axes, placed, participants, groups, sure, basis),
    )


def _participants(votes: Votes, placed: Placed) -> Participants:
    names_of = np.array([*placed.ids, -1], dtype=np.int64)
    x, y = (placed.points[:, axis].copy() for axis in (0, 1))
    return Participants(
        votes.participants, x, y, names_of[placed.labels], placed.why.astype(np.int8), votes.seen
    )


def representatives(
    tallies: Ints, kept: Ints, names: tuple[str, ...], *, polis: bool, minimum: int
) -> tuple[tuple[Representative, ...], ...]:
    """The representative statements of each group of ``tallies``, among the columns ``kept``."""
    if polis:
        figures = representative.figures_of(tallies)
        return tuple(representative.as_polis(figures, g, kept, names) for g in range(len(tallies)))
    eligible = np.zeros(tallies.shape[:2], dtype=bool)
    eligible[:, kept] = True
    figures = representative.figures_of(tallies, eligible & (tallies.sum(axis=2) >= minimum))
    return tuple(representative.corrected_ones(figures, g, kept, names, minimum) for g in range(len(tallies)))


def _groups(
    placed: Placed,
    tallies: Ints,
    sure: Stability | None,
    kept: Ints,
    votes: Votes,
    minimum: int,
    *,
    polis: bool,
) -> tuple[Group, ...]:
    sizes = np.bincount(placed.labels[placed.labels >= 0], minlength=len(placed.ids))
    said = representatives(tallies, kept, tuple(votes.statements), polis=polis, minimum=minimum)
    return tuple(
        Group(
            id=id_,
            size=int(sizes[at]),
            x=round(float(placed.centres[at, 0]), 6),
            y=round(float(placed.centres[at, 1]), 6),
            stability=sure.groups[at] if sure else None,
            representative=said[at],
        )
        for at, id_ in enumerate(placed.ids)
    )


def _statements(
    votes: Votes, centred: Centred, basis: Basis, everybody: Ints, tallies: Ints
) -> tuple[Statement, ...]:
    spots = np.zeros((votes.shape[1], 2))
    spots[centred.kept] = project_statements(centred, basis.components)
    kept = set(centred.kept.tolist())
    shares = agreement.group_aware(tallies)[AGREE] if len(tallies) else None
    found = []
    for column, name in enumerate(votes.statements):
        x, y = (float(each) for each in spots[column])
        agrees, passes, disagrees = (int(each) for each in everybody[column])
        own = shares[:, column] if shares is not None else None
        found.append(
            Statement(
                id=name,
                x=x,
                y=y,
                agrees=agrees,
                disagrees=disagrees,
                passes=passes,
                moderated=column not in kept and agrees + passes + disagrees > 0,
                extremity=round(float(np.hypot(x, y)), 6),
                consensus=float(own.prod()) if own is not None else None,
                consensus_mean=float(np.exp(np.log(own).mean())) if own is not None else None,
            )
        )
    return tuple(found)


def _reasons(
    votes: Votes,
    centred: Centred,
    axes: Axes,
    placed: Placed,
    participants: Participants,
    groups: tuple[Group, ...],
    sure: Stability | None,
    basis: Basis,
) -> tuple[dict[str, Any], ...]:
    n, m = votes.shape
    chosen = next((each for each in placed.choices if each.k == len(placed.ids)), None)
    steps: list[dict[str, Any]] = [
        {"code": "read", "participants": n, "statements": m, "votes": len(votes), "replaced": votes.replaced},
        {"code": "kept", "statements": len(centred.kept), "set_aside": m - len(centred.kept)},
        {"code": "axes", "first": round(axes.explained[0], 6), "second": round(axes.explained[1], 6)},
        {"code": "counted", "least_votes": basis.least_votes, "people": int((placed.labels >= 0).sum())},
        {
            "code": "groups",
            "number": len(placed.ids),
            "because": placed.reason,
            "silhouette": chosen.silhouette if chosen else None,
            "tried": {str(each.k): each.silhouette for each in placed.choices},
            "refused": [each.k for each in placed.choices if each.refused],
        },
        {"code": "not_grouped", "people": int((placed.labels < 0).sum()), "why": participants.not_grouped()},
    ]
    if sure is not None:
        steps.append({"code": "stability", "overall": sure.overall, "runs": sure.runs, "share": sure.share})
    steps += [_stands_out(each) for each in groups]
    return tuple(steps)


def _stands_out(group: Group) -> dict[str, Any]:
    """Why a group stands out: its first statement, and how much more it says it than the others."""
    first = group.representative[0] if group.representative else None
    told: dict[str, Any] = {"code": "stands_out", "group": group.id, "size": group.size}
    if first is None:
        return {**told, "statement": None}
    return {
        **told,
        "statement": first.statement,
        "direction": first.direction,
        "count": first.count,
        "seen": first.seen,
        "times": round(first.ratio, 2),
        "p": first.p,
        "certain": first.certain,
    }
