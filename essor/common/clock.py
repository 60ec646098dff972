"""The only place that reads the time, so that tests can stop it."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, timezone-aware."""
    return timezone.now()


def today() -> date:
    """Today in the current time zone (the territory's, once a page is being served)."""
    return timezone.localdate()
