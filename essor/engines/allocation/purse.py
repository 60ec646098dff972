"""What each kind of voter has left, in floats with a proven margin, and exactly where a comparison asks for
it.

Everybody starts with the same share b. Buying project p at price π takes min(left, π · score) from each of
its supporters. Whoever paid in full so far has b − Σ π_j · score_j; whoever could not has exactly nothing.
So the money of any set of voters is a few whole numbers (how many of them paid each earlier project) times
the exact prices: a comparison closer than the margin of the floats is settled in whole numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from essor.engines.allocation.election import Election, Floats, Ints
from essor.engines.allocation.exact import Amounts

EPSILON = 1e-13  # of a sum of floats, and far above what such sums lose
LOST = 1e-12  # of the share of a voter: beyond it a price is computed exactly


@dataclass(frozen=True)
class Offer:
    """A price per score for a project: within ``margin`` of ``price``, or exactly num / (over · under)."""

    price: float
    margin: float
    everybody: bool = False  # nobody pays less than the price
    num: int = 0
    over: int = 0
    poor: Ints | None = None


class Purse:
    """The state of one run of Equal Shares. ``share`` is each voter's money, in units."""

    def __init__(self, election: Election, share: Fraction, supports: "Supports") -> None:
        self.election = election
        self.supports = supports
        self.share = share
        self.left: Floats = np.full(len(election.weights), float(share))
        self.alive = np.ones(len(election.weights), dtype=bool)  # has paid in full all it was asked
        self.error = float(share) * 1e-16
        self.amounts = Amounts(share.numerator, share.denominator)
        self.order = np.full(len(election.projects), -1, dtype=np.int64)
        self.bought: list[tuple[int, Ints, int]] = []

    def start_from(self, earlier: list[int], spent: Floats) -> None:
        """Projects that all their supporters have already paid in full, at cost / score each."""
        self.left = self.left - spent
        self.error += (len(earlier) + 1) * float(self.share) * 2e-16
        nobody = np.zeros(0, dtype=np.int64)
        for project in earlier:
            self.order[project] = len(self.bought)
            self.bought.append((project, nobody, self.supports.total[project]))

    def offer(self, project: int) -> Offer | None:
        """The price at which the supporters can pay this project, None if they cannot."""
        kinds, weights, scores, cost, total = self.supports.of(project)
        left = self.left[kinds]
        ratio = left if scores is None else left / scores
        price = cost / total
        if ratio.min() >= price * (1 + 1e-12) + self.error:
            return Offer(price, price * 4e-16, everybody=True)
        if weights is not None:
            left = left * weights
        money = float(left.sum())
        doubt = self.error * total + EPSILON * cost
        if money < cost - doubt:
            return None
        if money <= cost + doubt:
            return self.exactly(project, float(ratio.max()), float(ratio.max()) * 1e-9 + self.error)
        rich = total
        poor = ratio < price
        while True:
            rich = total - self.supports.weight(project, poor)  # type: ignore[arg-type]
            if rich <= 0:
                return self.exactly(project, float(ratio.max()), float(ratio.max()) * 1e-9 + self.error)
            price = (cost - float(left[poor].sum())) / rich
            now = ratio < price
            if np.count_nonzero(now) == np.count_nonzero(poor):
                return Offer(price, doubt / rich)
            poor = now

    def exactly(self, project: int, near: float, slack: float) -> Offer | None:
        """The exact price, known to be within ``slack`` of ``near``."""
        kinds, weights, scores, cost, _total = self.supports.whole(project)
        left = self.left[kinds]
        alive = self.alive[kinds]
        kinds, weights, scores, ratio = kinds[alive], weights[alive], scores[alive], (left / scores)[alive]
        slack = 2 * slack + self.error + near * 1e-15
        zone = np.flatnonzero(np.abs(ratio - near) <= slack)
        poor = ratio < near - slack
        amounts = self._flushed()
        num = cost * amounts.under - self._money(kinds[poor])
        over = int((weights * scores)[~poor].sum())
        waiting = [(int(z), self._money_of(int(kinds[z]))) for z in zone]
        while over:
            short = [(z, money) for z, money in waiting if money * over < num * int(scores[z])]
            if not short:
                price = num / (over * amounts.under)
                return Offer(price, price * 2e-16, num=num, over=over, poor=kinds[poor])
            waiting = [each for each in waiting if each not in short]
            for z, money in short:
                poor[z] = True
                num -= int(weights[z]) * money
                over -= int(weights[z] * scores[z])
        return None

    def rate(self, project: int, offer: Offer, factor: int) -> tuple[Fraction, Offer]:
        """The exact ρ of an offer: its price by the utility that a score of this project is worth."""
        if offer.everybody:
            return Fraction(self.supports.costs[project], self.supports.total[project] * factor), offer
        sure = offer if offer.over else self.exactly(project, offer.price, offer.margin)
        if sure is None:
            raise ArithmeticError("a certain price was lost")
        return Fraction(sure.num, sure.over * self.amounts.under * factor), sure

    def pay(self, project: int, offer: Offer) -> tuple[Ints, Floats]:
        """Take the price from the supporters; what each kind paid, a voter."""
        kinds, _weights, scores, _cost, total = self.supports.of(project)
        left = self.left[kinds]
        if offer.everybody:
            paid: Floats = np.asarray(
                offer.price * (1.0 if scores is None else scores) + np.zeros(len(kinds))
            )
            self.bought.append((project, kinds[:0], total))
            after = left - paid
        else:
            offer = self._certain(project, offer)
            due: Floats = np.asarray(offer.price * (1.0 if scores is None else scores) + np.zeros(len(kinds)))
            paid, after = self._shares(project, offer, left, due)
        self.left[kinds] = after
        self.order[project] = len(self.bought) - 1
        self.error += offer.margin * self.supports.largest[project] + float(self.share) * 2e-16
        return kinds, paid

    def _certain(self, project: int, offer: Offer) -> Offer:
        """The same offer, exact where its margin is too wide or somebody has just about the price."""
        if offer.over:
            return offer
        kinds, _weights, scores, _cost, _total = self.supports.of(project)
        left = self.left[kinds]
        ratio = left if scores is None else left / scores
        slack = 2 * offer.margin + self.error + offer.price * 1e-15
        if offer.margin > LOST * float(self.share) or bool((np.abs(ratio - offer.price) <= 2 * slack).any()):
            return self.rate(project, offer, 1)[1]
        return offer

    def _shares(self, project: int, offer: Offer, left: Floats, due: Floats) -> tuple[Floats, Floats]:
        kinds, weights, scores, _cost, _total = self.supports.whole(project)
        poor = left < due
        if offer.poor is not None:
            poor = np.isin(kinds, offer.poor) | ~self.alive[kinds]
            due = np.where(poor, due, np.minimum(due, left))
        self.bought.append(
            (project, kinds[poor & self.alive[kinds]], offer.over or int((weights * scores)[~poor].sum()))
        )
        paid = np.where(poor, left, due)
        self.alive[kinds[poor]] = False
        return paid, np.where(poor, 0.0, left - paid)

    def _flushed(self) -> Amounts:
        """The exact prices of all that was bought so far."""
        amounts = self.amounts
        for at in range(len(amounts.nums) - 1, len(self.bought)):
            project, poor, over = self.bought[at]
            cost = self.supports.costs[project]
            amounts.add(cost * amounts.under - self._money(poor, at), over)
        return amounts

    def prices(self) -> list[Fraction]:
        """The exact price per score of each purchase, in order."""
        amounts = self._flushed()
        return [Fraction(num, amounts.under) for num in amounts.nums[1:]]

    def _money(self, kinds: Ints, before: int | None = None) -> int:
        """What these kinds had together before a purchase, by the common denominator."""
        if not len(kinds):
            return 0
        nums = self.amounts.nums
        entries, counts = self.supports.rows(kinds)
        bought = self.order[self.election.columns[entries]]
        weights = np.repeat(self.election.weights[kinds], counts) * self.election.scores[entries]
        known = (bought >= 0) & (bought < (len(nums) - 1 if before is None else before))
        paid = np.bincount(bought[known], weights=weights[known])
        total = int(self.election.weights[kinds].sum()) * nums[0]
        return total - sum(int(count) * nums[at + 1] for at, count in enumerate(paid.tolist()) if count)

    def _money_of(self, kind: int) -> int:
        row = slice(int(self.election.starts[kind]), int(self.election.starts[kind + 1]))
        nums = self.amounts.nums
        bought = self.order[self.election.columns[row]].tolist()
        scores = self.election.scores[row].tolist()
        return nums[0] - sum(s * nums[at + 1] for at, s in zip(bought, scores, strict=True) if at >= 0)


class Supports:
    """The supporters of each project, as each run of a rule reads them."""

    def __init__(self, election: Election) -> None:
        self.election = election
        self.costs = election.costs
        self.total = election.points
        self.largest = [int(s.max()) if len(s) else 1 for _k, _w, s in election.supports]
        self._parts = [
            (
                kinds,
                None if (weights == 1).all() else weights,
                None if (scores == 1).all() else scores,
                self.costs[at],
                self.total[at],
            )
            for at, (kinds, weights, scores) in enumerate(election.supports)
        ]
        self._whole: Mapping[int, Ints] = {
            at: weights * scores for at, (_k, weights, scores) in enumerate(election.supports)
        }

    def of(self, project: int) -> tuple[Ints, Ints | None, Ints | None, int, int]:
        """Kinds, weights (None if all 1), scores (None if all 1), cost in units, sum of scores."""
        return self._parts[project]

    def whole(self, project: int) -> tuple[Ints, Ints, Ints, int, int]:
        kinds, weights, scores = self.election.supports[project]
        return kinds, weights, scores, self.costs[project], self.total[project]

    def weight(self, project: int, mask: Floats) -> int:
        """The sum of the scores of the supporters of a mask."""
        _kinds, weights, scores, _cost, _total = self._parts[project]
        if weights is None and scores is None:
            return int(np.count_nonzero(mask))
        return int(self._whole[project][mask].sum())

    def rows(self, kinds: Ints) -> tuple[Ints, Ints]:
        """Where the entries of these kinds of ballots are, and how many each has."""
        starts = self.election.starts
        counts = starts[kinds + 1] - starts[kinds]
        ends = np.cumsum(counts)
        return np.arange(int(ends[-1])) + np.repeat(starts[kinds] - ends + counts, counts), counts
