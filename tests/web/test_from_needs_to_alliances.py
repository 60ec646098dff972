"""The pages of actors, challenges, projects and alliances: bounded queries, the right people, no crossing."""

import pytest

from essor.chain.alliances.enums import MemberState
from essor.chain.alliances.models import Alliance
from essor.chain.alliances.services.commitments import declare_conflict
from essor.chain.holders.models import ProjectHolder
from essor.chain.projects.models import Project, ProjectNeed
from essor.common import clock
from essor.ground.directory.models import Actor
from tests.factories.chain import (
    AllianceMemberFactory,
    HolderFactory,
    OpenChallengeFactory,
    OrganisationActorFactory,
    PublicAllianceFactory,
    PublicNeedFactory,
    PublicProjectFactory,
)

HOME = "/t/val-de-lume/"
LISTS = ("projets/", "projets/carte/", "defis/", "alliances/", "acteurs/", "acteurs/carte/", "")
BOUND = {"": 45}  # the picture of the whole chain, kept a minute
MANY = 10_000


@pytest.fixture
def chain(territory, alice):
    """A need, a project that answers it, a challenge, an alliance with a member."""
    need = PublicNeedFactory(territory=territory)
    project = PublicProjectFactory(territory=territory)
    ProjectNeed.objects.create(project=project, need=need, how="Ainsi.", by=alice, at=clock.now())
    OpenChallengeFactory(territory=territory, need=need)
    alliance = PublicAllianceFactory(territory=territory, created_by=alice)
    actor = OrganisationActorFactory(territory=territory)
    AllianceMemberFactory(alliance=alliance, actor=actor)
    return project, alliance, actor


def copies(model, source, number, **more):
    fields = {each.attname: getattr(source, each.attname) for each in model._meta.concrete_fields}
    for name in ("id", *more):
        fields.pop(name, None)
    model.objects.bulk_create(
        (
            model(**fields, **{name: f"{value}-{rank}" for name, value in more.items()})
            for rank in range(number)
        ),
        batch_size=1000,
    )


@pytest.mark.parametrize("page", LISTS)
def test_a_list_costs_as_much_with_ten_thousand_projects(page, chain, client, django_assert_max_num_queries):
    project, alliance, _actor = chain
    copies(Project, project, MANY, slug="projet")
    copies(Alliance, alliance, 200, slug="alliance")
    with django_assert_max_num_queries(BOUND.get(page, 13)):
        assert client.get(f"{HOME}{page}").status_code == 200


@pytest.mark.parametrize("bound", [22])
def test_one_page_of_each_is_bounded(bound, chain, client, django_assert_max_num_queries):
    project, alliance, actor = chain
    for address in (
        f"projets/{project.slug}/",
        f"alliances/{alliance.slug}/",
        f"acteurs/{actor.slug}/",
        "acteurs/reseau/",
    ):
        with django_assert_max_num_queries(bound):
            assert client.get(f"{HOME}{address}").status_code == 200, address


def test_the_board_is_for_facilitators_and_bounded(
    territory, client_of, alice, bilal, farid, moderator, django_assert_max_num_queries
):
    card = HolderFactory(territory=territory)
    for somebody in (bilal, moderator, farid):
        assert client_of(somebody).get(f"{HOME}atelier/porteurs/").status_code in (403, 404)
        assert client_of(somebody).get(f"{HOME}atelier/porteurs/{card.pk}/").status_code in (403, 404)
    copies(ProjectHolder, card, 2000)
    client = client_of(alice)
    client.get(HOME)
    with django_assert_max_num_queries(20):
        page = client.get(f"{HOME}atelier/porteurs/")
    assert page.content.decode().count("data-card=") == 40


def test_a_card_moves_with_a_form_and_with_the_script(territory, client_of, alice):
    card = HolderFactory(territory=territory)
    address = f"{HOME}atelier/porteurs/{card.pk}/deplacer/"
    assert client_of(alice).post(address, {"stage": "met"}).status_code == 302
    moved = client_of(alice).post(
        address, {"stage": "followed", "position": "0"}, headers={"X-Requested-With": "board"}
    )
    card.refresh_from_db()
    assert (moved.status_code, card.stage) == (204, "followed")
    assert client_of(alice).post(address, {"stage": "elsewhere"}).status_code == 400
    assert client_of(alice).get(address).status_code == 405
    away = client_of(alice).post(address, {"stage": "met", "next": "https://elsewhere.example/"})
    assert away["Location"].startswith(HOME)


def test_a_draft_alliance_is_not_there_for_others(chain, client_of, bilal, farid, alice):
    _project, alliance, _actor = chain
    Alliance.objects.filter(pk=alliance.pk).update(published_at=None)
    address = f"{HOME}alliances/{alliance.slug}/"
    assert client_of(alice).get(address).status_code == 200
    assert {client_of(each).get(address).status_code for each in (None, bilal, farid)} == {404}


def test_nobody_answers_for_an_actor_they_do_not_speak_for(chain, client_of, bilal, alice):
    _project, alliance, _actor = chain
    member = alliance.members.get()
    address = f"{HOME}alliances/{alliance.slug}/table/{member.pk}/"
    for somebody in (bilal, alice):
        client_of(somebody).post(f"{address}reponse/")
    for gesture in ("engagement/", "interet/", "partir/"):
        assert client_of(bilal).post(f"{address}{gesture}", {"words": "x"}).status_code == 403
    assert client_of(bilal).post(f"{address}accord/", {"manner": "spoken"}).status_code == 403
    member.refresh_from_db()
    assert member.state == MemberState.INVITED


def test_a_circular_alliance_is_refused_in_words_and_keeps_what_was_typed(chain, client_of, alice, territory):
    _project, alliance, _actor = chain
    inner = PublicAllianceFactory(territory=territory, parent=alliance)
    answer = client_of(alice).post(
        f"{HOME}alliances/{alliance.slug}/modifier/",
        {"title": "Le pain long", "purpose": "Du champ au fournil.", "parent": inner.pk},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "dans elle-même" in page
    assert "Le pain long" in page


def test_an_alliance_begins_with_what_the_address_names(chain, client_of, alice, territory):
    project, _alliance, actor = chain
    address = f"{HOME}alliances/nouvelle/?projet={project.slug}&acteur={actor.slug}&acteur=inconnu"
    client_of(alice).post(address, {"title": "Rouler ensemble", "purpose": "Un car le soir."})
    made = Alliance.objects.get(title="Rouler ensemble")
    assert made.carried.get().project == project
    assert made.members.get().actor == actor
    assert not made.is_public


def test_what_is_exported_is_what_is_listed(chain, client, client_of, alice):
    project, alliance, actor = chain
    for page, name in (("projets/", project.title), ("alliances/", alliance.title), ("acteurs/", actor.name)):
        text = b"".join(client.get(f"{HOME}{page}?format=csv")).decode("utf-8-sig")
        assert name in text, page
    assert Actor.objects.listed().count() == 1


def test_declared_interests_are_read_by_the_table_alone(chain, client_of, alice, farid):
    _project, alliance, _actor = chain
    declare_conflict(by=alice, member=alliance.members.get(), words="Mon frère vend des cars.")
    address = f"{HOME}alliances/{alliance.slug}/"
    assert "Mon frère" in client_of(alice).get(address).content.decode()
    for somebody in (None, farid):
        page = client_of(somebody).get(address).content.decode()
        assert "Mon frère" not in page
        assert "1 membre a déclaré un intérêt" in page
