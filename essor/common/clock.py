"""The only place that reads the time, so that tests can stop it."""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("moment told to the clock", default=None)


def now() -> datetime:
    """The present moment, timezone-aware."""
    return _told.get() or timezone.now()


def today() -> date:
    """Today in the current time zone (the territory's, once a page is being served)."""
    return timezone.localdate(now())


def months_after(day: date, months: int) -> date:
    """The same day so many months later (or earlier); the last day of a month that is too short.

    >>> months_after(date(2026, 1, 31), 1), months_after(date(2026, 3, 15), -24)
    (datetime.date(2026, 2, 28), datetime.date(2024, 3, 15))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """What is done inside happens at this moment. For the demonstration only, whose past must be dated.

    Only this thread (or task) sees it, and the right time comes back whatever happens inside.
    """
    if timezone.is_naive(moment):
        raise ValueError(f"{moment} has no time zone: the clock would not know when that is")
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
