"""Choosing one thing among thousands: bounded, in the territory only, without scripts, losing nothing typed."""

import re
from itertools import product

import pytest

from essor.chain.challenges.models import Challenge
from essor.chain.holders.models import ProjectHolder
from essor.chain.needs.models import Need
from essor.chain.projects.models import Project
from essor.common.text import search_text
from essor.ground.directory.models import Actor
from essor.web.picking.kinds import KINDS, MOST
from tests.factories.chain import (
    AllianceMemberFactory,
    HolderFactory,
    OrganisationActorFactory,
    PublicAllianceFactory,
    PublicNeedFactory,
    PublicProjectFactory,
)
from tests.web.test_from_needs_to_alliances import copies

HERE = "/t/val-de-lume/"
MANY = 10_000
HEAVIEST = 80_000  # bytes of a page with pickers, whatever the number of things
CHALLENGE = {"title": "Le pain", "summary": "Un four pour tous.", "theme": ""}


@pytest.fixture
def need(territory):
    return PublicNeedFactory(
        territory=territory, statement="Se déplacer sans voiture", search=search_text("voiture")
    )


@pytest.fixture
def thousands(territory, alice, need):
    """Ten thousand needs, projects, actors and holders, and an alliance that Alice leads."""
    copies(Need, need, MANY, slug="besoin")
    copies(Project, PublicProjectFactory(territory=territory), MANY, slug="projet")
    actor = OrganisationActorFactory(territory=territory)
    bare = Actor.objects.get(pk=actor.pk)
    bare.organisation = None
    copies(Actor, bare, MANY, slug="acteur")
    copies(ProjectHolder, HolderFactory(territory=territory), MANY)
    alliance = PublicAllianceFactory(territory=territory, created_by=alice)
    AllianceMemberFactory(alliance=alliance, actor=actor)
    return alliance


def test_forms_and_answers_stay_light_with_ten_thousand_things(
    thousands, alice, client_of, django_assert_max_num_queries
):
    browser = client_of(alice)
    alliance = f"alliances/{thousands.slug}"
    for address in ("projets/nouveau/", "defis/nouveau/", f"{alliance}/confier/", f"{alliance}/table/"):
        with django_assert_max_num_queries(22):
            answer = browser.get(f"{HERE}{address}")
        assert answer.status_code == 200, address
        assert len(answer.content) < HEAVIEST, address
        assert answer.content.count(b'type="radio"') <= 2 * (MOST + 1) + 10, address
    for kind, words in product(("besoins", "projets", "acteurs", "porteurs"), ("", "se", "voiture")):
        with django_assert_max_num_queries(5):
            answer = browser.get(f"{HERE}choisir/{kind}/", {"q": words})
        assert len(answer.json()["results"]) <= MOST
        assert len(answer.content) < 6_000
        assert "no-store" in answer["Cache-Control"]


def test_what_is_found_is_named_and_told(need, client):
    answer = client.get(f"{HERE}choisir/besoins/?q=voitures").json()
    assert answer["more"] is False
    assert [(each["value"], each["label"]) for each in answer["results"]] == [
        (need.pk, "Se déplacer sans voiture")
    ]
    assert answer["results"][0]["detail"]
    assert client.get(f"{HERE}choisir/besoins/?q=xylophone").json()["results"] == []
    assert client.get(f"{HERE}choisir/besoins/?sans={need.pk}&sans=x").json()["results"] == []


@pytest.mark.parametrize("words", ["'; DROP TABLE", '"*', "%", "a" * 5000, "\x00", "🚲 & | !"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_strange_words_are_only_words(kind, words, need, alice, client_of):
    assert client_of(alice).get(f"{HERE}choisir/{kind}/", {"q": words}).status_code == 200


@pytest.mark.parametrize("kind", ["porteurs", "equipe"])
def test_whom_facilitators_met_is_asked_by_them_alone(kind, territory, alice, bilal, farid, client_of):
    HolderFactory(territory=territory)
    assert client_of(alice).get(f"{HERE}choisir/{kind}/").json()["results"]
    for stranger in (bilal, farid, None):
        assert client_of(stranger).get(f"{HERE}choisir/{kind}/").status_code == 403


def test_nothing_of_another_territory_is_listed_or_taken(need, other_territory, bilal, client_of, client):
    elsewhere = PublicNeedFactory(territory=other_territory)
    found = client.get(f"{HERE}choisir/besoins/").json()["results"]
    assert [each["value"] for each in found] == [need.pk]
    answer = client_of(bilal).post(f"{HERE}defis/nouveau/", CHALLENGE | {"need": elsewhere.pk})
    assert answer.status_code == 200
    assert "need" in answer.context["form"].errors
    assert not Challenge.objects.exists()


def test_an_unknown_kind_is_nowhere(territory, client):
    assert client.get(f"{HERE}choisir/personnes/").status_code == 404


def test_drafts_are_not_offered(territory, client):
    hidden = PublicProjectFactory(territory=territory, title="Caché")
    Project.objects.filter(pk=hidden.pk).update(visibility="draft")
    assert client.get(f"{HERE}choisir/projets/").json()["results"] == []


@pytest.mark.parametrize("how", [{"need-search": "1"}, {}])
def test_searching_without_scripts_keeps_what_was_typed_and_saves_nothing(how, need, bilal, client_of):
    other = PublicNeedFactory(
        territory=need.territory, statement="Apprendre", search=search_text("apprendre")
    )
    sent = (
        CHALLENGE
        | {"need": other.pk, "need-q": "voiture", "need-asked": "", "learn_aim": "Comprendre."}
        | how
    )
    answer = client_of(bilal).post(f"{HERE}defis/nouveau/", sent)
    page = answer.content.decode()
    assert not Challenge.objects.exists()
    assert not answer.context["form"].errors
    assert 'value="Le pain"' in page
    assert "Comprendre." in page
    shown = re.findall(r'type="radio"[^>]*name="need" value="(\d*)"( checked)?', page)
    assert shown == [("", ""), (str(other.pk), " checked"), (str(need.pk), "")]


def test_a_result_ticked_after_a_search_is_saved(need, bilal, client_of):
    sent = CHALLENGE | {"need": need.pk, "need-q": "voiture", "need-asked": "voiture"}
    assert client_of(bilal).post(f"{HERE}defis/nouveau/", sent).status_code == 302
    assert Challenge.objects.get().need == need


def test_words_that_answer_nothing_say_so(need, bilal, client_of):
    page = (
        client_of(bilal).post(f"{HERE}defis/nouveau/", CHALLENGE | {"need-q": "xylophone"}).content.decode()
    )
    assert "Rien ne répond à ces mots" in page


def test_a_required_choice_that_is_missing_is_asked_for_by_its_name(territory, alice, client_of):
    alliance = PublicAllianceFactory(territory=territory, created_by=alice)
    answer = client_of(alice).post(f"{HERE}alliances/{alliance.slug}/table/", {"role": "member"})
    assert "actor" in answer.context["form"].errors


def test_what_an_alliance_carries_is_not_offered_again(territory, alice, client_of):
    alliance = PublicAllianceFactory(territory=territory, created_by=alice)
    project = PublicProjectFactory(territory=territory)
    browser = client_of(alice)
    address = f"{HERE}alliances/{alliance.slug}/confier/"
    browser.post(address, {"project": project.pk, "need": ""})
    page = browser.get(address).content.decode()
    assert f"?sans={project.pk}" in page
    assert f'name="project" value="{project.pk}"' not in page


def test_a_facilitator_says_with_whom_a_project_begins(territory, alice, bilal, client_of):
    holder = HolderFactory(territory=territory)
    browser = client_of(alice)
    assert (
        f'value="{holder.pk}" checked'
        in browser.get(f"{HERE}projets/nouveau/?porteur={holder.pk}").content.decode()
    )
    browser.post(f"{HERE}projets/nouveau/", {"title": "Le four", "pitch": "Un four.", "holder": holder.pk})
    holder.refresh_from_db()
    assert Project.objects.get().holder == holder
    assert holder.stage == "in_project"
    assert "holder" not in client_of(bilal).get(f"{HERE}projets/nouveau/").context["form"].fields


def test_an_actor_is_invited_to_a_team_by_picking_it(territory, alice, client_of):
    project = PublicProjectFactory(territory=territory, created_by=alice)
    actor = OrganisationActorFactory(territory=territory)
    address = f"{HERE}projets/{project.slug}/equipe/"
    sent = {"person": "", "actor": actor.pk, "role": "contributor", "title": ""}
    assert client_of(alice).post(address, sent | {"person": "Alice"}).context["form"].errors
    assert client_of(alice).post(address, sent).status_code == 302
    assert project.team.get(accepted_at=None).actor == actor
