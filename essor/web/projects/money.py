"""Amounts in euros, as people write and read them."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from essor.web.typography import nombre

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_AMOUNT = re.compile(r"-?\d{1,12}(?:[.,]\d{1,2})?")
CENT = Decimal("0.01")


def read_euros(text: str) -> Decimal | None:
    """The amount that a text says, to the cent; None when it says none.

    >>> read_euros("12 500,50 €"), read_euros("12500.5"), read_euros("douze"), read_euros("1e9")
    (Decimal('12500.50'), Decimal('12500.50'), None, None)
    """
    bare = _SPACES.sub("", text).removesuffix("€").removesuffix("EUR")
    if not _AMOUNT.fullmatch(bare):
        return None
    try:
        return Decimal(bare.replace(",", ".")).quantize(CENT, ROUND_HALF_UP)
    except InvalidOperation:
        return None


def euros(amount: Decimal | None) -> str:
    """An amount as it is read: 12 500 €, 12 500,50 €."""
    if amount is None:
        return ""
    whole = int(amount)
    cents = int((abs(amount) * 100) % 100)
    said = nombre(whole) if not cents else f"{nombre(whole)},{cents:02}"
    return f"{said}\u202f€"


def budget_of(low: Decimal | None, high: Decimal | None) -> str:
    """A budget between two bounds, in words; empty when nothing is known."""
    if low is None and high is None:
        return ""
    if low is None:
        return _("%(high)s au plus") % {"high": euros(high)}
    if high is None:
        return _("%(low)s au moins") % {"low": euros(low)}
    if low == high:
        return euros(low)
    return _("de %(low)s à %(high)s") % {"low": euros(low), "high": euros(high)}
