"""Amounts kept exactly over one common denominator, so that sums are of whole numbers."""

from math import gcd


class Amounts:
    """Rationals ``nums[i] / under``; adding one may refine the denominator of all.

    >>> held = Amounts(first=1, under=2)
    >>> held.add(1, 3)
    >>> held.nums, held.under
    ([3, 1], 6)
    """

    def __init__(self, first: int, under: int) -> None:
        common = gcd(first, under) or 1
        self.nums = [first // common]
        self.under = under // common

    def copy(self) -> "Amounts":
        other = Amounts(0, 1)
        other.nums, other.under = list(self.nums), self.under
        return other

    def add(self, num: int, over: int) -> None:
        """Keep num / (over · under)."""
        common = gcd(num, over)
        num, over = num // common, over // common
        if over > 1:
            self.nums = [each * over for each in self.nums]
            self.under *= over
        self.nums.append(num)
