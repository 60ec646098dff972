"""Hours are read the French way in French, on twenty-four hours in English."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from essor.common import moments
from essor.common.moments import NARROW

EVENING = datetime(2026, 3, 12, 18, 30, tzinfo=UTC)
EIGHT = datetime(2026, 7, 1, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "moment", "read"),
    [
        ("fr", EVENING, f"19{NARROW}h{NARROW}30"),
        ("fr", EIGHT, f"20{NARROW}h"),
        ("en", EVENING, "19:30"),
        ("en", EIGHT, "20:00"),
    ],
)
def test_the_hour_is_read_in_paris_and_in_the_language_of_the_reader(language, moment, read):
    with translation.override(language):
        assert moments.hour(moment) == read


def test_the_day_goes_before_the_hour():
    with translation.override("fr"):
        assert moments.day_and_hour(EVENING, "l j F Y") == f"jeudi 12 mars 2026, 19{NARROW}h{NARROW}30"
    with translation.override("en"):
        assert moments.day_and_hour(EVENING, "l j F Y") == "Thursday 12 March 2026, 19:30"


def test_english_dates_are_british():
    with translation.override("en"):
        assert date_format(EVENING) == "12 March 2026"
