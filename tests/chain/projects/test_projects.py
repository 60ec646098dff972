"""Projects: they answer needs of their territory, say where they stand, and lose nobody's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.chain.projects.enums import ProjectStage
from essor.chain.projects.models import SheetVersion
from essor.chain.projects.services.projects import draft_project, move_project
from essor.chain.projects.services.refusals import ProjectRefused
from essor.chain.projects.services.sheets import save_section
from essor.chain.projects.services.team import accept_invitation, invite_member, leave_team
from essor.common.merging import merge
from essor.ground.ledger.models import Link
from essor.journeys.answer_needs import answer_need, publish_project, release_need
from tests.factories.chain import PublicNeedFactory


@pytest.fixture
def project(territory, bilal):
    return draft_project(by=bilal, territory=territory, title="La navette", pitch="Un car à 22 h.")


def test_a_project_answers_no_need_of_another_territory(project, bilal, other_territory):
    with pytest.raises(ProjectRefused, match="autre territoire"):
        answer_need(
            by=bilal, project=project, need=PublicNeedFactory(territory=other_territory), how="Ainsi."
        )


def test_it_is_published_once_it_answers_a_need_and_says_how(project, bilal, territory):
    with pytest.raises(ProjectRefused, match="à quel besoin"):
        publish_project(by=bilal, project=project)
    need = PublicNeedFactory(territory=territory)
    with pytest.raises(ProjectRefused, match="comment"):
        answer_need(by=bilal, project=project, need=need, how=" ")
    answer_need(by=bilal, project=project, need=need, how="Un retour chaque soir.")
    project = publish_project(by=bilal, project=project)
    links = Link.objects.standing().filter(result_type="projects.project", result_id=project.pk)
    assert [each.source_id for each in links] == [need.pk]
    with pytest.raises(ProjectRefused, match="un besoin au moins"):
        release_need(by=bilal, project=project, need=need)
    assert links.exists()


def test_a_stop_says_why_and_a_stage_cannot_be_skipped_to_anything(project, bilal):
    project = move_project(by=bilal, project=project, stage=ProjectStage.CO_CREATION)
    with pytest.raises(ProjectRefused, match="pourquoi"):
        move_project(by=bilal, project=project, stage=ProjectStage.STOPPED)
    project = move_project(by=bilal, project=project, stage=ProjectStage.STOPPED, why="Plus de local.")
    assert project.moves.first().why == "Plus de local."


def test_nobody_is_enrolled_unasked_and_the_last_holder_stays(project, bilal, chloe, alice):
    member = invite_member(by=bilal, project=project, person=alice)
    assert member.accepted_at is None
    with pytest.raises(ProjectRefused):
        accept_invitation(by=bilal, member=member)
    accept_invitation(by=alice, member=member)
    mine = project.team.get(person=bilal)
    with pytest.raises(ProjectRefused, match="Personne d’autre ne porte"):
        leave_team(by=bilal, member=mine)


def test_two_who_write_in_different_paragraphs_are_put_together(project, bilal, alice):
    first = save_section(by=bilal, project=project, key="why", words="Un.\n\nDeux.\n\nTrois.", base=0)
    base = first.version.number
    save_section(by=bilal, project=project, key="why", words="Un, repris.\n\nDeux.\n\nTrois.", base=base)
    saved = save_section(
        by=alice, project=project, key="why", words="Un.\n\nDeux.\n\nTrois, repris.", base=base
    )
    assert saved.was_merged
    assert saved.version.words == "Un, repris.\n\nDeux.\n\nTrois, repris."


def test_two_who_write_the_same_sentence_lose_nothing(project, bilal, alice):
    base = save_section(by=bilal, project=project, key="why", words="Un car.", base=0).version.number
    save_section(by=bilal, project=project, key="why", words="Un car le soir.", base=base)
    saved = save_section(by=alice, project=project, key="why", words="Un car le dimanche.", base=base)
    assert saved.clashes
    assert saved.present == "Un car le soir."
    assert SheetVersion.objects.filter(project=project).count() == 2  # nothing was overwritten


LINES = st.lists(st.sampled_from(["un", "deux", "trois", "quatre", ""]), max_size=6).map("\n".join)


@given(base=LINES, mine=LINES, theirs=LINES)
def test_a_merge_keeps_both_sides_or_says_that_it_cannot(base, mine, theirs):
    merged = merge(base, mine, theirs)
    if mine == base:
        assert merged.text == theirs
    if theirs == base:
        assert merged.text == mine
