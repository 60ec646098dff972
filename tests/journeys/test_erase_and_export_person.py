"""Taking one's data away, and erasing one's account."""

import json
from datetime import timedelta

import pytest

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution, Speaker
from essor.common import clock
from essor.ground.gatherings.enums import RegistrationState
from essor.ground.gatherings.models import Gathering, Registration
from essor.ground.ledger.models import Fact
from essor.ground.notices.models import Notice
from essor.ground.notices.services import tell
from essor.ground.people.models import Membership
from essor.ground.people.services.memberships import LastAdministrator
from essor.journeys.erase_person import erase_person
from essor.journeys.export_person import export_person

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
