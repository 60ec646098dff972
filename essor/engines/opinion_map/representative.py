"""What each group says that the others do not.

For statement c and group g: A agrees, D disagrees, S seen (passes too); “o” all other groups together.
pa = (A+1)/(S+2); ra = pa / ((A_o+1)/(S_o+2)); pat = one proportion against a half; rat = A of S against A_o
of S_o; pd, rd, pdt, rdt the same with D (see ``significance``). The metric is ra·rat·pa·pat, or that of
disagreement; the direction is agree where rat > rdt.

``polis``: what passes both tests at nine chances in ten, uncorrected, the greatest metric first, at most
five, the “best agree” at the head, then agrees before disagrees (the published rules).
``default``: both tests after correction over every group, statement and direction (``corrected`` of the
greater of the two p-values), seen by ``minimum`` people of the group at least; the greatest metric first. A
group for which nothing passes keeps its best statement, marked ``certain=False``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from essor.engines.opinion_map import significance as tests
from essor.engines.opinion_map.axes import Floats
from essor.engines.opinion_map.result import AGREE, DISAGREE, Representative
from essor.engines.opinion_map.votes import Array, Ints, Votes

MOST = 5
LEVEL = 0.05


def tally(votes: Votes, labels: Array, k: int) -> Ints:
    """Agrees, passes and disagrees of each group on each statement: (k, statements, 3).

    ``labels[i]`` is the group of participant i, or k for none.
    """
    m = votes.shape[1]
    total = np.zeros((k + 1) * m * 3, dtype=np.int64)
    for rows in votes.blocks():
        span = slice(int(votes.starts[rows.start]), int(votes.starts[rows.stop]))
        lengths = np.diff(votes.starts[rows.start : rows.stop + 1])
        key = np.repeat((labels[rows] * (3 * m)).astype(np.int64), lengths)
        key += votes.columns[span].astype(np.int64) * 3
        key += 1 - votes.values[span]
        total += np.bincount(key, minlength=len(total))
    return total.reshape(k + 1, m, 3)[:k]


@dataclass(frozen=True, eq=False)
class Figures:
    """All figures of all groups and statements, arrays (k, statements); ``agree`` and ``disagree`` sides."""

    seen: Floats
    counts: dict[str, Floats]
    chance: dict[str, Floats]
    ratio: dict[str, Floats]
    chance_z: dict[str, Floats]
    ratio_z: dict[str, Floats]
    p: dict[str, Floats] = field(repr=False)

    def metric(self, side: str) -> Floats:
        return self.ratio[side] * self.ratio_z[side] * self.chance[side] * self.chance_z[side]

    @property
    def leans(self) -> Array:
        """True where the direction is agree."""
        return np.asarray(self.ratio_z[AGREE] > self.ratio_z[DISAGREE])


def figures_of(tallies: Ints, eligible: Array | None = None) -> Figures:
    """The figures; ``eligible`` (k, statements) says which take part in the correction of p-values."""
    seen = tallies.sum(axis=2).astype(np.float64)
    counts = {AGREE: tallies[:, :, 0].astype(np.float64), DISAGREE: tallies[:, :, 2].astype(np.float64)}
    others = seen.sum(axis=0) - seen
    chance, ratio, chance_z, ratio_z, p = {}, {}, {}, {}, {}
    for side, count in counts.items():
        outside = count.sum(axis=0) - count
        chance[side] = tests.share(count, seen)
        ratio[side] = chance[side] / tests.share(outside, others)
        chance_z[side] = tests.against_half(count, seen)
        ratio_z[side] = tests.between(count, seen, outside, others)
        p[side] = np.maximum(tests.one_sided(chance_z[side]), tests.one_sided(ratio_z[side]))
    asked = np.ones(seen.shape, dtype=bool) if eligible is None else eligible
    both = np.stack([p[AGREE][asked], p[DISAGREE][asked]])
    after = tests.corrected(both)
    for side, values in zip((AGREE, DISAGREE), after, strict=True):
        p[side] = np.ones(seen.shape)
        p[side][asked] = values
    return Figures(seen, counts, chance, ratio, chance_z, ratio_z, p)


def as_polis(figures: Figures, group: int, kept: Ints, names: Sequence[str]) -> tuple[Representative, ...]:
    """The representative statements of a group by the published rules, among the columns ``kept``."""
    best = _best_agree(figures, group, kept)
    passing = _passing(figures, group, kept)
    leans = figures.leans[group]
    metric = np.where(leans, figures.metric(AGREE)[group], figures.metric(DISAGREE)[group])
    ranked = sorted(passing, key=lambda column: -metric[column])
    certain = best in passing or bool(passing)
    if best is None and not passing:
        either = np.maximum(figures.ratio_z[AGREE][group], figures.ratio_z[DISAGREE][group])
        best = int(kept[int(np.argmax(either[kept]))]) if len(kept) else None
    head = [] if best is None else [best]
    chosen = ([*head, *(column for column in ranked if column not in head)] if best is not None else ranked)[
        :MOST
    ]
    chosen.sort(key=lambda column: not leans[column])
    return tuple(
        _told(figures, group, column, AGREE if leans[column] else DISAGREE, names, certain=certain)
        for column in chosen
    )


def _passing(figures: Figures, group: int, kept: Ints) -> list[int]:
    limit = tests.CRITICAL
    passes = np.zeros(figures.seen.shape[1], dtype=bool)
    for side in (AGREE, DISAGREE):
        passes |= (figures.ratio_z[side][group] > limit) & (figures.chance_z[side][group] > limit)
    return [int(column) for column in kept if passes[column]]


def _best_agree(figures: Figures, group: int, kept: Ints) -> int | None:
    """The statement most worth saying that the group agrees with, even if it fails the tests."""
    ra, pa, pat = (each[AGREE][group] for each in (figures.ratio, figures.chance, figures.chance_z))
    metric = figures.metric(AGREE)[group]
    told = (figures.counts[AGREE] + figures.counts[DISAGREE])[group] > 0
    best: int | None = None
    for column in (int(each) for each in kept):
        if not told[column]:
            continue
        if best is None:
            better = pat[column] > tests.CRITICAL or (ra[column] > 1 and pa[column] > 0.5)
        elif ra[best] > 1:
            better = metric[column] > metric[best]
        else:
            better = pa[column] * pat[column] > pa[best] * pat[best]
        best = column if better else best
    return best


def corrected_ones(
    figures: Figures, group: int, kept: Ints, names: Sequence[str], minimum: int
) -> tuple[Representative, ...]:
    """The representative statements of a group after correction (mode ``default``)."""
    if figures.seen.shape[0] < 2:
        return ()
    found = []
    for side in (AGREE, DISAGREE):
        metric, p = figures.metric(side)[group], figures.p[side][group]
        positive = (figures.ratio_z[side][group] > 0) & (figures.chance_z[side][group] > 0)
        heard = figures.seen[group] >= minimum
        found += [(p[c] <= LEVEL, metric[c], int(c), side) for c in kept if positive[c] and heard[c]]
    found.sort(key=lambda each: (not each[0], -each[1], each[2]))
    sure = [each for each in found if each[0]][:MOST]
    return tuple(
        _told(figures, group, column, side, names, certain=bool(passes))
        for passes, _metric, column, side in sure or found[:1]
    )


def _told(
    figures: Figures, group: int, column: int, side: str, names: Sequence[str], *, certain: bool
) -> Representative:
    return Representative(
        statement=names[column],
        direction=side,
        metric=float(figures.metric(side)[group, column]),
        count=int(figures.counts[side][group, column]),
        seen=int(figures.seen[group, column]),
        share=float(figures.chance[side][group, column]),
        ratio=float(figures.ratio[side][group, column]),
        share_z=float(figures.chance_z[side][group, column]),
        ratio_z=float(figures.ratio_z[side][group, column]),
        p=float(figures.p[side][group, column]),
        certain=certain,
    )
