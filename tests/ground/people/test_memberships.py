"""Joining a territory, changing role, leaving, being invited."""

import pytest

from essor.ground.people import policies
from essor.ground.people.enums import Role
from essor.ground.people.models import Invitation, Membership
from essor.ground.people.selectors import members_of, waiting_invitations
from essor.ground.people.services import invitations, memberships
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def place(person, territory):
    return Membership.objects.get(person=person, territory=territory)


def test_joining_twice_changes_nothing(territory):
    person = PersonFactory()
    assert memberships.join(person=person, territory=territory)[1]
    membership, is_new = memberships.join(person=person, territory=territory, role=Role.ADMINISTRATOR)
    assert not is_new
    assert membership.role == Role.MEMBER


def test_rights_follow_the_role_at_once(alice, elise, territory):
    assert not policies.can_administer(alice, territory)
    membership = place(alice, territory)
    membership.person = alice
    memberships.change_role(membership=membership, role=Role.ADMINISTRATOR)
    assert policies.can_administer(alice, territory)


def test_somebody_who_comes_back_has_only_the_role_given_again(alice, elise, territory):
    memberships.leave(membership=place(alice, territory))
    membership, is_new = memberships.join(person=alice, territory=territory)
    assert is_new
    assert membership.role == Role.MEMBER
    assert not policies.can_facilitate(alice, territory)


def test_the_last_administrator_can_neither_leave_nor_step_down(elise, bilal, territory):
    with pytest.raises(memberships.LastAdministrator, match="Val-de-Lume"):
        memberships.leave(membership=place(elise, territory))
    with pytest.raises(memberships.LastAdministrator):
        memberships.change_role(membership=place(elise, territory), role=Role.MEMBER)
    memberships.change_role(membership=place(bilal, territory), role=Role.ADMINISTRATOR)
    memberships.leave(membership=place(elise, territory))
    assert place(elise, territory).left_at is not None


def test_an_administrator_who_has_left_does_not_count(elise, bilal, territory):
    memberships.change_role(membership=place(bilal, territory), role=Role.ADMINISTRATOR)
    memberships.leave(membership=place(bilal, territory))
    with pytest.raises(memberships.LastAdministrator):
        memberships.leave(membership=place(elise, territory))


def test_members_are_found_by_name_and_listed_by_role(alice, bilal, elise, farid, territory):
    assert [each.person for each in members_of(territory)] == [elise, alice, bilal]
    assert [each.person for each in members_of(territory, asked="bil")] == [bilal]
    assert [each.person for each in members_of(territory, role=Role.FACILITATOR)] == [alice]


def test_an_invitation_gives_its_role_once(elise, territory):
    person = PersonFactory(email="nadia@example.org")
    _invitation, secret = invitations.invite(
        by=elise, territory=territory, email=" Nadia@Example.org ", role=Role.MODERATOR
    )
    _used, membership = invitations.accept_invitation(secret=secret, person=person)
    assert membership.role == Role.MODERATOR
    with pytest.raises(invitations.InvitationRefused, match="plus valable"):
        invitations.accept_invitation(secret=secret, person=person)


def test_an_invitation_cannot_be_passed_on(elise, farid, territory):
    _invitation, secret = invitations.invite(
        by=elise, territory=territory, email="nadia@example.org", role=Role.ADMINISTRATOR
    )
    with pytest.raises(invitations.InvitationRefused, match="autre adresse"):
        invitations.accept_invitation(secret=secret, person=farid)
    assert not policies.can_take_part(farid, territory)


def test_an_invitation_ends_after_fourteen_days(elise, territory, at):
    clock = at("2026-03-01T10:00:00+01:00")
    _invitation, secret = invitations.invite(
        by=elise, territory=territory, email="nadia@example.org", role=Role.MEMBER
    )
    assert waiting_invitations(territory, lasts=invitations.LASTS).count() == 1
    clock.shift(14 * 24 * 3600)
    assert waiting_invitations(territory, lasts=invitations.LASTS).count() == 0
    with pytest.raises(invitations.InvitationRefused):
        invitations.accept_invitation(secret=secret, person=PersonFactory(email="nadia@example.org"))


def test_a_new_invitation_replaces_the_one_that_waits_and_a_member_is_not_invited(elise, bilal, territory):
    for _ in range(2):
        invitations.invite(by=elise, territory=territory, email="nadia@example.org", role=Role.MEMBER)
    assert Invitation.objects.filter(cancelled_at=None).count() == 1
    with pytest.raises(invitations.InvitationRefused, match="déjà membre"):
        invitations.invite(by=elise, territory=territory, email="BILAL@example.org", role=Role.MEMBER)


def test_the_secret_of_an_invitation_is_not_kept(elise, territory):
    invitation, secret = invitations.invite(
        by=elise, territory=territory, email="nadia@example.org", role=Role.MEMBER
    )
    assert secret not in str(Invitation.objects.filter(pk=invitation.pk).values().get())


def test_a_cancelled_invitation_is_refused_and_an_accepted_one_is_not_cancelled(elise, territory):
    person = PersonFactory(email="nadia@example.org")
    invitation, secret = invitations.invite(
        by=elise, territory=territory, email=person.email, role=Role.MEMBER
    )
    invitations.cancel_invitation(invitation=invitation)
    with pytest.raises(invitations.InvitationRefused):
        invitations.accept_invitation(secret=secret, person=person)
    _invitation, secret = invitations.invite(
        by=elise, territory=territory, email=person.email, role=Role.MEMBER
    )
    accepted, _place = invitations.accept_invitation(secret=secret, person=person)
    with pytest.raises(invitations.InvitationRefused, match="acceptée"):
        invitations.cancel_invitation(invitation=accepted)
