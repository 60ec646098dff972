from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from essor.common import clock
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.models import Registration
from essor.ground.gatherings.services import (
    cancel_gathering,
    count_attendance,
    plan_gathering,
    publish_minutes,
    write_minutes,
)
from tests.factories.gatherings import announced_meeting


@pytest.fixture
def visitor(client_of):
    return client_of(None)


def to(name, territory, *rest):
    return reverse(f"territory:{name}", args=[territory.slug, *rest])


def test_anybody_reads_a_meeting_its_agenda_its_minutes_and_who_came(visitor, alice, territory):
    meeting = announced_meeting(alice, territory, agenda=[("Accueil", 20), ("Paroles", None)])
    count_attendance(by=alice, gathering=meeting, counts={"citizen": 83})
    publish_minutes(
        by=alice, minutes=write_minutes(by=alice, gathering=meeting, body="## Le car\n\nIl manque.")
    )
    page = visitor.get(meeting.get_absolute_url()).content.decode()
    for words in ("Accueil", "Il manque.", "83", "salle des fêtes", "Garder une place"):
        assert words in page


def test_drafts_and_interviews_do_not_exist_for_visitors(visitor, alice, territory):
    starts = clock.now() + timedelta(days=1)
    for kind in (GatheringKind.WORKSHOP, GatheringKind.INTERVIEW):
        hidden = plan_gathering(
            by=alice, territory=territory, kind=kind, title=f"Caché {kind}", starts_at=starts,
            ends_at=starts + timedelta(hours=1),
        )  # fmt: skip
        assert visitor.get(to("gathering", territory, hidden.slug)).status_code == 404
        assert visitor.get(to("gathering_ics", territory, hidden.slug)).status_code == 404
        assert "Caché" not in visitor.get(to("gatherings", territory)).content.decode()
        assert "Caché" not in visitor.get(to("gatherings_ics", territory)).content.decode()


def test_draft_minutes_are_not_shown(visitor, alice, territory):
    meeting = announced_meeting(alice, territory)
    write_minutes(by=alice, gathering=meeting, body="Brouillon secret.")
    assert "Brouillon secret" not in visitor.get(meeting.get_absolute_url()).content.decode()


def test_a_visitor_keeps_a_place_reads_the_code_once_and_gives_it_back(
    visitor, alice, territory, django_capture_on_commit_callbacks
):
    meeting = announced_meeting(alice, territory, capacity=1)
    with django_capture_on_commit_callbacks(execute=True):
        answer = visitor.post(
            to("gathering_register", territory, meeting.slug),
            {"name": "Ana", "email": "ana@example.org"},
            follow=True,
        )
    page = answer.content.decode()
    assert "Votre place est gardée" in page
    assert len(mail.outbox) == 1
    code = visitor.session["registration_code"]
    assert code in page
    assert code in mail.outbox[0].body
    visitor.post(to("registration", territory))
    assert Registration.objects.get().state == "cancelled"


def test_the_code_never_stands_in_an_address(visitor, alice, territory):
    meeting = announced_meeting(alice, territory)
    answer = visitor.post(to("gathering_register", territory, meeting.slug), {"name": "Ana"})
    assert visitor.session["registration_code"] not in answer.url


def test_a_wrong_code_opens_nothing_and_trying_long_is_stopped(visitor, territory, monkeypatch):
    monkeypatch.setattr("essor.web.gatherings.places.HOURLY", 3)
    address = to("registration_code", territory)
    answers = [visitor.post(address, {"code": f"AAAA-BBBB-{n:04d}"}).content.decode() for n in range(5)]
    assert "aucune place" in answers[0]
    assert "Trop d’essais" in answers[-1]


def test_a_robot_that_fills_the_hidden_field_keeps_no_place(visitor, alice, territory):
    meeting = announced_meeting(alice, territory)
    visitor.post(to("gathering_register", territory, meeting.slug), {"name": "Robot", "website": "x"})
    assert not Registration.objects.exists()


def test_the_calendar_holds_the_meeting_and_says_when_it_is_cancelled(visitor, alice, territory):
    meeting = announced_meeting(alice, territory)
    cancel_gathering(by=alice, gathering=meeting, because="Neige")
    calendar = Calendar.from_ical(visitor.get(to("gatherings_ics", territory)).content)
    (event,) = calendar.walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["STATUS"])) == (meeting.title, "CANCELLED")
    assert event.decoded("DTSTART") == meeting.starts_at.replace(microsecond=0)
    assert "Neige" in visitor.get(meeting.get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", [3, 300])
def test_the_list_of_meetings_costs_the_same_at_any_size(
    visitor, alice, territory, number, django_assert_max_num_queries
):
    for n in range(number if number < 10 else 60):
        announced_meeting(alice, territory, title=f"Réunion {n}")
    with django_assert_max_num_queries(12):
        visitor.get(to("gatherings", territory))
    with django_assert_max_num_queries(14):
        visitor.get(to("gathering", territory, "reunion-0"))


@pytest.mark.parametrize(
    "name",
    ["atelier_gathering", "atelier_gathering_edit", "atelier_gathering_places", "atelier_minutes",
     "atelier_gathering_attendance", "atelier_gathering_cancel"],
)  # fmt: skip
def test_only_facilitators_run_meetings(client_of, alice, bilal, farid, territory, name):
    address = to(name, territory, announced_meeting(alice, territory).slug)
    assert client_of(alice).get(address).status_code == 200
    assert client_of(bilal).get(address).status_code == 403
    assert client_of(farid).get(address).status_code == 403
    assert client_of(None).get(address).status_code == 302


def test_a_facilitator_cannot_reach_another_territory_s_meeting_through_their_own(
    client_of, alice, farid, territory, other_territory
):
    meeting = announced_meeting(alice, territory)
    assert client_of(farid).get(to("atelier_gathering", other_territory, meeting.slug)).status_code == 404


def test_alice_prepares_announces_and_changes_a_meeting_and_the_registered_are_told(
    client_of, alice, territory, django_capture_on_commit_callbacks
):
    browser = client_of(alice)
    filled = {
        "kind": "public_meeting", "title": "Réunion du marché", "starts_at": "2031-03-03T19:00",
        "ends_at": "2031-03-03T21:00", "agenda": "20 Accueil\nParoles", "registration_open": "on",
    }  # fmt: skip
    browser.post(to("atelier_gathering_new", territory), filled)
    browser.post(to("atelier_gathering_announce", territory, "reunion-du-marche"))
    browser.post(to("gathering_register", territory, "reunion-du-marche"), {"name": "Alice"})
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(
            to("atelier_gathering_edit", territory, "reunion-du-marche"), {**filled, "place_name": "halle"}
        )
    assert "halle" in client_of(None).get(to("gathering", territory, "reunion-du-marche")).content.decode()
    assert ["a changé" in message.body for message in mail.outbox] == [True]


def test_each_is_told_of_a_cancelled_meeting_in_their_own_language(
    client_of, alice, bilal, territory, django_capture_on_commit_callbacks
):
    meeting = announced_meeting(alice, territory)
    bilal.language = "en"
    bilal.save()
    client_of(bilal).post(to("gathering_register", territory, meeting.slug), {"name": "Bilal"})
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client_of(alice).post(
            to("atelier_gathering_cancel", territory, meeting.slug), {"because": "salle inondée"}
        )
    assert "This gathering is cancelled: salle inondée" in mail.outbox[0].body


def test_an_end_before_the_start_is_said_beside_the_field(client_of, alice, territory):
    answer = client_of(alice).post(
        to("atelier_gathering_new", territory),
        {"kind": "workshop", "title": "X", "starts_at": "2031-03-03T19:00", "ends_at": "2031-03-03T18:00"},
    )
    assert "La fin doit venir après le début" in answer.content.decode()
