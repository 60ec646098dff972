"""Dates as people and programs write them, read without guessing in silence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Literal
from zoneinfo import ZoneInfo

from essor.common.text import plain
from essor.outside.words import gettext as _

Order = Literal["day_first", "month_first"]

PARIS = ZoneInfo("Europe/Paris")
_EXCEL_ORIGIN = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a serial has no zone; one is given afterwards
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = (
    r"(?:(?:[ t,]|,? a | at )\s*(?P<hour>\d{1,2})\s*(?::|h)\s*"
    r"(?:(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s*(?P<half>[ap]m)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_WEEKDAY = r"(?:(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?"
_ISO = re.compile(r"(?P<year>\d{4})(?P<s>[-/.])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})" + _TIME)
_NUMERIC = re.compile(
    _WEEKDAY + r"(?P<first>\d{1,2})(?P<s>[-/.])(?P<second_>\d{1,2})(?P=s)(?P<year>\d{4}|\d{2})" + _TIME
)
_WORDS = re.compile(
    _WEEKDAY + r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?[ -](?P<name>[a-z]{3,9})\.?[ -](?P<year>\d{4})" + _TIME
)
_ENGLISH = re.compile(
    _WEEKDAY + r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})" + _TIME
)
_NUMBER = re.compile(r"\d{4,16}(?:[.,]\d+)?")


class UnreadableDate(ValueError):
    """Not a date, or more than one: `reason` says why, `mend` what to write."""

    def __init__(self, reason: str, mend: str) -> None:
        self.reason = reason
        self.mend = mend
        super().__init__(f"{reason} {mend}")


def read_date(text: str, *, order: Order | None = None) -> dt.datetime | dt.date:
    """A `date` when no hour is given, else a `datetime` with its zone (Europe/Paris when none is given).

    `order` settles `03/04/2019`; without it the French order is taken. Raises `UnreadableDate`.

    >>> read_date("17 janvier 2019"), read_date("17.01.19"), read_date("43482")
    (datetime.date(2019, 1, 17), datetime.date(2019, 1, 17), datetime.date(2019, 1, 17))
    >>> read_date("2019-01-17 10:38:20 +0100").isoformat()
    '2019-01-17T10:38:20+01:00'
    """
    written = " ".join(plain(text).split())
    for pattern, reader in _READERS:
        found = pattern.fullmatch(written)
        if found:
            try:
                return reader(found, order)
            except (ValueError, OverflowError) as error:
                if isinstance(error, UnreadableDate):
                    raise
                raise _unreadable(text) from error
    raise _unreadable(text)


def read_moment(text: str, *, order: Order | None = None) -> dt.datetime:
    """Like `read_date`, always a `datetime`: a day without an hour is its midnight in Paris.

    >>> read_moment("17/01/2019").isoformat()
    '2019-01-17T00:00:00+01:00'
    """
    found = read_date(text, order=order)
    if isinstance(found, dt.datetime):
        return found
    return dt.datetime.combine(found, dt.time(), PARIS)


def order_of(texts: Iterable[str]) -> Order | None:
    """Whether a column writes the day or the month first; None when nothing tells. Raises if both occur.

    >>> order_of(["03/04/2019", "03/25/2019"])
    'month_first'
    """
    example: dict[Order, str] = {}
    for text in texts:
        found = _NUMERIC.fullmatch(" ".join(plain(text).split()))
        if not found:
            continue
        first, second = int(found["first"]), int(found["second_"])
        if first > 12 >= second:
            example.setdefault("day_first", text)
        elif second > 12 >= first:
            example.setdefault("month_first", text)
        if len(example) == 2:
            raise UnreadableDate(
                _("La colonne mêle jour/mois (« %(day_first)s ») et mois/jour (« %(month_first)s »).")
                % example,
                _("Écrivez toutes les dates de la même façon, par exemple 2019-01-17."),
            )
    return next(iter(example), None)


def _unreadable(text: str) -> UnreadableDate:
    shown = text if len(text) <= 40 else text[:40] + "…"
    return UnreadableDate(
        _("« %(text)s » n’est pas une date.") % {"text": shown},
        _("Écrivez le jour, le mois et l’année, par exemple 17/01/2019 ou 2019-01-17."),
    )


def _from_iso(found: re.Match[str], order: Order | None) -> dt.datetime | dt.date:
    return _with_time(dt.date(int(found["year"]), int(found["month"]), int(found["day"])), found)


def _from_numbers(found: re.Match[str], order: Order | None) -> dt.datetime | dt.date:
    day, month = int(found["first"]), int(found["second_"])
    if order == "month_first":
        day, month = month, day
    if month > 12 >= day:
        written = found.group(0)
        raise UnreadableDate(
            _("« %(text)s » n’a pas de mois possible : l’ordre du jour et du mois semble inversé.")
            % {"text": written},
            _("Écrivez %(mend)s.") % {"mend": f"{month:02d}/{day:02d}/{found['year']}"},
        )
    return _with_time(dt.date(_full_year(found["year"]), month, day), found)


def _from_words(found: re.Match[str], order: Order | None) -> dt.datetime | dt.date:
    month = _MONTHS.get(found["name"])
    if month is None:
        raise _unreadable(found.group(0))
    return _with_time(dt.date(int(found["year"]), month, int(found["day"])), found)


def _from_number(found: re.Match[str], order: Order | None) -> dt.datetime | dt.date:
    """Excel days since 1900, Unix seconds, or Unix milliseconds, told apart by their size."""
    number = float(found.group(0).replace(",", "."))
    if 20_000 <= number < 80_000:
        moment = _EXCEL_ORIGIN + dt.timedelta(seconds=round(number * 86_400))
        return moment.date() if number.is_integer() else moment.replace(tzinfo=PARIS)
    if 10**8 <= number < 10**10:
        return _EPOCH + dt.timedelta(seconds=number)
    if 10**11 <= number < 10**13:
        return _EPOCH + dt.timedelta(milliseconds=number)
    compact = found.group(0)
    if len(compact) == 8:
        return dt.date(int(compact[:4]), int(compact[4:6]), int(compact[6:]))
    raise _unreadable(compact)


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _with_time(day: dt.date, found: re.Match[str]) -> dt.datetime | dt.date:
    if found["hour"] is None:
        return day
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise _unreadable(found.group(0))
        hour = hour % 12 + (12 if found["half"] == "pm" else 0)
    fraction = (found["fraction"] or "0").ljust(6, "0")[:6]
    time = dt.time(hour, int(found["minute"] or 0), int(found["second"] or 0), int(fraction))
    return dt.datetime.combine(day, time, _zone(found["zone"]))


def _zone(text: str | None) -> dt.tzinfo:
    if not text:
        return PARIS
    if text in {"z", "utc", "gmt"}:
        return dt.UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    shift = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.timezone(-shift if text[0] == "-" else shift)


_READERS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], Order | None], dt.datetime | dt.date]], ...
] = (
    (_ISO, _from_iso),
    (_NUMERIC, _from_numbers),
    (_WORDS, _from_words),
    (_ENGLISH, _from_words),
    (_NUMBER, _from_number),
)
