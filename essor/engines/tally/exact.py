"""Exact numbers: what a share or a weight may be written as, and nothing rounded."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction

from essor.engines.tally.errors import BadRule, RepeatedChoice, UnknownChoice, UnknownRule

Exact = Fraction | int | str | Decimal
_WRITTEN = re.compile(r"([0-9]{1,18})(?:[.,]([0-9]{1,18})|/([0-9]{1,18}))?( ?%)?", re.ASCII)


def exact(value: object, where: str) -> Fraction:
    """The rational a number or a text says. A float is refused: 0.1 + 0.2 would not be 0.3.

    >>> exact("0,15", "weight"), exact("1/3", "weight"), exact("20 %", "weight")
    (Fraction(3, 20), Fraction(1, 3), Fraction(1, 5))
    """
    if isinstance(value, Fraction) or (isinstance(value, int) and not isinstance(value, bool)):
        return Fraction(value)
    found = _WRITTEN.fullmatch(str(value).strip()) if isinstance(value, str | Decimal) else None
    if found is None or (found[3] is not None and int(found[3]) == 0):
        raise BadRule(where, value=value, expected="exact")
    whole, decimals, under, percent = found.groups()
    number = Fraction(f"{whole}.{decimals}") if decimals else Fraction(int(whole), int(under or 1))
    return number / 100 if percent else number


def share(value: object, where: str, *, from_zero: bool = False) -> Fraction:
    """An exact number between 0 and 1; 0 itself only where it means something."""
    number = exact(value, where)
    if number > 1 or number < 0 or (number == 0 and not from_zero):
        raise BadRule(where, value=value, expected="threshold" if from_zero else "share")
    return number


def whole(value: object, where: str, *, least: int | None = 1) -> int:
    """A whole number that is one: True, 1.0 and “1” are not."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadRule(where, value=value, expected="count" if least == 1 else "whole")
    if least is not None and value < least:
        raise BadRule(where, value=value, expected="count" if least == 1 else "whole")
    return value


def one_of(value: object, known: Collection[str], where: str) -> str:
    """A code among those that exist."""
    if not isinstance(value, str) or value not in known:
        raise UnknownRule(where, value=str(value)[:60], known=", ".join(known))
    return value


def names(values: Sequence[str], where: str, *, least: int = 2) -> tuple[str, ...]:
    """Choices put to the vote: each has a name, none is there twice."""
    for at, each in enumerate(values):
        if not isinstance(each, str) or not each.strip():
            raise BadRule(f"{where}[{at}]", value=each, expected="name")
        if each in values[:at]:
            raise RepeatedChoice(f"{where}[{at}]", value=each)
    if len(values) < least:
        raise BadRule(where, value=", ".join(values), expected="names")
    return tuple(values)


def chosen(value: object, known: Collection[str], where: str) -> str:
    """A choice among those put to the vote."""
    if not isinstance(value, str) or value not in known:
        raise UnknownChoice(where, value=str(value)[:60], known=", ".join(known))
    return value
