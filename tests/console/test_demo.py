"""The demonstration: its files, and what somebody who opens it finds."""

import re
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from essor.chain.alliances.models import Alliance
from essor.chain.challenges.models import Challenge
from essor.chain.holders.models import ProjectHolder
from essor.chain.listening import personal_data
from essor.chain.listening.models import Consent, Consultation, Contribution
from essor.chain.listening.policies import is_listening
from essor.chain.matches.models import Match
from essor.chain.needs.enums import NeedState
from essor.chain.needs.models import CurationStep, Evidence, Need, Synthesis
from essor.chain.projects.models import Project
from essor.console.demo import story as files
from essor.console.demo.cast import addresses, everybody
from essor.console.demo.command import demo
from essor.console.demo.timeline import LAST_TOLD, Timeline
from essor.console.demo.wipe import NotOnlyTheDemo, check_only_the_demo
from essor.ground.directory.models import Actor
from essor.ground.gatherings.enums import GatheringKind, RegistrationState
from essor.ground.gatherings.models import Attendance, Gathering, Minutes, Registration
from essor.ground.ledger.models import Fact, Link
from essor.ground.notices.models import Notice
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

VOICES = ("meetings", "interviews", "online")
DRAFTS = 4


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


# What one finds. It is built once for all these tests.


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The demonstration, built by its command; undone with the transaction when these tests end."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            assert demo(["build"]) == 0
            yield Territory.objects.get(slug="val-de-lume")
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.mark.slow
def test_the_voices_are_there_from_the_three_channels(built):
    voices = Contribution.objects.in_territory(built)
    assert voices.count() >= 900
    assert set(voices.values_list("channel", flat=True)) == {"meeting", "interview", "online"}
    assert voices.exclude(theme=None).values("theme").distinct().count() >= 8


@pytest.mark.slow
def test_ten_public_meetings_of_about_a_hundred_people_with_minutes(built):
    held = Gathering.objects.in_territory(built).filter(kind=GatheringKind.PUBLIC_MEETING, state="held")
    assert held.count() == 10
    for meeting in held:
        people = sum(Attendance.objects.filter(gathering=meeting).values_list("count", flat=True))
        assert 90 <= people <= 130
        assert meeting.agenda.count() >= 4
    assert Minutes.objects.filter(gathering__in=held, state="published").count() == 9


@pytest.mark.slow
def test_a_hundred_interviews_each_with_a_consent(built):
    interviews = Gathering.objects.in_territory(built).interviews()
    assert interviews.count() == 100
    assert Consent.objects.filter(gathering__in=interviews).count() == 100
    unquoted = Contribution.objects.filter(speaker__consents__may_quote=False, channel="interview")
    assert unquoted.exists()
    assert set(unquoted.values_list("state", flat=True)) == {"private"}


@pytest.mark.slow
def test_the_consultation_listens_today(built):
    assert is_listening(Consultation.objects.in_territory(built).get())


@pytest.mark.slow
def test_needs_are_published_in_the_three_states_with_their_figures(built):
    needs = Need.objects.in_territory(built)
    states = Counter(needs.values_list("state", flat=True))
    assert states[NeedState.TO_COVER] >= 4  # nobody answers them yet
    assert states[NeedState.BEING_ANSWERED] >= 30
    assert states[NeedState.COVERED] == 2
    assert states[NeedState.DRAFT] == DRAFTS
    for need in needs.public():
        assert need.people_count >= 2
        assert Evidence.objects.filter(need=need, is_quote=True).count() >= 3
    assert needs.public().filter(contrary_count__gt=0).count() >= 10
    assert needs.public().filter(concerned_count__gt=0).count() >= 20


@pytest.mark.slow
def test_most_voices_count_in_a_public_need(built):
    public = Need.objects.in_territory(built).public()
    counted = Evidence.objects.filter(need__in=public).values("contribution").distinct().count()
    assert counted / Contribution.objects.in_territory(built).count() >= 0.75


@pytest.mark.slow
def test_the_thread_leads_from_a_voice_to_its_need_and_back(built):
    need = Need.objects.in_territory(built).get(slug="se-soigner-sans-faire-quarante-kilometres")
    voice = Contribution.objects.get(words__startswith="Il faut faire quarante kilomètres pour voir")
    assert Link.objects.standing().filter(source_id=voice.pk, result_id=need.pk).exists()
    visitor = Client()
    for kind, pk, wanted in (
        ("voix", voice.pk, need.get_absolute_url()),
        ("besoin", need.pk, reverse("territory:thread", args=[built.slug, "rencontre", voice.gathering_id])),
    ):
        page = visitor.get(reverse("territory:thread", args=[built.slug, kind, pk]))
        assert page.status_code == 200
        assert wanted.split("/t/")[1] in page.content.decode() or kind == "besoin"


@pytest.mark.slow
def test_the_engine_computed_the_synthesis_and_alice_took_it_in_hand(built):
    synthesis = Synthesis.objects.in_territory(built).get()
    assert synthesis.state == "ready"
    assert synthesis.voices_count >= 900
    assert synthesis.figures["coverage"] >= 0.9
    assert CurationStep.objects.filter(synthesis=synthesis).count() >= 20


@pytest.mark.slow
def test_no_personal_datum_can_be_read_by_anybody(built):
    for voice in Contribution.objects.in_territory(built).public():
        assert not personal_data.find(voice.words), voice.pk
        assert "Potrel" not in voice.words


@pytest.mark.slow
def test_the_moderator_still_has_something_to_do(built):
    voices = Contribution.objects.in_territory(built)
    assert voices.to_moderate().count() == 2
    assert voices.filter(state="hidden").count() == 3
    assert voices.filter(appeals__state="open").count() == 1
    assert voices.filter(reports__settled_at=None, reports__isnull=False).count() == 1


@pytest.mark.slow
def test_a_meeting_to_come_is_full_and_two_others_have_places(built):
    to_come = Gathering.objects.in_territory(built).to_come()
    assert to_come.filter(registration_open=True).count() == 3
    waiting = Registration.objects.filter(gathering__in=to_come, state=RegistrationState.WAITING)
    assert waiting.values("gathering").distinct().count() == 1


@pytest.mark.slow
def test_everybody_of_the_cast_can_sign_in_with_the_password_printed(built):
    password = files.story()["password"]
    for each in everybody():
        request = RequestFactory().post("/")
        person = authenticate(request, email=each["email"], password=password)
        assert person is not None, each["email"]
        validate_password(password, person)
    assert set(Person.objects.values_list("email", flat=True)) == addresses()


@pytest.mark.slow
def test_farid_from_the_other_territory_does_not_enter_this_atelier(built):
    browser = Client()
    browser.force_login(Person.objects.get(email="farid@hautes-roches.example"))
    assert browser.get(reverse("territory:atelier", args=[built.slug])).status_code == 403
    assert browser.get(reverse("territory:atelier", args=["hautes-roches"])).status_code == 200


@pytest.mark.slow
def test_what_happened_is_dated_of_its_own_time(built):
    facts = Fact.objects.in_territory(built)
    assert facts.filter(verb="territory.opened").get().at < facts.filter(verb="need.published").first().at
    days = {each.date() for each in Notice.objects.values_list("created_at", flat=True)}
    assert len(days) >= 4
    for meeting in Gathering.objects.in_territory(built).filter(state="held"):
        for voice in Contribution.objects.filter(gathering=meeting):
            assert meeting.starts_at <= voice.said_at <= meeting.ends_at


@pytest.mark.slow
def test_building_it_again_changes_nothing(built, capsys):
    before = Fact.objects.count()
    assert demo(["build"]) == 0
    said = capsys.readouterr().out
    assert Fact.objects.count() == before
    assert "déjà" in said or "already" in said
    assert "alice@val-de-lume.example" in said


@pytest.mark.slow
def test_starting_afresh_is_refused_when_somebody_else_is_there(built):
    check_only_the_demo()
    with transaction.atomic():
        Person.objects.create_user("quelquun@example.org", display_name="Quelqu’un")
        with pytest.raises(NotOnlyTheDemo, match=re.escape("quelquun@example.org")):
            check_only_the_demo()
        assert demo(["build", "--fresh"]) == 1
        transaction.set_rollback(True)


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


@pytest.mark.slow
def test_the_second_half_is_as_rich_as_a_real_campaign(built):
    assert ProjectHolder.objects.in_territory(built).count() >= 35
    assert Project.objects.in_territory(built).public().count() >= 25
    assert Challenge.objects.in_territory(built).count() >= 8
    assert Alliance.objects.in_territory(built).count() >= 12
    assert Actor.objects.in_territory(built).listed().count() >= 60
    assert Match.objects.filter(run__territory=built).count() > 100


@pytest.mark.slow
def test_each_public_project_and_alliance_leads_back_to_voices(built):
    for project in Project.objects.in_territory(built).public():
        assert project.answered.exists(), project
    for alliance in Alliance.objects.in_territory(built).public():
        links = Link.objects.standing().filter(result_type="alliances.alliance", result_id=alliance.pk)
        assert links.exists(), alliance


@pytest.mark.slow
def test_a_challenge_ended_in_each_of_the_three_ways(built):
    endings = set(Challenge.objects.in_territory(built).values_list("ending", flat=True))
    assert endings >= {"projects", "no_project", "no_circle"}
