"""The demonstration: its files, and what somebody who opens it finds."""

import unicodedata
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from essor.console.demo import story as files
from essor.console.demo.command import demo
from essor.console.demo.timeline import LAST_TOLD, Timeline
from essor.ground.ledger.models import Fact
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

VOICES = ("meetings", "interviews", "online")


# The files.


def test_there_are_at_least_nine_hundred_voices_on_at_least_eight_themes():
    told = [row for name in VOICES for row in files.rows(f"voices_{name}")]
    assert len(told) >= 900
    assert len({row["theme"] for row in told} - {""}) >= 8


def test_nobody_in_the_files_says_the_words_of_another():
    words = Counter(row["words"] for name in VOICES for row in files.rows(f"voices_{name}"))
    repeated = {text: count for text, count in words.items() if count > 1 and len(text) > 40}
    assert not repeated


def test_every_text_is_composed():
    for path in files.HERE.glob("*.[cjt][sx]*"):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name


def test_every_piece_of_evidence_names_a_voice_and_a_need_that_exist():
    known = {
        f"{name}:{number}"
        for name in VOICES
        for number, _row in enumerate(files.rows(f"voices_{name}"), start=1)
    }
    needs = {each.key for each in files.needs()}
    told = files.evidence()
    assert {each.voice for each in told} <= known
    assert {each.need for each in told} == needs
    assert {each.stance for each in told} == {"supports", "contrary"}
    assert max(Counter((each.voice, each.need) for each in told).values()) == 1


def test_three_voices_in_four_speak_for_a_need_and_some_honestly_for_none():
    total = sum(len(files.rows(f"voices_{name}")) for name in VOICES)
    share = len({each.voice for each in files.evidence()}) / total
    assert 0.75 <= share <= 0.95


def test_each_need_has_three_to_five_quotes_in_order_and_a_short_statement():
    for need in files.needs():
        ranks = sorted(each.quote for each in files.evidence() if each.need == need.key and each.quote)
        assert ranks == list(range(1, len(ranks) + 1)), need.key
        assert 3 <= len(ranks) <= 5, need.key
        assert len(need.statement) <= 90, need.key


def test_a_need_against_which_somebody_speaks_shows_one_of_them():
    told = files.evidence()
    for need in {each.need for each in told if each.stance == "contrary"}:
        against = [each for each in told if each.need == need and each.stance == "contrary"]
        if len(against) > 1:
            assert any(each.quote for each in against), need


def test_the_communes_named_are_on_the_map():
    known = {each["name"] for each in files.map_of_the_val()["communes"]}
    named = {name for need in files.needs() for name in need.communes}
    named |= {row["commune"] for row in files.rows("meetings")}
    assert named <= known


# The timeline.


@pytest.mark.parametrize("day", ["2025-01-15", "2026-07-31", "2026-11-23", "2027-07-01", "2031-12-25"])
def test_the_last_dated_voice_is_one_to_thirteen_months_old_whatever_the_day(day):
    time = Timeline(datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC))
    age = time.today - time.day(LAST_TOLD.isoformat())
    assert timedelta(days=30) <= age < timedelta(days=30 + 364)


def test_a_meeting_keeps_its_day_of_the_week_and_its_hour():
    time = Timeline(datetime(2029, 5, 4, 8, tzinfo=UTC))
    moved = time.moment("2026-03-03T19:00:00+01:00")
    assert (moved.weekday(), moved.hour) == (date(2026, 3, 3).weekday(), 19)


# The command.


@pytest.mark.django_db
def test_asking_who_is_who_before_it_is_built_says_what_to_do(capsys):
    assert demo(["who"]) == 1
    assert "essor demo build" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_failure_half_way_leaves_nothing(monkeypatch):
    def fail(scene):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr("essor.console.demo.build.hold_the_meetings", fail)
    with pytest.raises(RuntimeError, match="lights"):
        demo(["build"])
    assert not Territory.objects.exists()
    assert not Person.objects.exists()
    assert not Fact.objects.exists()
