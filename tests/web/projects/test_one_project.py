"""The page of a project: the needs it shows, and who may offer what it seeks."""

import pytest

from essor.chain.needs.enums import NeedState
from essor.chain.projects.models import OfferOfHelp, ProjectNeed
from essor.chain.projects.services.refusals import ProjectRefused
from essor.chain.projects.services.resources import add_resource, offer_help
from essor.common import clock
from essor.ground.people.models import Membership
from tests.factories.chain import PublicNeedFactory, PublicProjectFactory, TeamMemberFactory


@pytest.fixture
def project(territory, bilal):
    made = PublicProjectFactory(territory=territory)
    TeamMemberFactory(project=made, person=bilal)
    return made


def test_a_need_that_is_no_longer_public_is_read_no_more_on_a_project(project, bilal, client, client_of):
    need = PublicNeedFactory(territory=project.territory, statement="Rentrer de la gare")
    answer = ProjectNeed.objects.create(
        project=project, need=need, how="Par un car.", by=bilal, at=clock.now()
    )
    address = f"/t/val-de-lume/projets/{project.slug}/"
    assert "Rentrer de la gare" in client.get(address).content.decode()
    need.state = NeedState.WITHDRAWN
    need.save()
    assert "Rentrer de la gare" not in client.get(address).content.decode()
    assert "Par un car" not in client.get(address).content.decode()
    for page in (address, f"{address}besoins/{answer.pk}/retirer/"):
        seen = client_of(bilal).get(page).content.decode()
        assert "Rentrer de la gare" not in seen
        assert "plus publié" in seen


def test_help_is_offered_by_members(project, bilal, chloe, farid, client_of):
    sought = add_resource(by=bilal, project=project, direction="seeks", kind="places", words="Un local")
    door = f"/t/val-de-lume/projets/{project.slug}/cherche/{sought.pk}/aider/"
    answer = client_of(farid).post(door, {"words": "J’en ai un."})
    assert "Seuls les membres" in answer.content.decode()
    Membership.objects.filter(person=chloe).update(left_at=clock.now())
    with pytest.raises(ProjectRefused, match="Seuls les membres"):
        offer_help(by=chloe, resource=sought, words="J’en ai un.")
    assert not OfferOfHelp.objects.exists()
    Membership.objects.filter(person=chloe).update(left_at=None)
    client_of(chloe).post(door, {"words": "J’en ai un."})
    assert OfferOfHelp.objects.get().person == chloe
