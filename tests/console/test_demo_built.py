"""The demonstration, once built: what somebody who opens it finds."""

import re
from collections import Counter

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
from essor.chain.projects.selectors.listing import late_milestones
from essor.console.demo import story as files
from essor.console.demo.cast import addresses, everybody
from essor.console.demo.command import demo
from essor.console.demo.wipe import NotOnlyTheDemo, check_only_the_demo
from essor.ground.directory.models import Actor
from essor.ground.gatherings.enums import GatheringKind, RegistrationState
from essor.ground.gatherings.models import Attendance, Gathering, Minutes, Registration
from essor.ground.ledger.models import Fact, Link
from essor.ground.notices.models import Notice
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DRAFTS = 4


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


def test_the_voices_are_there_from_the_three_channels(built):
    voices = Contribution.objects.in_territory(built)
    assert voices.count() >= 900
    assert set(voices.values_list("channel", flat=True)) == {"meeting", "interview", "online"}
    assert voices.exclude(theme=None).values("theme").distinct().count() >= 8


def test_ten_public_meetings_of_about_a_hundred_people_with_minutes(built):
    held = Gathering.objects.in_territory(built).filter(kind=GatheringKind.PUBLIC_MEETING, state="held")
    assert held.count() == 10
    for meeting in held:
        people = sum(Attendance.objects.filter(gathering=meeting).values_list("count", flat=True))
        assert 90 <= people <= 130
        assert meeting.agenda.count() >= 4
    assert Minutes.objects.filter(gathering__in=held, state="published").count() == 9


def test_a_hundred_interviews_each_with_a_consent(built):
    interviews = Gathering.objects.in_territory(built).interviews()
    assert interviews.count() == 100
    assert Consent.objects.filter(gathering__in=interviews).count() == 100
    unquoted = Contribution.objects.filter(speaker__consents__may_quote=False, channel="interview")
    assert unquoted.exists()
    assert set(unquoted.values_list("state", flat=True)) == {"private"}


def test_the_consultation_listens_today(built):
    assert is_listening(Consultation.objects.in_territory(built).get())


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


def test_most_voices_count_in_a_public_need(built):
    public = Need.objects.in_territory(built).public()
    counted = Evidence.objects.filter(need__in=public).values("contribution").distinct().count()
    assert counted / Contribution.objects.in_territory(built).count() >= 0.75


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


def test_the_engine_computed_the_synthesis_and_alice_took_it_in_hand(built):
    synthesis = Synthesis.objects.in_territory(built).get()
    assert synthesis.state == "ready"
    assert synthesis.voices_count >= 900
    assert synthesis.figures["coverage"] >= 0.9
    assert CurationStep.objects.filter(synthesis=synthesis).count() >= 20


def test_no_personal_datum_can_be_read_by_anybody(built):
    for voice in Contribution.objects.in_territory(built).public():
        assert not personal_data.find(voice.words), voice.pk
        assert "Potrel" not in voice.words


def test_the_moderator_still_has_something_to_do(built):
    voices = Contribution.objects.in_territory(built)
    assert voices.to_moderate().count() == 2
    assert voices.filter(state="hidden").count() == 3
    assert voices.filter(appeals__state="open").count() == 1
    assert voices.filter(reports__settled_at=None, reports__isnull=False).count() == 1


def test_a_meeting_to_come_is_full_and_two_others_have_places(built):
    to_come = Gathering.objects.in_territory(built).to_come()
    assert to_come.filter(registration_open=True).count() == 3
    waiting = Registration.objects.filter(gathering__in=to_come, state=RegistrationState.WAITING)
    assert waiting.values("gathering").distinct().count() == 1


def test_everybody_of_the_cast_can_sign_in_with_the_password_printed(built):
    password = files.story()["password"]
    for each in everybody():
        request = RequestFactory().post("/")
        person = authenticate(request, email=each["email"], password=password)
        assert person is not None, each["email"]
        validate_password(password, person)
    assert set(Person.objects.values_list("email", flat=True)) == addresses()


def test_farid_from_the_other_territory_does_not_enter_this_atelier(built):
    browser = Client()
    browser.force_login(Person.objects.get(email="farid@hautes-roches.example"))
    assert browser.get(reverse("territory:atelier", args=[built.slug])).status_code == 403
    assert browser.get(reverse("territory:atelier", args=["hautes-roches"])).status_code == 200


def test_what_happened_is_dated_of_its_own_time(built):
    facts = Fact.objects.in_territory(built)
    assert facts.filter(verb="territory.opened").get().at < facts.filter(verb="need.published").first().at
    days = {each.date() for each in Notice.objects.values_list("created_at", flat=True)}
    assert len(days) >= 4
    for meeting in Gathering.objects.in_territory(built).filter(state="held"):
        for voice in Contribution.objects.filter(gathering=meeting):
            assert meeting.starts_at <= voice.said_at <= meeting.ends_at


def test_building_it_again_changes_nothing(built, capsys):
    before = Fact.objects.count()
    assert demo(["build"]) == 0
    said = capsys.readouterr().out
    assert Fact.objects.count() == before
    assert "déjà" in said or "already" in said
    assert "alice@val-de-lume.example" in said


def test_starting_afresh_is_refused_when_somebody_else_is_there(built):
    check_only_the_demo()
    with transaction.atomic():
        Person.objects.create_user("quelquun@example.org", display_name="Quelqu’un")
        with pytest.raises(NotOnlyTheDemo, match=re.escape("quelquun@example.org")):
            check_only_the_demo()
        assert demo(["build", "--fresh"]) == 1
        transaction.set_rollback(True)


def test_the_second_half_is_as_rich_as_a_real_campaign(built):
    assert ProjectHolder.objects.in_territory(built).count() >= 35
    assert Project.objects.in_territory(built).public().count() >= 25
    assert Challenge.objects.in_territory(built).count() >= 8
    assert Alliance.objects.in_territory(built).count() >= 12
    assert Actor.objects.in_territory(built).listed().count() >= 60
    assert Match.objects.filter(run__territory=built).count() > 100


def test_each_public_project_and_alliance_leads_back_to_voices(built):
    for project in Project.objects.in_territory(built).public():
        assert project.answered.exists(), project
    for alliance in Alliance.objects.in_territory(built).public():
        links = Link.objects.standing().filter(result_type="alliances.alliance", result_id=alliance.pk)
        assert links.exists(), alliance


def test_a_challenge_ended_in_each_of_the_three_ways(built):
    endings = set(Challenge.objects.in_territory(built).values_list("ending", flat=True))
    assert endings >= {"projects", "no_project", "no_circle"}


def test_a_few_promises_are_late_and_each_says_why(built):
    late = late_milestones(built)
    assert 3 <= late.count() <= 5
    assert all(each.note for each in late)
