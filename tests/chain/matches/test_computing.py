"""The calculation on a small territory: what is compared, what is left out, and that answers are used."""

import pytest

from essor.chain.matches.enums import Answer, Reason, RunState
from essor.chain.matches.models import Circle, Match, MatchRun
from essor.chain.matches.services.answers import answer_match
from essor.chain.matches.services.computing import compute_run
from essor.chain.matches.services.runs import KEPT, RunRefused, ask_run, retry_run
from essor.chain.projects.models import ProjectNeed, ProjectResource
from essor.common import clock
from essor.ground.directory.enums import ActorState, Direction, ResourceKind
from essor.ground.directory.models import ActorTheme, Resource
from essor.ground.ledger.models import Fact
from essor.ground.notices.models import Notice
from essor.ground.territories.models import PerimeterCommune, Theme
from tests.factories.chain import (
    OrganisationActorFactory,
    PublicNeedFactory,
    PublicProjectFactory,
    TeamMemberFactory,
)


@pytest.fixture
def food(territory):
    PerimeterCommune.objects.create(
        territory=territory, code="99704", name="La Chapelle-Orme", latitude=47.86, longitude=3.45
    )
    return Theme.objects.create(territory=territory, name="Alimentation", slug="alimentation")


@pytest.fixture
def project(territory, food, bilal):
    found = PublicProjectFactory(
        territory=territory, theme=food, title="L’Épicerie du Lavoir",
        pitch="Une épicerie tenue par ses clients, au bourg.",
    )  # fmt: skip
    TeamMemberFactory(project=found, person=bilal)
    ProjectResource.objects.create(
        project=found, direction=Direction.SEEKS, kind=ResourceKind.PLACES, words="Un local de plain-pied",
        created_at=clock.now(),
    )  # fmt: skip
    return found


@pytest.fixture
def town(territory, food):
    """A town near the project that offers a place."""
    actor = OrganisationActorFactory(
        territory=territory, name="Commune", family="public_body", commune_code="99704",
        presentation="Elle a un local vide au bourg.",
    )  # fmt: skip
    ActorTheme.objects.create(actor=actor, theme=food)
    Resource.objects.create(
        actor=actor, direction=Direction.OFFERS, kind=ResourceKind.PLACES, words="Un local au bourg",
        created_at=clock.now(),
    )  # fmt: skip
    return actor


def computed(by, territory):
    """Ask, and let the worker do it (the tests run jobs at once)."""
    run = ask_run(by=by, territory=territory)
    compute_run(run_id=run.pk)
    run.refresh_from_db()
    return run


def test_a_project_is_proposed_the_actor_and_the_place_it_lacks(alice, territory, project, town):
    run = computed(alice, territory)
    assert run.state == RunState.READY
    with_actor = Match.objects.get(run=run, project=project, actor=town)
    assert with_actor.score == sum(part["points"] for part in with_actor.parts)
    parts = {part["name"]: part for part in with_actor.parts}
    assert parts["complement"]["points"] > 0
    assert "épicerie" not in parts["text"]["evidence"]["words"], "only the words both say"
    assert "bourg" in parts["text"]["evidence"]["words"]
    assert parts["families"]["evidence"]["brings"] == [3], "a public body was missing around the table"
    place = Match.objects.get(run=run, project=project, resource__actor=town)
    assert place.resource.kind == ResourceKind.PLACES


def test_the_run_says_method_parameters_data_and_can_be_made_again(alice, territory, project, town):
    first, second = computed(alice, territory), computed(alice, territory)
    assert first.method["name"] == "rapprochements"
    assert first.method["parameters"]["weights"]["text"] == 300
    assert first.input_digest == second.input_digest
    seen = [
        list(Match.objects.filter(run=run).order_by("pair").values_list("pair", "score", "rank"))
        for run in (first, second)
    ]
    assert seen[0] == seen[1] != []
    assert Fact.objects.filter(verb="matches.computed", data__digest=first.input_digest).exists()


def test_who_is_already_in_the_team_is_not_proposed(alice, territory, project, town):
    TeamMemberFactory(project=project, person=None, actor=town)
    run = computed(alice, territory)
    assert not Match.objects.filter(run=run, project=project, actor=town).exists()


@pytest.mark.parametrize("state", [ActorState.WAITING, ActorState.HIDDEN, ActorState.WITHDRAWN])
def test_who_is_not_in_the_directory_is_never_compared(alice, territory, project, town, state):
    OrganisationActorFactory(territory=territory)
    town.state = state
    town.save()
    run = computed(alice, territory)
    assert not Match.objects.filter(run=run, actor=town).exists()
    assert not Match.objects.filter(run=run, resource__actor=town).exists()


def test_an_offer_that_ended_or_was_closed_counts_no_more(alice, territory, project, town, at):
    at("2026-11-27T10:00:00+01:00")
    town.resources.update(until_on="2026-11-26")
    run = computed(alice, territory)
    assert not Match.objects.filter(run=run, resource__actor=town).exists()
    parts = {part["name"]: part for part in Match.objects.get(run=run, project=project, actor=town).parts}
    assert parts["complement"]["points"] == 0


def test_a_refusal_is_remembered_by_the_next_calculation(alice, bilal, territory, project, town):
    match = Match.objects.get(run=computed(alice, territory), project=project, actor=town)
    answer_match(by=bilal, match=match, answer=Answer.DECLINED, reason=Reason.NOT_RELEVANT)
    run = computed(alice, territory)
    assert not Match.objects.filter(run=run, pair=match.pair).exists()
    assert run.figures["set_aside"] > 0


def test_what_is_put_off_comes_back_after_its_day(alice, bilal, territory, project, town, at):
    traveller = at("2026-11-27T10:00:00+01:00")
    match = Match.objects.get(run=computed(alice, territory), project=project, actor=town)
    answer_match(by=bilal, match=match, answer=Answer.POSTPONED)
    assert not Match.objects.filter(run=computed(alice, territory), pair=match.pair).exists()
    traveller.shift(91 * 86_400)
    assert Match.objects.filter(run=computed(alice, territory), pair=match.pair).exists()


def test_a_need_is_proposed_a_project_that_does_not_answer_it_yet(alice, territory, food, project, town):
    need = PublicNeedFactory(territory=territory, theme=food, statement="Une épicerie au bourg")
    run = computed(alice, territory)
    assert Match.objects.filter(run=run, need=need, other=project).exists()
    ProjectNeed.objects.create(project=project, need=need, how="Elle ouvre.", at=clock.now())
    assert not Match.objects.filter(run=computed(alice, territory), need=need, other=project).exists()


def test_a_circle_covers_what_a_project_lacks_and_says_what_nobody_brings(
    alice, territory, food, project, town
):
    other = OrganisationActorFactory(
        territory=territory, family="company", presentation="L’épicerie et le bourg"
    )
    ActorTheme.objects.create(actor=other, theme=food)
    circle = Circle.objects.get(run=computed(alice, territory), project=project)
    assert [each["actor"] for each in circle.members] == [town.pk, other.pk]
    assert {"what": "kind", "key": 2} in circle.members[0]["adds"]
    assert {"what": "family", "key": 4} in circle.uncovered, "no researcher"
    assert circle.is_exact


def test_nothing_of_another_territory_is_ever_compared(alice, territory, other_territory, project):
    stranger = OrganisationActorFactory(territory=other_territory, presentation="Une épicerie au bourg")
    OrganisationActorFactory(territory=territory, presentation="Une épicerie au bourg")
    run = computed(alice, territory)
    assert Match.objects.filter(run=run).exists()
    assert not Match.objects.filter(actor=stranger).exists()


def test_an_empty_territory_says_what_is_missing(alice, territory, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = computed(alice, territory)
    assert run.state == RunState.FAILED
    assert "publiez des besoins" in run.failure
    assert "pas pu" in Notice.objects.get(person=alice).text
    assert retry_run(by=alice, run=run).state == RunState.QUEUED


def test_asking_twice_gives_the_one_that_waits_and_old_ones_are_let_go(alice, territory, project, town):
    first = MatchRun.objects.create(territory=territory, asked_at=clock.now())
    assert ask_run(by=alice, territory=territory) == first
    compute_run(run_id=first.pk)
    for _ in range(KEPT + 1):
        computed(alice, territory)
    assert MatchRun.objects.ready().count() == KEPT
    with pytest.raises(RunRefused):
        retry_run(by=alice, run=MatchRun.objects.ready().first())


def test_computing_a_ready_run_again_changes_nothing(alice, territory, project, town):
    run = computed(alice, territory)
    keys = set(Match.objects.values_list("pk", flat=True))
    compute_run(run_id=run.pk)
    assert set(Match.objects.values_list("pk", flat=True)) == keys


@pytest.mark.parametrize("number", [3, 60])
def test_reading_costs_as_many_queries_with_few_actors_as_with_many(
    territory, food, project, number, django_assert_max_num_queries
):
    for _ in range(number):
        OrganisationActorFactory(territory=territory, presentation="Une épicerie au bourg")
    run = MatchRun.objects.create(territory=territory, asked_at=clock.now())
    with django_assert_max_num_queries(60):
        compute_run(run_id=run.pk)
