"""When things happened. The files tell one year; the demonstration moves it by whole years of 52 weeks.

So days of the week and seasons stay true, and the last dated voice is always one month to thirteen
months old, whatever the day on which the demonstration is built.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection

from essor.common import clock

HERE: Final = ZoneInfo("Europe/Paris")
LAST_TOLD: Final = date(2026, 7, 1)  # after every date of the files
YEAR: Final = timedelta(weeks=52)
REST: Final = timedelta(days=30)


@dataclass(frozen=True)
class Timeline:
    """From the dates of the files to those of the demonstration."""

    now: datetime

    @property
    def today(self) -> date:
        """Today, there."""
        return self.now.astimezone(HERE).date()

    @property
    def shift(self) -> timedelta:
        """How far the year of the files is moved."""
        return YEAR * ((self.today - REST - LAST_TOLD) // YEAR)

    def day(self, written: str) -> date:
        """The day that a file writes ``2026-03-03``."""
        return date.fromisoformat(written) + self.shift

    def on(self, written: str, hour: int, minute: int = 0) -> datetime:
        """That day, at that hour on the wall there."""
        return datetime.combine(self.day(written), time(hour, minute), HERE)

    def moment(self, written: str) -> datetime:
        """The instant that a file writes with its offset; the hour on the wall is kept."""
        there = datetime.fromisoformat(written).astimezone(HERE)
        return self.on(there.date().isoformat(), there.hour, there.minute)

    def ago(self, days: float) -> datetime:
        """So many days before now."""
        return self.now - timedelta(days=days)

    def ahead(self, days: int, hour: int) -> datetime:
        """At that hour, at least so many days after today, and never on a Sunday or a Monday."""
        day = self.today + timedelta(days=days)
        while day.weekday() in (6, 0):
            day += timedelta(days=1)
        return datetime.combine(day, time(hour), HERE)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """What is done inside happens at that moment, and so does what follows from it once committed.

    The whole demonstration is one transaction; left alone, every notice would be dated of its end.
    """
    with clock.at(moment):
        yield
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for each in waiting:
            each[1]()  # (savepoints, what to do, whether a failure is forgiven)
