"""Somebody who spoke without an account finds their voices when they open one."""

import pytest
from django.core.signing import get_cookie_signer

from essor.chain.listening.models import Contribution, Speaker
from essor.chain.needs.models import Concern, Need
from essor.common import clock
from essor.common.codes import digest
from essor.ground.ledger.models import Fact
from essor.ground.people.services.accounts import open_account
from essor.journeys.claim_guest_voices import claim_guest_voices
from essor.web.guests import COOKIE, SALT
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db


def speaker(territory, **more):
    return Speaker.objects.create(territory=territory, created_at=clock.now(), **more)


def voice(speaker, words="Un bus le soir"):
    now = clock.now()
    return Contribution.objects.create(
        territory=speaker.territory,
        speaker=speaker,
        words=words,
        channel="online",
        said_at=now,
        created_at=now,
    )


def need(territory, slug="bus"):
    now = clock.now()
    return Need.objects.create(
        territory=territory, statement="Un bus", slug=slug, state="to_cover", created_at=now, changed_at=now
    )


@pytest.fixture
def guest(territory):
    return speaker(territory, guest_digest=digest("secret", "guest"))


def test_a_guest_becomes_the_person_and_the_secret_opens_nothing_more(guest, bilal, territory):
    mine = voice(guest)
    assert claim_guest_voices(bilal, "secret") == 1
    guest.refresh_from_db()
    assert (guest.person, guest.guest_digest) == (bilal, None)
    assert mine.speaker == guest
    assert Fact.objects.filter(verb="voice.claimed").get().data == {"voices": 1}
    assert claim_guest_voices(bilal, "secret") == 0


def test_somebody_who_already_speaks_there_counts_once(guest, bilal, territory):
    own = speaker(territory, person=bilal)
    voice(own)
    mine = voice(guest)
    both, only_guest = need(territory), need(territory, "train")
    for each, who in ((both, own), (both, guest), (only_guest, guest)):
        Concern.objects.create(need=each, speaker=who, at=clock.now())
    assert claim_guest_voices(bilal, "secret") == 1
    mine.refresh_from_db()
    assert mine.speaker == own
    assert not Speaker.objects.filter(pk=guest.pk).exists()
    assert Concern.objects.filter(speaker=own).count() == 2
    both.refresh_from_db()
    assert both.concerned_count == 1


def test_the_voices_of_two_territories_are_both_found(guest, bilal, other_territory):
    voice(guest)
    voice(speaker(other_territory, guest_digest=digest("secret", "guest")))
    assert claim_guest_voices(bilal, "secret") == 2


def test_another_secret_or_none_gives_nothing(guest, bilal):
    voice(guest)
    assert claim_guest_voices(bilal, "autre") == 0
    assert claim_guest_voices(bilal, "") == 0
    assert not Fact.objects.exists()


def test_signing_in_from_the_browser_that_spoke_claims_the_voices(guest, client):
    voice(guest)
    nadia = open_account(email="nadia@example.org", password=PASSWORD)
    client.cookies[COOKIE] = get_cookie_signer(salt=COOKIE + SALT).sign("secret")
    answer = client.post("/compte/login/", {"login": nadia.email, "password": PASSWORD})
    guest.refresh_from_db()
    assert guest.person == nadia
    assert answer.cookies[COOKIE].value == ""
