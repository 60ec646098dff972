import pytest
from django.urls import reverse

from essor.chain.matches.enums import Answer
from essor.chain.matches.selectors.listing import matches_for
from essor.chain.matches.services.answers import answer_match
from tests.factories.chain import OrganisationActorFactory, TeamMemberFactory
from tests.factories.matches import MatchFactory, ReadyRunFactory


@pytest.fixture
def match(territory, association, bilal, chloe):
    """Bilal carries a project; Chloé speaks for the association that is proposed to it."""
    actor = OrganisationActorFactory(territory=territory, organisation=association)
    found = MatchFactory(run=ReadyRunFactory(territory=territory), actor=actor)
    TeamMemberFactory(project=found.project, person=bilal)
    return found


def test_each_side_reads_the_other_as_the_title(match, territory, bilal, chloe, client_of):
    address = reverse("territory:matches", args=[territory.slug])
    (seen,) = client_of(bilal).get(address).context["matches"]
    assert seen.other.name == match.actor.name
    (seen,) = client_of(chloe).get(address).context["matches"]
    assert seen.other.name == match.project.title


def test_one_reads_in_whose_name_one_answers_and_what_one_answered(match, territory, bilal, client_of):
    address = reverse("territory:match", args=[territory.slug, match.pk])
    page = client_of(bilal).get(address).content.decode()
    assert "Vous répondez au nom de" in page
    assert match.project.title in page
    assert "Changer ma réponse" not in page
    answer_match(by=bilal, match=match, answer=Answer.ACCEPTED)
    assert "Changer ma réponse" in client_of(bilal).get(address).content.decode()


def test_an_actor_is_not_proposed_to_its_own_project(match, territory, bilal):
    assert matches_for(bilal, territory).count() == 1
    TeamMemberFactory(project=match.project, person=None, actor=match.actor)
    assert matches_for(bilal, territory).count() == 0
