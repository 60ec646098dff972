"""Dates as people and programs write them, read without guessing in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

Order = Literal["day_first", "month_first"]


class UnreadableDate(ValueError):
    """Not a date, or more than one: `reason` says why, `mend` what to write."""

    def __init__(self, reason: str, mend: str) -> None:
        self.reason = reason
        self.mend = mend
        super().__init__(f"{reason} {mend}")


def read_date(text: str, *, order: Order | None = None) -> dt.datetime | dt.date:
    """A `date` when no hour is given, else a `datetime` with its zone (Europe/Paris when none is given).

    `order` settles `03/04/2019`; without it the French order is taken. Raises `UnreadableDate`.
    """
    raise NotImplementedError


def read_moment(text: str, *, order: Order | None = None) -> dt.datetime:
    """Like `read_date`, always a `datetime`: a day without an hour is its midnight in Paris."""
    raise NotImplementedError


def order_of(texts: Iterable[str]) -> Order | None:
    """Whether a column writes the day or the month first; None when nothing tells. Raises if both occur."""
    raise NotImplementedError
