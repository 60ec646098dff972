"""Dates are read in the ways people write them, and refused rather than guessed."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.outside.dates import PARIS, UnreadableDate, order_of, read_date, read_moment

MOMENT = dt.datetime(2019, 1, 17, 9, 38, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2019-01-17 10:38:00 +0100", "2019-01-17T09:38:00Z", "2019-01-17T10:38", "2019-01-17 09:38:00 UTC",
        "2019-01-17T10:38:00.000+01:00", "17/01/2019 10:38", "17/01/2019 à 10h38", "jeudi 17 janvier 2019 à 10h38",
        "17.01.19 10:38", "1547717880", "1547717880000", "17/01/2019 10:38:00", "Jan 17, 2019 10:38 AM",
    ],
)  # fmt: skip
def test_the_same_moment_is_read_however_it_is_written(text):
    assert read_date(text) == MOMENT


@pytest.mark.parametrize(
    "text",
    ["2019-01-17", "17/01/2019", "17-01-2019", "17.01.19", "17 janvier 2019", "17 Janv. 2019", "2019/1/17", "43482", "20190117", "January 17, 2019", "\u00a017 janvier\u00a02019 "],
)  # fmt: skip
def test_a_day_without_an_hour_is_a_date(text):
    found = read_date(text)
    assert found == dt.date(2019, 1, 17)
    assert not isinstance(found, dt.datetime)


def test_a_moment_without_a_zone_is_in_paris_summer_and_winter():
    assert read_moment("01/07/2024 12:00").utcoffset() == dt.timedelta(hours=2)
    assert read_moment("1er août 2024").isoformat() == "2024-08-01T00:00:00+02:00"
    assert read_date("43482,5") == dt.datetime(2019, 1, 17, 12, 0, tzinfo=PARIS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hier",
        "31/02/2019",
        "2019-13-01",
        "17/01",
        "12",
        "99999999999999",
        "17 brumaire 2019",
        "17/01/2019 25:00",
        "17/01/2019 10:38 +9999",
        "17/01/2019 13:00 pm",
        "0000-01-01",
    ],
)
def test_what_is_not_a_date_is_refused_with_an_example(text):
    with pytest.raises(UnreadableDate) as caught:
        read_date(text)
    assert "17/01/2019" in caught.value.mend


def test_a_month_beyond_twelve_proposes_the_date_the_right_way_round():
    with pytest.raises(UnreadableDate, match="Écrivez 17/01/2019"):
        read_date("01/17/2019")
    assert read_date("01/17/2019", order="month_first") == dt.date(2019, 1, 17)


def test_a_column_tells_its_order_or_is_refused_when_it_mixes_both():
    assert order_of(["03/04/2019", "17/01/2019"]) == "day_first"
    assert order_of(["03/04/2019", "01/17/2019 10:00"]) == "month_first"
    assert order_of(["03/04/2019", "", "2019-01-17"]) is None
    with pytest.raises(UnreadableDate, match="01/17/2019"):
        order_of(["17/01/2019", "01/17/2019"])


@given(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2068, 12, 31), timezones=st.just(dt.UTC)))
def test_every_moment_written_in_iso_is_read_back(moment):
    assert read_date(moment.isoformat()) == moment
    day = moment.date()
    assert read_date(f"{day:%d/%m/%Y}") == read_date(f"{day:%m/%d/%y}", order="month_first") == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_is_refused(text):
    with contextlib.suppress(UnreadableDate):
        assert isinstance(read_date(text), dt.date)
