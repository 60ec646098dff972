"""Joining a territory, changing role, leaving."""

from django.db import transaction
from django.utils.translation import gettext as _

from essor.common import clock
from essor.ground.people.enums import Role, StakeholderFamily
from essor.ground.people.models import Membership, OrganisationMember, Person
from essor.ground.territories.models import Territory


class LastAdministrator(ValueError):
    """A territory would be left without anybody to administer it; the message says what to do first."""


class NotAMember(ValueError):
    """The person has already left the territory."""


@transaction.atomic
def join(
    *,
    person: Person,
    territory: Territory,
    role: str = Role.MEMBER,
    family: str = StakeholderFamily.CITIZEN,
    commune_code: str = "",
) -> tuple[Membership, bool]:
    """Make the person a member; somebody who had left comes back with this role.

    Returns the membership and whether it is new. A current member keeps the role they have.
    """
    membership, is_new = Membership.objects.select_for_update().get_or_create(
        territory=territory,
        person=person,
        defaults={
            "role": role,
            "family": family,
            "commune_code": commune_code,
            "joined_at": clock.now(),
        },
    )
    if membership.left_at is not None:
        membership.role, membership.family, membership.commune_code = role, family, commune_code
        membership.joined_at, membership.left_at, is_new = clock.now(), None, True
        membership.save()
    _forget_known_role(person)
    return membership, is_new


@transaction.atomic
def leave(*, membership: Membership) -> None:
    """The person leaves; their voices stay. They no longer speak for the organisations of the territory.

    The last administrator cannot leave.
    """
    if membership.left_at is not None:
        raise NotAMember(_("Cette personne a déjà quitté le territoire."))
    _keep_an_administrator(membership)
    membership.left_at = clock.now()
    membership.save(update_fields=["left_at"])
    OrganisationMember.objects.filter(
        person=membership.person, organisation__territory=membership.territory
    ).delete()
    _forget_known_role(membership.person)


@transaction.atomic
def change_role(*, membership: Membership, role: str) -> str:
    """Give a member another role; returns the former one. The last administrator keeps theirs."""
    if membership.left_at is not None:
        raise NotAMember(_("Cette personne a quitté le territoire : invitez-la de nouveau."))
    former = membership.role
    if role != former:
        if role != Role.ADMINISTRATOR:
            _keep_an_administrator(membership)
        membership.role = Role(role)
        membership.save(update_fields=["role"])
        _forget_known_role(membership.person)
    return former


@transaction.atomic
def change_place(*, membership: Membership, family: str, commune_code: str) -> None:
    """Change the family of actors and the commune that a member gives as theirs."""
    membership.family, membership.commune_code = StakeholderFamily(family), commune_code
    membership.save(update_fields=["family", "commune_code"])


def _keep_an_administrator(membership: Membership) -> None:
    if membership.role != Role.ADMINISTRATOR:
        return
    administrators = (
        Membership.objects.select_for_update()
        .in_territory(membership.territory)
        .current()
        .filter(role=Role.ADMINISTRATOR)
        .values_list("pk", flat=True)
    )
    if not set(administrators) - {membership.pk}:
        raise LastAdministrator(
            _("« %(territory)s » n’a pas d’autre administration : donnez ce rôle d’abord à quelqu’un.")
            % {"territory": membership.territory.name}
        )


def _forget_known_role(person: Person) -> None:
    person.__dict__.pop("_roles_known", None)
