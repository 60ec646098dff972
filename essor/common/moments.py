"""How the hour of a moment is read: 19 h 30 or 20 h in French, 19:30 in English."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

NARROW = "\u202f"


def hour(moment: datetime) -> str:
    """The hour alone, in the reader's language and the site's time zone.

    >>> hour(datetime(2026, 3, 12, 19, 30)).replace(NARROW, "_")
    '19_h_30'
    """
    here = localtime(moment) if is_aware(moment) else moment
    if not (get_language() or "fr").startswith("fr"):
        return f"{here:%H:%M}"
    minutes = f"{NARROW}{here:%M}" if here.minute else ""
    return f"{here.hour}{NARROW}h{minutes}"


def day_and_hour(moment: datetime, day: str = "j F Y") -> str:
    """The day, written as Django's format says, then the hour.

    >>> day_and_hour(datetime(2026, 3, 12, 20), "j F").replace(NARROW, "_")
    '12 mars, 20_h'
    """
    here = localtime(moment) if is_aware(moment) else moment
    return f"{date_format(here, day)}, {hour(here)}"
