"""Somebody who says no to a draft they may no longer read is led to a page that is theirs."""

from django.urls import reverse

from tests.factories.chain import AllianceMemberFactory, PersonActorFactory, PublicAllianceFactory


def test_who_declines_a_draft_reads_their_alliances_and_not_a_missing_page(territory, bilal, client_of):
    draft = PublicAllianceFactory(territory=territory, published_at=None)
    card = PersonActorFactory(territory=territory, person=bilal)
    seat = AllianceMemberFactory(alliance=draft, actor=card, state="invited")
    address = reverse("territory:alliance_answer", args=[territory.slug, draft.slug, seat.pk])
    answer = client_of(bilal).post(address, {"no": "1"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("territory:alliances_mine", args=[territory.slug])
    assert answer.status_code == 200
    assert "C’est dit" in answer.content.decode()
    seat.refresh_from_db()
    assert seat.state == "declined"


def test_reasons_for_leaving_are_read_at_the_table_only(territory, bilal, alice, client, client_of):
    found = PublicAllianceFactory(territory=territory)
    AllianceMemberFactory(alliance=found, state="left", left_because="Un différend avec la mairie.")
    address = reverse("territory:alliance", args=[territory.slug, found.slug])
    assert "Un différend" not in client.get(address).content.decode()
    assert "Un différend" in client_of(alice).get(address).content.decode()
