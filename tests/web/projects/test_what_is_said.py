"""What is said of a project: comments are read when they must be, bodies are answered for by their members."""

import pytest

from essor.chain.projects.enums import CommentState, Position
from essor.chain.projects.models import Comment, OfficialAnswer
from essor.chain.projects.selectors.said import bodies_for
from essor.chain.projects.services.said import answer_officially, correct_comment, make_comment
from essor.ground.notices.models import Notice
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Membership, OrganisationMember
from essor.journeys.join_territory import come_back, leave_territory
from tests.factories.chain import PublicProjectFactory
from tests.factories.people import OrganisationFactory, OrganisationMemberFactory

PRIVATE = "Appelez Madame Martin au 06 12 34 56 78."


@pytest.fixture
def project(territory):
    return PublicProjectFactory(territory=territory)


@pytest.fixture
def body(territory, bilal):
    made = OrganisationFactory(territory=territory, family=StakeholderFamily.PUBLIC_BODY)
    OrganisationMemberFactory(organisation=made, person=bilal)
    return made


def test_a_comment_corrected_with_personal_data_waits_and_moderators_know(
    project, bilal, moderator, client_of, client, django_capture_on_commit_callbacks
):
    comment = make_comment(by=bilal, project=project, words="Bonne idée.")
    address = f"/t/val-de-lume/projets/{project.slug}/avis/"
    door = f"{address}{comment.pk}/corriger/"
    pointed = client_of(bilal).post(door, {"words": PRIVATE})
    assert "donnée personnelle" in pointed.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client_of(bilal).post(door, {"words": PRIVATE, "anyway": "1"})
    comment.refresh_from_db()
    assert (comment.state, comment.words) == (CommentState.WAITING, PRIVATE)
    assert "06 12" not in client.get(address).content.decode()
    assert Notice.objects.filter(person=moderator).count() == 1


def test_a_comment_that_waits_goes_on_waiting_whatever_its_author_writes(project, bilal):
    comment = make_comment(by=bilal, project=project, words=PRIVATE)
    assert comment.state == CommentState.WAITING
    assert correct_comment(by=bilal, comment=comment, words="Bonne idée.").state == CommentState.WAITING
    assert not Comment.objects.public().exists()


def test_who_left_answers_no_more_for_a_body(project, bilal, body, client_of):
    door = f"/t/val-de-lume/projets/{project.slug}/avis/repondre/"
    sent = {"organisation": body.pk, "position": Position.SUPPORTS, "words": "La commune soutient."}
    # one who left before mandates ended with it
    Membership.objects.filter(person=bilal).update(left_at=project.created_at)
    assert client_of(bilal).post(door, sent).status_code == 404
    assert not bodies_for(bilal, project).exists()
    with pytest.raises(Exception, match="ne parlez pas"):
        answer_officially(
            by=bilal, project=project, organisation=body, position=Position.SUPPORTS, words="Oui."
        )
    assert not OfficialAnswer.objects.exists()


def test_leaving_a_territory_ends_the_mandates_held_there_alone(bilal, body, other_territory, project):
    OrganisationMemberFactory(organisation=OrganisationFactory(territory=other_territory), person=bilal)
    membership = Membership.objects.get(person=bilal)
    assert bodies_for(bilal, project).exists()
    leave_territory(by=bilal, membership=membership)
    kept = OrganisationMember.objects.filter(person=bilal)
    assert [each.organisation.territory for each in kept.select_related("organisation__territory")] == [
        other_territory
    ]
    come_back(by=bilal, membership=membership)
    assert not bodies_for(bilal, project).exists()
