"""The directory for everybody: list, card, map and network, with few actors and with two thousand."""

import re

import pytest

from essor.chain.alliances.enums import MemberState
from essor.chain.alliances.models import Alliance, AllianceMember
from essor.common import clock
from essor.common.text import search_text
from essor.ground.directory.enums import ActorState
from essor.ground.directory.models import Actor, ActorTheme, Resource
from essor.ground.directory.services.merges import merge_actors, undo_merge
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Organisation
from essor.ground.territories.models import PerimeterCommune, Theme
from tests.factories.chain import (
    AllianceMemberFactory,
    OrganisationActorFactory,
    PersonActorFactory,
    PublicAllianceFactory,
)

HOME = "/t/val-de-lume/acteurs/"
MANY = 2000
FAMILIES = [each for each in StakeholderFamily.values if each != "citizen"]


@pytest.fixture
def crowd(territory):
    """Two thousand listed organisations in five families, twelve communes, with themes and offers."""
    codes = [f"997{n:02}" for n in range(12)]
    PerimeterCommune.objects.bulk_create(
        PerimeterCommune(
            territory=territory, code=code, name=f"Commune {code}", latitude=47.0 + n / 20, longitude=3.4
        )
        for n, code in enumerate(codes)
    )
    theme = Theme.objects.create(territory=territory, name="Eau", slug="eau")
    now = clock.now()
    made = Organisation.objects.bulk_create(
        Organisation(territory=territory, name=f"Acteur {n:04}", slug=f"acteur-{n}", family=FAMILIES[n % 5])
        for n in range(MANY)
    )
    cards = Actor.objects.bulk_create(
        Actor(
            territory=territory, kind="organisation", state="listed", organisation=each, name=each.name,
            slug=each.slug, family=each.family, commune_code=codes[n % 12], created_at=now, changed_at=now,
            search=search_text(each.name, "boulangerie" if n % 100 == 0 else "atelier"),
        )
        for n, each in enumerate(made)
    )  # fmt: skip
    ActorTheme.objects.bulk_create(ActorTheme(actor=each, theme=theme) for each in cards[::4])
    Resource.objects.bulk_create(
        Resource(actor=each, direction="offers", kind="places", words="Une salle", created_at=now)
        for each in cards[::10]
    )
    return cards


@pytest.fixture
def alliances(crowd, territory):
    """One hundred alliances of twenty actors: everybody sits somewhere."""
    first = PublicAllianceFactory(territory=territory)
    fields = {each.attname: getattr(first, each.attname) for each in Alliance._meta.concrete_fields}
    for name in ("id", "slug", "title"):
        fields.pop(name)
    made = Alliance.objects.bulk_create(
        Alliance(**fields, slug=f"alliance-{n}", title=f"Alliance {n}") for n in range(100)
    )
    like = AllianceMemberFactory(
        alliance=first, actor=crowd[0], state=MemberState.CONSENTED, consented_at=clock.now()
    )
    seat = {each.attname: getattr(like, each.attname) for each in AllianceMember._meta.concrete_fields}
    for name in ("id", "alliance_id", "actor_id"):
        seat.pop(name)
    AllianceMember.objects.bulk_create(
        AllianceMember(**seat, alliance=made[n % 100], actor=card) for n, card in enumerate(crowd)
    )
    return made


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("", "2 000"),
        ("?q=boulangerie", "20"),
        ("?theme=eau", "500"),
        ("?commune=99703", "167"),
        ("?offers=places", "200"),
        ("?family=company&theme=eau&sort=recent", "100"),
    ],
)
def test_two_thousand_actors_are_searched_and_filtered(
    crowd, client, asked, number, django_assert_max_num_queries
):
    client.get(HOME)
    with django_assert_max_num_queries(13):
        page = client.get(f"{HOME}{asked}").content.decode()
    assert re.search(
        rf"{number.replace(' ', '.')}\sacteurs", page.replace("\u202f", " ").replace("\xa0", " ")
    )
    assert page.count('class="card card-link') <= 50


def test_what_is_found_is_exported_whole(crowd, client):
    rows = b"".join(client.get(f"{HOME}?theme=eau&format=csv").streaming_content).decode()
    assert len(rows.strip().splitlines()) == 501


def test_a_filter_nobody_knows_answers_all_the_same(crowd, client):
    for odd in ("?theme=ailleurs", "?commune=75056", "?offers=or", "?page=999999", "?sort=hasard", "?q=%00"):
        assert client.get(f"{HOME}{odd}").status_code in (200, 404), odd


def test_the_map_has_its_table_and_counts_everybody(crowd, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        page = client.get(f"{HOME}carte/").content.decode()
    assert page.count("?commune=997") >= 12, "each commune leads to its actors"
    assert "167" in page


def test_the_network_stays_readable_with_two_thousand(alliances, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        page = client.get(f"{HOME}reseau/").content.decode()
    assert len(page) < 600_000
    assert page.count("<tr") <= 402
    assert "Le tableau laisse de côté" in page
    assert "family_rank=" in page, "a family is opened from the picture"
    alone = client.get(f"{HOME}reseau/?family_rank=1").content.decode()
    assert "Voir tout le réseau" in alone
    for odd in ("99", "x", "-1"):
        assert client.get(f"{HOME}reseau/?family_rank={odd}").status_code == 200


def test_two_alliances_of_one_name_tie_nobody_of_the_other(territory, client):
    names = ("Anis", "Basilic", "Ciboule", "Doucette")
    cards = [OrganisationActorFactory(territory=territory, name=name) for name in names]
    for two in (cards[:2], cards[2:]):
        alliance = PublicAllianceFactory(territory=territory, title="Manger ici")
        for card in two:
            AllianceMemberFactory(
                alliance=alliance, actor=card, state=MemberState.CONSENTED, consented_at=clock.now()
            )
    drawn = client.get(f"{HOME}reseau/").context["drawn"]
    assert {(row[0], row[2]) for row in drawn.rows} == {("Anis", "Basilic"), ("Ciboule", "Doucette")}


def test_a_merged_card_leads_to_the_kept_one_in_pages_and_network_and_back(territory, alice, client):
    kept, gone, other = (
        OrganisationActorFactory(territory=territory, name=n) for n in ("Gardée", "Double", "Autre")
    )
    alliance = PublicAllianceFactory(territory=territory)
    for card in (gone, other):
        AllianceMemberFactory(
            alliance=alliance, actor=card, state=MemberState.CONSENTED, consented_at=clock.now()
        )
    merge = merge_actors(by=alice, kept=kept, gone=gone)
    answer = client.get(f"{HOME}{gone.slug}/")
    assert (answer.status_code, answer.url) == (302, f"{HOME}{kept.slug}/"), "a merge can be undone"
    assert alliance.title in client.get(answer.url).content.decode()
    (row,) = client.get(f"{HOME}reseau/").context["drawn"].rows
    assert {row[0], row[2]} == {"Gardée", "Autre"}
    undo_merge(by=alice, merge=merge)
    assert client.get(f"{HOME}{gone.slug}/").status_code == 200
    assert alliance.title not in client.get(f"{HOME}{kept.slug}/").content.decode()


@pytest.mark.parametrize("state", [ActorState.WAITING, ActorState.HIDDEN, ActorState.WITHDRAWN])
def test_a_card_that_is_not_listed_is_for_those_who_keep_it(
    territory, bilal, alice, driss, farid, client_of, state
):
    card = PersonActorFactory(territory=territory, person=bilal, state=state)
    seen = {
        str(each): client_of(each).get(f"{HOME}{card.slug}/").status_code
        for each in (None, bilal, alice, driss, farid)
    }
    assert seen == {"None": 404, "Bilal": 200, "Alice": 200, "Driss": 404, "Farid": 404}
    assert card.name not in client_of(None).get(HOME).content.decode()


def test_a_person_is_not_indexed_by_search_engines(territory, bilal, client):
    card = PersonActorFactory(territory=territory, person=bilal)
    assert 'content="noindex"' in client.get(f"{HOME}{card.slug}/").content.decode()


def test_listing_oneself_asks_for_a_box_and_keeps_what_was_typed(territory, bilal, client_of):
    browser = client_of(bilal)
    typed = {"name": "Bilal du Lavoir", "family": "citizen", "presentation": "Je répare des vélos."}
    text = browser.post(f"{HOME}moi/fiche/", typed).content.decode()
    assert "Cochez cette case" in text
    assert "Bilal du Lavoir" in text
    assert "Je répare des vélos." in text
    assert not Actor.objects.exists()
    browser.post(f"{HOME}moi/fiche/", {**typed, "agreed": "on"})
    assert Actor.objects.get().consented_at is not None


def test_the_communes_of_a_card_are_kept(territory, bilal, client_of):
    PerimeterCommune.objects.create(territory=territory, code="99701", name="Brécourt")
    typed = {"name": "Bilal du Lavoir", "family": "citizen", "agreed": "on", "communes": ["99701"]}
    client_of(bilal).post(f"{HOME}moi/fiche/", typed)
    assert [each.code for each in Actor.objects.get().communes.all()] == ["99701"]
