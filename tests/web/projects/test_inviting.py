"""Inviting somebody by an address tells nothing of who has it, and nobody is told again and again."""

import pytest

from essor.chain.alliances.services import members
from essor.chain.projects.models import TeamMember
from essor.chain.projects.services.projects import hide_project
from essor.chain.projects.services.refusals import ProjectRefused
from essor.chain.projects.services.team import (
    accept_invitation,
    decline_invitation,
    invite_member,
    leave_team,
)
from essor.common.limits import allowed
from essor.ground.notices.models import Notice
from tests.factories.chain import (
    OrganisationActorFactory,
    PublicAllianceFactory,
    PublicProjectFactory,
    TeamMemberFactory,
)
from tests.factories.people import MembershipFactory, PersonFactory

KNOWN, UNKNOWN = "zorro@example.org", "personne@example.org"


@pytest.fixture
def project(territory, bilal):
    made = PublicProjectFactory(territory=territory)
    TeamMemberFactory(project=made, person=bilal)
    return made


@pytest.fixture
def masked(territory):
    """A member whose name on the site hides who they are."""
    person = PersonFactory(email=KNOWN, display_name="Renard bleu")
    MembershipFactory(person=person, territory=territory)
    return person


@pytest.fixture
def invite(project, client_of, bilal):
    address = f"/t/val-de-lume/projets/{project.slug}/equipe/"

    def gesture(**words):
        return client_of(bilal).post(address, {"role": "contributor", **words}, follow=True)

    return gesture


def body_of(answer):
    """The page without what changes at each request, and without what was typed."""
    page = answer.content.decode()
    return page[page.index("<main") : page.index("</main")]


def without(words, page):
    """The page without its tokens nor these words."""
    page = "".join(line for line in page.splitlines(keepends=True) if "csrf" not in line)
    for word in words:
        page = page.replace(word, "")
    return page


def test_the_answer_is_the_same_whether_the_address_is_a_member_or_not(
    masked, invite, project, client, bilal
):
    pages = [body_of(invite(person=each)) for each in (KNOWN, UNKNOWN, KNOWN, "bilal@example.org")]
    assert all("Si cette adresse" in each for each in pages)
    typed = (KNOWN, UNKNOWN, "bilal@example.org")
    assert len({without(typed, each) for each in pages}) == 1
    assert "Renard" not in pages[0]
    assert TeamMember.objects.get(project=project, person=masked).by_address
    page = client.get(f"/t/val-de-lume/projets/{project.slug}/").content.decode()
    assert "Renard" not in page
    assert "invité quelqu" not in page


def test_neither_a_name_nor_a_key_tells_who_was_invited_by_an_address(
    masked, invite, project, bilal, client_of, django_capture_on_commit_callbacks
):
    invite(person=KNOWN)
    row = TeamMember.objects.get(project=project, person=masked)
    base = f"/t/val-de-lume/projets/{project.slug}/equipe/"
    assert client_of(bilal).get(f"{base}{row.pk}/quitter/").status_code == 404
    assert client_of(bilal).get(f"{base}{row.pk}/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        page = body_of(invite(person="Renard bleu"))
    assert "L’invitation est partie" in page
    assert "déjà" not in page
    assert not Notice.objects.exists()
    row.refresh_from_db()
    assert not row.by_address


def test_saying_no_is_not_told_and_saying_yes_shows_the_name(
    masked, invite, project, client, bilal, client_of
):
    invite(person=KNOWN)
    decline_invitation(by=masked, member=TeamMember.objects.get(person=masked, left_at=None))
    page = client_of(bilal).get(f"/t/val-de-lume/projets/{project.slug}/").content.decode()
    assert "Renard" not in page
    invite(person=KNOWN)
    accept_invitation(by=masked, member=TeamMember.objects.get(person=masked, left_at=None))
    page = client_of(bilal).get(f"/t/val-de-lume/projets/{project.slug}/equipe/").content.decode()
    assert "Renard" in page


def test_invited_and_removed_again_and_again_is_told_once(
    project, bilal, chloe, django_capture_on_commit_callbacks
):
    for _rank in range(4):
        with django_capture_on_commit_callbacks(execute=True):
            member = invite_member(by=bilal, project=project, person=chloe)
            leave_team(by=bilal, member=member)
    assert sum(each.count for each in Notice.objects.filter(person=chloe)) == 1


def test_a_day_has_so_many_invitations_to_teams_and_tables(
    project, bilal, invite, client_of, territory, alice
):
    invite(person=UNKNOWN)
    for _rank in range(19):
        assert allowed(f"invite:{bilal.pk}", times=20, seconds=86_400)
    assert "Revenez demain" in body_of(invite(person=UNKNOWN))
    alliance = PublicAllianceFactory(territory=territory, created_by=bilal)
    actor = OrganisationActorFactory(territory=territory)
    door = f"/t/val-de-lume/alliances/{alliance.slug}/table/"
    sent = {"actor": actor.pk, "role": "brings"}
    assert "Revenez demain" in client_of(bilal).post(door, sent).content.decode()
    assert not alliance.members.exists()
    client_of(alice).post(door, sent)
    assert alliance.members.count() == 1


def test_a_hidden_project_invites_nobody(project, bilal, alice, chloe):
    hide_project(by=alice, project=project, why="Des propos blessants.")
    with pytest.raises(ProjectRefused, match="n’invite personne"):
        invite_member(by=bilal, project=project, person=chloe)


def test_a_table_tells_an_actor_once_that_it_is_invited(
    territory, alice, chloe, association, django_capture_on_commit_callbacks
):
    alliance = PublicAllianceFactory(territory=territory, created_by=alice)
    actor = OrganisationActorFactory(territory=territory, organisation=association)
    for _rank in range(4):
        with django_capture_on_commit_callbacks(execute=True):
            member = members.invite_member(by=alice, alliance=alliance, actor=actor)
            members.leave(by=alice, member=member, because="Une erreur.")
    told = Notice.objects.filter(person=chloe, group_key__contains=":invited:")
    assert sum(each.count for each in told) == 1
