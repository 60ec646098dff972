"""How a day and an hour are read: 1er mars, 19 h 30 in French; 1 March, 19:30 in English."""

import re
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

NARROW = "\u202f"
_FIRST = re.compile(r"(?<!\d)1 (?=[^\W\d])")


def hour(moment: datetime) -> str:
    """The hour alone, in the reader's language and the site's time zone.

    >>> hour(datetime(2026, 3, 12, 19, 30)).replace(NARROW, "_")
    '19_h_30'
    """
    here = localtime(moment) if is_aware(moment) else moment
    if not _is_french():
        return f"{here:%H:%M}"
    minutes = f"{NARROW}{here:%M}" if here.minute else ""
    return f"{here.hour}{NARROW}h{minutes}"


def day(moment: date, form: str = "j F Y") -> str:
    """The day, written as Django's format says; the first of a month is “1er” in French.

    >>> day(date(2026, 12, 1))
    '1er décembre 2026'
    """
    here = localtime(moment) if isinstance(moment, datetime) and is_aware(moment) else moment
    written = date_format(here, form)
    return _FIRST.sub("1er ", written, count=1) if _is_french() else written


def day_and_hour(moment: datetime, form: str = "j F Y") -> str:
    """The day, written as Django's format says, then the hour.

    >>> day_and_hour(datetime(2026, 3, 12, 20), "j F").replace(NARROW, "_")
    '12 mars, 20_h'
    """
    here = localtime(moment) if is_aware(moment) else moment
    return f"{day(here, form)}, {hour(here)}"


def _is_french() -> bool:
    return (get_language() or "fr").startswith("fr")
