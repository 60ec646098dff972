"""From one map to the next: the same side, the same group names, the same people.

Groups of two maps are matched so that as many people as possible keep their group (Hungarian method; Kuhn
1955). A group that is new takes a name never used before in the line of maps.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from essor.engines.opinion_map.axes import Floats
from essor.engines.opinion_map.result import Basis, OpinionMap
from essor.engines.opinion_map.votes import Array, Ints, Votes


def carried(basis: Basis, statements: tuple[str, ...]) -> Floats:
    """The earlier axes on these statements, 0 where a statement is new."""
    at = {name: column for column, name in enumerate(basis.statements)}
    found = np.zeros((2, len(statements)))
    for column, name in enumerate(statements):
        if name in at:
            found[:, column] = basis.components[:, at[name]]
    return found


def turned_alike(components: Floats, before: Floats) -> Floats:
    """Each axis on the side it had; an axis that the earlier map says nothing of stays as it is."""
    agree = (components * before).sum(axis=1)
    return components * np.where(np.round(agree, 9) < 0, -1.0, 1.0)[:, None]


def earlier_groups(previous: OpinionMap, votes: Votes) -> Ints:
    """The group each participant of ``votes`` had, -1 for none."""
    if list(previous.participants.ids) == list(votes.participants):
        return previous.participants.group.astype(np.int64)
    had = {
        name: int(group)
        for name, group in zip(previous.participants.ids, previous.participants.group.tolist(), strict=True)
    }
    return np.array([had.get(name, -1) for name in votes.participants], dtype=np.int64)


def names_kept(labels: Ints, before: Array, k: int, next_group: int) -> tuple[tuple[int, ...], int]:
    """The name of each of the k groups, and the next free name.

    >>> names_kept(np.array([0, 0, 1, 2]), np.array([4, 4, 1, -1]), 3, 5)
    ((4, 1, 5), 6)
    """
    old = sorted({int(each) for each in before if each >= 0})
    shared = overlaps(labels, before, k, old)
    names: list[int | None] = [None] * k
    for group, other in zip(*linear_sum_assignment(-shared), strict=True):
        if shared[group, other] > 0:
            names[int(group)] = old[int(other)]
    for group in range(k):
        if names[group] is None:
            names[group], next_group = next_group, next_group + 1
    return tuple(int(name) for name in names if name is not None), next_group


def overlaps(labels: Ints, before: Array, k: int, old: list[int]) -> Ints:
    """How many people each group shares with each of the old ones: (k, old)."""
    shared = np.zeros((k, len(old)), dtype=np.int64)
    both = (labels >= 0) & (before >= 0)
    at = np.searchsorted(np.array(old, dtype=np.int64), before[both])
    np.add.at(shared, (labels[both], at), 1)
    return shared


def in_order(centres: Floats, sizes: Ints) -> Ints:
    """The order of groups of a first map: the largest first, then from left to right."""
    return np.lexsort((centres[:, 1], centres[:, 0], -sizes))
