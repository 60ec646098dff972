"""A project that moderators hid stays hidden until a moderator restores it, and speaks to nobody outside."""

import pytest

from essor.chain.projects.enums import ProjectStage, Visibility
from essor.chain.projects.models import Project, ProjectNeed
from essor.chain.projects.services.follows import follow
from essor.chain.projects.services.projects import (
    hide_project,
    move_project,
    publish_project,
    restore_project,
    unpublish_project,
)
from essor.chain.projects.services.refusals import ProjectRefused
from essor.chain.projects.services.resources import add_resource, answer_help, offer_help
from essor.chain.projects.services.steps import add_milestone, finish_milestone, tell_news_of
from essor.common import clock
from essor.ground.notices.models import Notice
from tests.factories.chain import PublicNeedFactory, PublicProjectFactory, TeamMemberFactory


@pytest.fixture
def project(territory, bilal, alice):
    made = PublicProjectFactory(territory=territory)
    TeamMemberFactory(project=made, person=bilal)
    need = PublicNeedFactory(territory=territory)
    ProjectNeed.objects.create(project=made, need=need, how="Ainsi.", by=alice, at=clock.now())
    made.needs_count = 1
    made.save()
    return made


@pytest.fixture
def hidden(project, alice):
    return hide_project(by=alice, project=project, why="Des propos blessants.")


@pytest.mark.parametrize("doors", [("publier",), ("brouillon",), ("brouillon", "publier"), ("retablir",)])
def test_its_author_shows_it_again_by_no_door(doors, hidden, bilal, client_of, client):
    address = f"/t/val-de-lume/projets/{hidden.slug}/"
    for door in doors:
        client_of(bilal).post(f"{address}{door}/", {"why": "x"})
    hidden.refresh_from_db()
    assert hidden.visibility == Visibility.HIDDEN
    assert client.get(address).status_code == 404


def test_a_refusal_says_who_can_restore_it(hidden, bilal, alice):
    for move in (publish_project, unpublish_project, restore_project):
        with pytest.raises(ProjectRefused, match="elle seule peut le rétablir"):
            move(by=bilal, project=hidden)
    with pytest.raises(ProjectRefused, match="elle seule peut le rétablir"):
        publish_project(by=alice, project=hidden)


def test_a_moderator_restores_it_where_it_stood(project, bilal, alice, moderator, client_of):
    hide_project(by=alice, project=project, why="Des propos blessants.")
    client_of(moderator).post(f"/t/val-de-lume/projets/{project.slug}/retablir/")
    project.refresh_from_db()
    assert (project.visibility, project.hidden_because) == (Visibility.PUBLIC, "")
    unpublish_project(by=bilal, project=project)
    hide_project(by=alice, project=project, why="Des propos blessants.")
    assert restore_project(by=moderator, project=project).visibility == Visibility.DRAFT


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.DRAFT])
@pytest.mark.parametrize(
    "said",
    [
        lambda **of: tell_news_of(**of, title="Une nouvelle", words="Elle est longue."),
        lambda **of: move_project(**of, stage=ProjectStage.CO_CREATION),
        lambda by, project: finish_milestone(
            by=by, milestone=add_milestone(by=by, project=project, title="Un car", due_on=clock.today())
        ),
    ],
    ids=["news", "stage", "milestone"],
)
def test_only_its_team_is_told_of_a_project_that_is_not_public(
    said, visibility, project, bilal, chloe, driss, django_capture_on_commit_callbacks
):
    TeamMemberFactory(project=project, person=driss)
    follow(by=chloe, project=project)
    Project.objects.filter(pk=project.pk).update(visibility=visibility)
    with django_capture_on_commit_callbacks(execute=True):
        said(by=bilal, project=Project.objects.get(pk=project.pk))
    assert [each.person for each in Notice.objects.all()] == [driss]
    Project.objects.filter(pk=project.pk).update(visibility=Visibility.PUBLIC)
    with django_capture_on_commit_callbacks(execute=True):
        tell_news_of(by=bilal, project=project, title="Une nouvelle", words="Elle est longue.")
    assert Notice.objects.filter(person=chloe).count() == 1


def test_a_hidden_project_answers_nobody_outside_its_team(
    project, bilal, chloe, alice, django_capture_on_commit_callbacks
):
    sought = add_resource(by=bilal, project=project, direction="seeks", kind="places", words="Un local")
    offer = offer_help(by=chloe, resource=sought, words="J’en ai un.")
    hide_project(by=alice, project=project, why="Des propos blessants.")
    with django_capture_on_commit_callbacks(execute=True):
        answer_help(by=bilal, offer=offer, accepted=True)
    assert not Notice.objects.filter(person=chloe).exists()
