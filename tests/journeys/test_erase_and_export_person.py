"""Taking one's data away, and erasing one's account."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution, Speaker
from essor.chain.listening.services.care import appeal, hide_voice, report_voice
from essor.common import clock
from essor.ground.gatherings.enums import RegistrationState
from essor.ground.gatherings.models import Gathering, Registration
from essor.ground.gatherings.services import register
from essor.ground.ledger.models import Fact
from essor.ground.notices.models import Notice
from essor.ground.notices.services import tell
from essor.ground.people.models import Membership
from essor.ground.people.services.memberships import LastAdministrator
from essor.journeys.erase_person import erase_person
from essor.journeys.export_person import export_person
from tests.factories.gatherings import announced_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaking(bilal, territory):
    """Bilal gave a voice under his name, keeps a place at a meeting and was told something."""
    now = clock.now()
    speaker = Speaker.objects.create(territory=territory, person=bilal, pseudonym="Bilal", created_at=now)
    Contribution.objects.create(
        territory=territory, speaker=speaker, words="Un bus le soir", channel="online", said_at=now,
        created_at=now,
    )  # fmt: skip
    meeting = Gathering.objects.create(
        territory=territory, kind="public_meeting", state="announced", title="Réunion", slug="reunion",
        starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2),
        created_at=now, changed_at=now,
    )  # fmt: skip
    Registration.objects.create(
        gathering=meeting, person=bilal, name="Bilal", email="bilal@example.org", digest="d", created_at=now,
        state=RegistrationState.CONFIRMED,
    )  # fmt: skip
    tell(persons=[bilal], territory=territory, kind="needs", text="Un besoin", url="/", group_key="n")
    return bilal


def everything_kept():
    """Every text of the tables that could name somebody."""
    tables = [Speaker, Registration, Notice, Fact, Membership]
    return json.dumps([list(table.objects.values()) for table in tables], default=str)


def test_everything_about_a_person_is_in_their_file(speaking):
    data = export_person(person=speaking)
    assert data["account"]["email"] == "bilal@example.org"
    assert [each["words"] for each in data["voices"]] == ["Un bus le soir"]
    assert data["registrations"][0]["gathering_title"] == "Réunion"
    assert data["notices"][0]["text"] == "Un besoin"
    assert data["memberships"][0]["territory_name"] == "Val-de-Lume"
    assert json.loads(json.dumps(data)) == data


def test_a_file_holds_nothing_of_others_and_no_secret(speaking, chloe):
    text = json.dumps(export_person(person=chloe))
    assert "bus" not in text
    assert "argon2" not in json.dumps(export_person(person=speaking))
    assert "md5" not in json.dumps(export_person(person=speaking))


def test_voices_kept_stay_under_a_pseudonym_that_leads_to_nobody(speaking):
    assert erase_person(person=speaking, erase_voices=False) == 0
    voice = Contribution.objects.select_related("speaker").get()
    assert (voice.words, voice.state) == ("Un bus le soir", VoiceState.PUBLISHED)
    assert voice.speaker.person is None
    assert "bilal" not in everything_kept().lower()
    assert Registration.objects.get().state == RegistrationState.CANCELLED


def test_voices_erased_leave_no_word(speaking):
    assert erase_person(person=speaking, erase_voices=True) == 1
    voice = Contribution.objects.get()
    assert (voice.words, voice.state) == ("", VoiceState.ERASED)
    assert Fact.objects.filter(verb="person.erased").get().data == {"voices_erased": 1}


def test_the_last_administrator_of_others_hands_over_first(elise, bilal):
    with pytest.raises(LastAdministrator, match="Val-de-Lume"):
        erase_person(person=elise, erase_voices=False)
    elise.refresh_from_db()
    assert elise.erased_at is None


def test_somebody_alone_in_their_territory_may_be_erased(elise):
    erase_person(person=elise, erase_voices=False)
    assert elise.erased_at is not None


def test_places_kept_as_a_visitor_under_the_same_address_are_theirs_too(speaking, alice, chloe, territory):
    EmailAddress.objects.create(user=speaking, email="bilal@example.org", verified=True, primary=True)
    meeting = announced_meeting(alice, territory)
    register(gathering=meeting, name="Bilal", email="Bilal@Example.org", needs_help_with="boucle")
    register(gathering=meeting, name="Chloé", email="chloe@example.org")
    titles = [each["gathering_title"] for each in export_person(person=speaking)["registrations"]]
    assert sorted(titles) == ["Réunion", "Réunion de Brécourt"]
    erase_person(person=speaking, erase_voices=False)
    assert "bilal" not in everything_kept().lower()
    assert "boucle" not in everything_kept()
    assert meeting.registrations.confirmed().get().name == "Chloé"


def test_an_address_that_was_not_proved_gives_no_place_of_others(speaking, alice, territory):
    EmailAddress.objects.create(user=speaking, email="chloe@example.org", verified=False, primary=False)
    meeting = announced_meeting(alice, territory)
    register(gathering=meeting, name="Chloé", email="chloe@example.org")
    assert "Chloé" not in json.dumps(export_person(person=speaking), ensure_ascii=False)
    erase_person(person=speaking, erase_voices=False)
    assert meeting.registrations.confirmed().get().name == "Chloé"


def test_the_first_of_the_waiting_list_learns_that_a_place_is_free(
    speaking, territory, django_capture_on_commit_callbacks
):
    meeting = Gathering.objects.get()
    Gathering.objects.update(capacity=1, registration_open=True)
    register(gathering=meeting, name="Chloé", email="chloe@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=speaking, erase_voices=False)
    assert [letter.to for letter in mail.outbox] == [["chloe@example.org"]]


def test_what_was_decided_about_a_voice_and_what_one_reported_are_in_the_file(speaking, alice, territory):
    voice = Contribution.objects.get()
    report_voice(
        contribution=voice, reason="advert", comment="Une réclame", by=speaking, reporter_digest="x" * 64
    )
    hide_voice(contribution=voice, by=alice, reason="insult", explanation="Ce mot blesse.")
    appeal(contribution=voice, words="Je maintiens.", by=speaking)
    data = export_person(person=speaking)
    assert data["reports"][0]["comment"] == "Une réclame"
    assert data["voices"][0]["decisions"][0]["explanation"] == "Ce mot blesse."
    assert data["voices"][0]["appeals"][0]["words"] == "Je maintiens."
    assert "Alice" not in json.dumps(data, ensure_ascii=False)
