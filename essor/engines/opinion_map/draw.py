"""The door of the engine: votes in, the map of opinions out.

``draw_map`` centres the votes, finds two axes, places everybody, forms groups, and reads what each says,
what all agree on and what divides. Two modes: ``polis`` follows the published rules; ``default`` drops the
moderated statements, shows no group under ``minimum`` people, corrects the tests for being many, and says
how stable the groups are. The same votes, arguments and earlier map give the same map on every machine:
seeded generator, one thread for linear algebra, rounded figures, fixed signs.

Cost: proportional to the votes; memory about 12 bytes a vote beside the table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from threadpoolctl import threadpool_limits

from essor.engines.opinion_map import base_clusters, continuity
from essor.engines.opinion_map.axes import Centred, Floats, centre, principal_axes, project
from essor.engines.opinion_map.errors import BadRequest, NoVotes
from essor.engines.opinion_map.grouping import LEAST_VOTES, MOST_GROUPS, Grouping, alone, group_points
from essor.engines.opinion_map.portrait import Placed, portrayed
from essor.engines.opinion_map.result import NAME, VERSION, Basis, Method, Mode, OpinionMap, Stability
from essor.engines.opinion_map.stability import measure_stability
from essor.engines.opinion_map.votes import Array, Ints, Votes

MINIMUM = 5
Progress = Callable[[float, str], None]


def _silent(_share: float, _step: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class _Asked:
    """The arguments of one drawing, checked."""

    mode: Mode
    number: int | None
    seed: int
    moderated: frozenset[str]
    least_votes: int
    minimum: int
    most_groups: int
    with_stability: bool

    def parameters(self) -> dict[str, Any]:
        return {
            "mode": self.mode,
            "groups": self.number or "auto",
            "seed": self.seed,
            "moderated": sorted(self.moderated),
            "least_votes": self.least_votes,
            "minimum": self.minimum,
            "most_groups": self.most_groups,
            "with_stability": self.with_stability,
        }


def draw_map(
    votes: Votes,
    *,
    mode: Mode = "default",
    groups: Literal["auto"] | int = "auto",
    seed: int = 0,
    previous: OpinionMap | None = None,
    moderated: Iterable[object] = (),
    least_votes: int = LEAST_VOTES,
    minimum: int | None = None,
    most_groups: int | None = None,
    with_stability: bool | None = None,
    progress: Progress | None = None,
) -> OpinionMap:
    """Draw the map of these votes.

    ``groups``: a number, or “auto”. ``previous``: the last map of the same consultation; axes and groups
    start from it, keep its sides and names, and who is new is placed among them. ``moderated``: statements
    set aside. ``least_votes``: to be in a group (fewer where there are fewer statements). ``minimum``: the
    smallest group shown (5; 1 in mode ``polis``). ``most_groups``: 6 (5 in ``polis``). ``progress(share,
    step)`` is told read, axes, groups, stability, portrait, done.

    Raises ``NoVotes`` when nothing was voted on what is kept, ``BadRequest`` for an argument out of bounds.

    >>> from essor.engines.opinion_map.votes import votes_from_matrix
    >>> side = [1, 1, 1, 1, -1, -1, -1]
    >>> found = draw_map(votes_from_matrix([side] * 6 + [[-each for each in side]] * 5))
    >>> [(group.id, group.size) for group in found.groups], found.groups[0].stability
    ([(0, 6), (1, 5)], 1.0)
    """
    asked = _checked(mode, groups, seed, moderated, least_votes, minimum, most_groups, with_stability)
    tell = progress or _silent
    with threadpool_limits(limits=1):  # sums in one order: the same result on every machine
        return _draw(votes, asked, previous, tell)


def _draw(votes: Votes, asked: _Asked, previous: OpinionMap | None, tell: Progress) -> OpinionMap:
    tell(0.0, "read")
    polis = asked.mode == "polis"
    centred = centre(votes, _dropped(votes, asked), as_seen=polis)
    if not centred.table.nnz:
        raise NoVotes(participants=votes.shape[0], statements=len(centred.kept))
    tell(0.1, "axes")
    names = tuple(votes.statements[int(column)] for column in centred.kept)
    before = continuity.carried(previous.basis, names) if previous else None
    axes = principal_axes(centred, before)
    components = continuity.turned_alike(axes.components, before) if before is not None else axes.components
    points = project(centred, components)
    tell(0.5, "groups")
    rng = np.random.default_rng(asked.seed)
    had = continuity.earlier_groups(previous, votes) if previous else np.full(len(points), -1)
    least = max(1, min(asked.least_votes, centred.width))
    counted = _who_counts(votes, centred, least, had, polis=polis)
    rows = np.flatnonzero(counted)
    grouping = _grouped(points[rows], asked, previous, rng)
    placed = _placed(grouping, rows, had, points, centred, asked, previous)
    tell(0.7, "stability")
    sure = _stability(placed, centred, components, asked, rng)
    tell(0.85, "portrait")
    basis = Basis(
        statements=names,
        components=components,
        means=centred.means,
        width=centred.width,
        always_seen=votes.shape[1] - len(centred.kept) if polis else 0,
        least_votes=least,
        base_centres=grouping.base_centres,
        streak=grouping.streak,
        next_group=placed.next_group,
    )
    method = Method(NAME, VERSION, asked.mode, asked.parameters(), votes.digest())
    found = portrayed(votes, centred, axes, placed, sure, basis, method)
    tell(1.0, "done")
    return found


def _checked(
    mode: Mode,
    groups: Literal["auto"] | int,
    seed: int,
    moderated: Iterable[object],
    least_votes: int,
    minimum: int | None,
    most_groups: int | None,
    with_stability: bool | None,
) -> _Asked:
    if mode not in ("default", "polis"):
        raise BadRequest("mode", f"'default' or 'polis', not {mode!r}")
    polis = mode == "polis"
    if groups != "auto" and (
        isinstance(groups, bool) or not isinstance(groups, int) or not 2 <= groups <= 20
    ):
        raise BadRequest("groups", f"'auto' or a number from 2 to 20, not {groups!r}")
    few = minimum if minimum is not None else 1 if polis else MINIMUM
    most = most_groups if most_groups is not None else base_clusters.MOST_GROUPS if polis else MOST_GROUPS
    for name, value, least in (
        ("least_votes", least_votes, 1),
        ("minimum", few, 1),
        ("most_groups", most, 2),
    ):
        if value < least:
            raise BadRequest(name, f"{least} at least, not {value}")
    number = None if groups == "auto" else groups
    sure = with_stability if with_stability is not None else not polis
    return _Asked(mode, number, seed, frozenset(map(str, moderated)), least_votes, few, most, sure)


def _dropped(votes: Votes, asked: _Asked) -> Array:
    """The columns that do not count: moderated, and in ``default`` those that nobody voted on."""
    dropped = np.array([name in asked.moderated for name in votes.statements], dtype=bool)
    if asked.mode == "default":
        voted = np.bincount(votes.columns, minlength=votes.shape[1]) > 0
        dropped |= ~voted
    return dropped


def _who_counts(votes: Votes, centred: Centred, least: int, had: Ints, *, polis: bool) -> Array:
    if polis:
        return base_clusters.who_counts(votes.seen, least, had >= 0)
    return np.asarray(centred.seen >= least)


def _grouped(
    points: Floats, asked: _Asked, previous: OpinionMap | None, rng: np.random.Generator
) -> Grouping:
    if not len(points):
        return alone(points, "too_few")
    old = len(previous.groups) if previous else 0
    if asked.mode == "polis":
        basis = previous.basis if previous else None
        return base_clusters.group_as_polis(
            points,
            number=asked.number,
            most=asked.most_groups,
            base=basis.base_centres if basis else None,
            used=old,
            streak=basis.streak if basis else (0, 0),
        )
    earlier = np.array([[each.x, each.y] for each in previous.groups]) if previous and old > 1 else None
    return group_points(
        points,
        rng,
        number=asked.number,
        minimum=asked.minimum,
        most=asked.most_groups,
        earlier=earlier,
    )


def _placed(
    grouping: Grouping,
    rows: Ints,
    had: Ints,
    points: Floats,
    centred: Centred,
    asked: _Asked,
    previous: OpinionMap | None,
) -> Placed:
    """Everybody with the group or the reason, groups in their order and under their names."""
    sizes = np.bincount(grouping.labels, minlength=grouping.k)
    shown = np.flatnonzero(sizes >= asked.minimum)
    order = shown[continuity.in_order(grouping.centres[shown], sizes[shown])]
    place = np.full(grouping.k + 1, -1)
    place[order] = np.arange(len(order))
    labels = np.full(len(points), -1)
    labels[rows] = place[grouping.labels]
    why = np.where(centred.seen > 0, 2, 1).astype(np.int8)
    why[rows] = np.where(labels[rows] >= 0, 0, 4 if len(order) else 3)
    free = previous.basis.next_group if previous else 0
    if previous is None:
        ids, free = tuple(range(len(order))), len(order)
    else:
        ids, free = continuity.names_kept(labels, had, len(order), free)
    return Placed(points, labels, why, ids, grouping.centres[order], grouping.choices, grouping.reason, free)


def _stability(
    placed: Placed, centred: Centred, components: Floats, asked: _Asked, rng: np.random.Generator
) -> Stability | None:
    if not asked.with_stability:
        return None
    rows = np.flatnonzero(placed.labels >= 0)
    return measure_stability(centred, rows, placed.labels[rows], components, placed.centres, rng)
