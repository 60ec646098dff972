"""A need whose only answering project stopped is told the same everywhere: nobody answers it any more."""

import pytest

from essor.chain.alliances.selectors.chain import state_told, unanswered_needs, with_what_is_left_alone
from essor.chain.needs.enums import NeedState
from essor.chain.needs.models import Need
from essor.chain.projects.enums import ProjectStage
from essor.chain.projects.models import ProjectNeed
from essor.chain.projects.services.projects import move_project
from essor.common import clock
from tests.factories.chain import OpenChallengeFactory, PublicNeedFactory, PublicProjectFactory

TOLD = "plus personne n’y répond"


@pytest.fixture
def need(territory, alice):
    need = PublicNeedFactory(territory=territory, state=NeedState.BEING_ANSWERED)
    project = PublicProjectFactory(territory=territory, published_at=clock.now())
    ProjectNeed.objects.create(project=project, need=need, how="Ainsi.", by=alice, at=clock.now())
    move_project(by=alice, project=project, stage=ProjectStage.STOPPED, why="Plus de local.")
    return need


@pytest.mark.parametrize("page", ["", "besoins/", "besoins/?state=left_alone", "besoins/?format=csv"])
def test_every_page_that_tells_its_state_says_that_nobody_answers_any_more(page, need, client):
    answer = client.get(f"/t/val-de-lume/{page}")
    shown = b"".join(answer) if answer.streaming else answer.content
    assert TOLD in shown.decode("utf-8-sig", "replace")
    assert "en cours de réponse</p>" not in shown.decode("utf-8-sig", "replace")


def test_its_page_its_thread_and_the_atelier_say_so(need, client, client_of, alice):
    page = client.get(need.get_absolute_url()).content.decode()
    assert f"Besoin · {TOLD}" in page
    assert "Plus personne n’y répond" in page
    assert "Une réponse se prépare" not in page
    thread = client.get(f"/t/val-de-lume/fil/besoin/{need.pk}/")
    assert thread.status_code == 200
    atelier = client_of(alice).get("/t/val-de-lume/atelier/besoins/").content.decode()
    assert TOLD in atelier


def test_the_filter_of_the_needs_being_answered_leaves_it_out(need, client):
    assert need.statement not in client.get("/t/val-de-lume/besoins/?state=being_answered").content.decode()


def test_one_selector_says_it_with_or_without_the_list(need, territory):
    assert state_told(need) == TOLD
    listed = with_what_is_left_alone(Need.objects.filter(pk=need.pk)).get()
    assert listed.is_left_alone
    assert need in unanswered_needs(territory)


def test_a_challenge_under_way_is_an_answer(need, territory):
    OpenChallengeFactory(territory=territory, need=need)
    assert state_told(need) == "en cours de réponse"


def test_what_people_announced_by_hand_is_kept_as_they_said_it(territory):
    need = PublicNeedFactory(territory=territory, state=NeedState.BEING_ANSWERED)
    assert state_told(need) == "en cours de réponse"
