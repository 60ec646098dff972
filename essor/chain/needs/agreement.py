"""Do two people code alike? Cohen's kappa, in exact fractions."""

from collections.abc import Sequence
from fractions import Fraction


def cohen_kappa(first: Sequence[bool], second: Sequence[bool]) -> Fraction | None:
    """Agreement of two coders beyond chance, on the same yes/no decisions in the same order.

    κ = (p_o − p_e) / (1 − p_e): p_o is the share of decisions on which they agree; p_e the share on which
    two coders with these habits would agree by chance. 1 = always alike, 0 = as chance would, below 0 = less.
    None when nothing was decided, or when both always answered the same thing (p_e = 1).

    Reference: J. Cohen, "A coefficient of agreement for nominal scales", 1960.

    >>> cohen_kappa([1, 1, 1, 1, 1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 0, 1, 1, 0, 0, 0])
    Fraction(2, 5)
    """
    if len(first) != len(second):
        raise ValueError(f"both coders must decide on the same things: {len(first)} and {len(second)}")
    n = len(first)
    if n == 0:
        return None
    yes_first, yes_second = sum(map(bool, first)), sum(map(bool, second))
    alike = sum(bool(a) == bool(b) for a, b in zip(first, second, strict=True))
    observed = Fraction(alike, n)
    by_chance = Fraction(yes_first * yes_second + (n - yes_first) * (n - yes_second), n * n)
    if by_chance == 1:
        return None
    return (observed - by_chance) / (1 - by_chance)
