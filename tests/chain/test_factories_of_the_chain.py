"""The factories make things that every constraint accepts."""

import pytest

from tests.factories import chain

pytestmark = pytest.mark.django_db
MAKERS = [
    chain.PublicNeedFactory,
    chain.OrganisationActorFactory,
    chain.PersonActorFactory,
    chain.OpenChallengeFactory,
    chain.ChallengePhaseFactory,
    chain.HolderFactory,
    chain.PublicProjectFactory,
    chain.TeamMemberFactory,
    chain.PublicAllianceFactory,
    chain.AllianceMemberFactory,
]


@pytest.mark.parametrize("maker", MAKERS, ids=lambda each: each.__name__)
def test_a_thing_is_made_twice_without_clashing(maker):
    first, second = maker(), maker()
    assert first.pk != second.pk
