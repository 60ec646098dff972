"""Where everybody agrees, across the groups, and what divides them.

P_g = (A+1)/(S+2) of group g on a statement (or D for disagreement).
- Group-aware consensus: the product of P_g over the groups (Polis). It shrinks as groups grow in number, so
  the geometric mean and the least P_g are given too.
- ``default`` consensus: in every group P_g > 1/2 and ``minimum`` people saw it, and over everybody
  the share is above a half after correction; the greatest geometric mean first.
- ``polis`` consensus: over all participants p > 1/2 and z > 1.2816, the five greatest p·z of each direction.
- Divisive: the gap is the greatest difference of P_g (agree) between two groups; kept where the groups do not
  agree alike (chi-square, corrected) and, in ``default``, ``minimum`` people saw it in each of the two.
"""

from collections.abc import Sequence

import numpy as np

from essor.engines.opinion_map import significance as tests
from essor.engines.opinion_map.axes import Floats
from essor.engines.opinion_map.result import AGREE, DISAGREE, Consensus, Divisive
from essor.engines.opinion_map.votes import Array, Ints

MOST = 10
MOST_POLIS = 5
LEVEL = 0.05
SIDES = ((AGREE, 0), (DISAGREE, 2))


def group_aware(tallies: Ints) -> dict[str, Floats]:
    """P_g of both directions: arrays (k, statements).

    >>> group_aware(np.array([[[3, 0, 0]], [[0, 1, 1]]]))["agree"].ravel().tolist()
    [0.8, 0.25]
    """
    seen = tallies.sum(axis=2).astype(np.float64)
    return {side: tests.share(tallies[:, :, at].astype(np.float64), seen) for side, at in SIDES}


def consensus_as_polis(
    everybody: Ints, tallies: Ints, kept: Ints, names: Sequence[str]
) -> tuple[Consensus, ...]:
    """``everybody`` (statements, 3) counts all participants, grouped or not."""
    shares, seen = group_aware(tallies), everybody.sum(axis=1).astype(np.float64)
    found = []
    for side, at in SIDES:
        count = everybody[:, at].astype(np.float64)
        chance, z = tests.share(count, seen), tests.against_half(count, seen)
        passing = [int(c) for c in kept if chance[c] > 0.5 and z[c] > tests.CRITICAL]
        passing.sort(key=lambda c: -chance[c] * z[c])
        p = tests.one_sided(z)
        found += [_consensus(side, c, chance, p, shares, names) for c in passing[:MOST_POLIS]]
    return tuple(found)


def consensus_of(
    everybody: Ints, tallies: Ints, kept: Ints, names: Sequence[str], minimum: int
) -> tuple[Consensus, ...]:
    """The statements that every group leans to on the same side."""
    if not len(tallies):
        return ()
    shares, seen = group_aware(tallies), everybody.sum(axis=1).astype(np.float64)
    heard = (tallies.sum(axis=2) >= minimum).all(axis=0)
    z = np.stack([tests.against_half(everybody[:, at].astype(np.float64), seen) for _side, at in SIDES])
    p = np.ones(z.shape)
    p[:, kept] = tests.corrected(tests.one_sided(z[:, kept]))
    found = []
    for row, (side, at) in enumerate(SIDES):
        chance = tests.share(everybody[:, at].astype(np.float64), seen)
        good = heard & (shares[side].min(axis=0) > 0.5) & (p[row] <= LEVEL)
        found += [_consensus(side, int(c), chance, p[row], shares, names) for c in kept if good[c]]
    found.sort(key=lambda each: (-each.geometric_mean, each.statement))
    return tuple(found[:MOST])


def _consensus(
    side: str, c: int, chance: Floats, p: Floats, shares: dict[str, Floats], names: Sequence[str]
) -> Consensus:
    every = shares[side][:, c]
    product = float(every.prod())
    return Consensus(
        statement=names[c],
        direction=side,
        metric=product,
        share=float(chance[c]),
        p=float(p[c]),
        geometric_mean=float(np.exp(np.log(every).mean())) if len(every) else 0.0,
        least=float(every.min()) if len(every) else 0.0,
    )


def divisive_of(
    tallies: Ints, kept: Ints, names: Sequence[str], ids: Sequence[int], minimum: int
) -> tuple[Divisive, ...]:
    """The statements on which two groups are farthest apart."""
    if len(tallies) < 2:
        return ()
    shares, seen = group_aware(tallies)[AGREE], tallies.sum(axis=2)
    p = np.ones(shares.shape[1])
    p[kept] = tests.corrected(
        tests.same_share(tallies[:, kept, 0].astype(np.float64), seen[:, kept].astype(np.float64))
    )
    heard: Array = seen >= max(1, minimum)
    high = np.where(heard, shares, -np.inf)
    low = np.where(heard, shares, np.inf)
    most, least = high.argmax(axis=0), low.argmin(axis=0)
    gap = high.max(axis=0) - low.min(axis=0)
    good = [int(c) for c in kept if p[c] <= LEVEL and np.isfinite(gap[c]) and gap[c] > 0]
    good.sort(key=lambda c: (-gap[c], c))
    return tuple(
        Divisive(
            statement=names[c],
            metric=float(gap[c]),
            p=float(p[c]),
            for_group=ids[int(most[c])],
            against_group=ids[int(least[c])],
            shares=tuple((ids[g], float(shares[g, c])) for g in range(len(ids))),
        )
        for c in good[:MOST]
    )
