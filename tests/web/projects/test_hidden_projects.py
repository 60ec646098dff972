"""A project that moderators hid stays hidden until a moderator restores it, and speaks to nobody outside."""

import pytest

from essor.chain.projects.enums import Visibility
from essor.chain.projects.models import ProjectNeed
from essor.chain.projects.services.projects import (
    hide_project,
    publish_project,
    restore_project,
    unpublish_project,
)
from essor.chain.projects.services.refusals import ProjectRefused
from essor.common import clock
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
