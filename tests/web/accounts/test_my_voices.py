"""My voices, what became of each, and an invitation opened from its mail."""

import pytest

from essor.chain.listening.models import Contribution, Speaker
from essor.chain.needs.models import Need
from essor.common import clock
from essor.ground.ledger.enums import LinkKind
from essor.ground.ledger.services import link
from essor.ground.people import policies
from essor.ground.people.enums import Role
from essor.ground.people.services.invitations import invite
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def give_voices(person, territory, count):
    now = clock.now()
    speaker = Speaker.objects.create(territory=territory, person=person, created_at=now)
    return [
        Contribution.objects.create(
            territory=territory,
            speaker=speaker,
            words=f"Parole {n}",
            channel="online",
            said_at=now,
            created_at=now,
        )
        for n in range(count)
    ]


def need(territory, slug, state="to_cover"):
    now = clock.now()
    return Need.objects.create(
        territory=territory,
        statement=f"Besoin {slug}",
        slug=slug,
        state=state,
        created_at=now,
        changed_at=now,
    )


def test_each_voice_tells_the_public_needs_it_supports_or_nuances(client_of, alice, bilal, territory):
    first, second = give_voices(bilal, territory, 2)
    for source, result, kind in (
        (first, need(territory, "bus"), LinkKind.SUPPORTS),
        (first, need(territory, "train"), LinkKind.NUANCES),
        (second, need(territory, "cache", "draft"), LinkKind.SUPPORTS),
    ):
        link(by=alice, territory=territory, source=source, result=result, kind=kind)
    page = client_of(bilal).get("/compte/mes-voix/")
    became = {each.voice: each for each in page.context["voices"]}
    assert [str(each) for each in became[first].supports] == ["Besoin bus"]
    assert [str(each) for each in became[first].nuances] == ["Besoin train"]
    assert became[second].supports == ()
    assert "Besoin bus" in page.content.decode()


def test_nobody_sees_the_voices_of_somebody_else(client_of, bilal, farid, territory):
    give_voices(bilal, territory, 1)
    assert "Parole 0" not in client_of(farid).get("/compte/mes-voix/").content.decode()


@pytest.mark.parametrize("count", [3, 40])
def test_my_voices_cost_the_same_whatever_their_number(
    client_of, bilal, territory, count, django_assert_max_num_queries
):
    give_voices(bilal, territory, count)
    browser = client_of(bilal)
    with django_assert_max_num_queries(12):
        assert browser.get("/compte/mes-voix/").status_code == 200


def test_an_invitation_is_read_by_anyone_who_has_it_and_accepted_by_whom_it_was_sent_to(
    client, client_of, elise, farid, territory
):
    nadia = PersonFactory(email="nadia@example.org")
    _invitation, secret = invite(by=elise, territory=territory, email=nadia.email, role=Role.MODERATOR)
    url = f"/compte/invitation/{secret}/"
    assert "Rejoindre Val-de-Lume" in client.get(url).content.decode()
    client.post(url)
    client_of(farid).post(url)
    assert not policies.can_take_part(farid, territory)
    client_of(nadia).post(url)
    assert policies.can_moderate(nadia, territory)
    assert client.get(url).status_code == 410


def test_an_invitation_that_never_was_says_so(client, db):
    page = client.get("/compte/invitation/n-importe-quoi/")
    assert page.status_code == 410
    assert "plus valable" in page.content.decode()
