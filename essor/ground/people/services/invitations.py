"""Inviting somebody by mail. Only the digest of the secret is kept."""

import secrets
from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from essor.common import clock
from essor.common.codes import digest
from essor.ground.people.enums import Role
from essor.ground.people.models import Invitation, Membership, Person
from essor.ground.people.services import memberships
from essor.ground.territories.models import Territory

LASTS: Final = timedelta(days=14)


class InvitationRefused(ValueError):
    """The invitation cannot be sent or accepted; the message says what to do."""


@transaction.atomic
def invite(*, by: Person, territory: Territory, email: str, role: str) -> tuple[Invitation, str]:
    """Invite an address; an earlier invitation still waiting is replaced. Returns it with its secret."""
    email = email.strip().lower()
    if Membership.objects.in_territory(territory).current().filter(person__email__iexact=email).exists():
        raise InvitationRefused(_("Cette personne est déjà membre : changez plutôt son rôle dans la liste."))
    waiting = Invitation.objects.filter(
        territory=territory, email__iexact=email, accepted_at=None, cancelled_at=None
    )
    waiting.update(cancelled_at=clock.now())
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        territory=territory,
        email=email,
        role=Role(role),
        digest=digest(secret, "invitation"),
        invited_by=by,
        created_at=clock.now(),
    )
    return invitation, secret


@transaction.atomic
def accept_invitation(*, secret: str, person: Person) -> tuple[Invitation, Membership]:
    """The invited person joins with the role offered. The address must be one they have proved theirs."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("territory")
        .filter(digest=digest(secret, "invitation"))
        .first()
    )
    if invitation is None or not is_waiting(invitation=invitation):
        raise InvitationRefused(
            _("Cette invitation n’est plus valable : demandez-en une autre à qui vous a invité·e.")
        )
    if not _owns(person, invitation.email):
        raise InvitationRefused(
            _(
                "Cette invitation a été envoyée à une autre adresse : connectez-vous avec celle-ci, "
                "ou ajoutez-la à votre compte."
            )
        )
    membership, is_new = memberships.join(person=person, territory=invitation.territory, role=invitation.role)
    if not is_new and membership.role == Role.MEMBER:
        memberships.change_role(membership=membership, role=invitation.role)
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    return invitation, membership


@transaction.atomic
def cancel_invitation(*, invitation: Invitation) -> None:
    """Take back an invitation that nobody has accepted."""
    if invitation.accepted_at is not None:
        raise InvitationRefused(_("Cette invitation a déjà été acceptée : changez le rôle dans la liste."))
    if invitation.cancelled_at is None:
        invitation.cancelled_at = clock.now()
        invitation.save(update_fields=["cancelled_at"])


def is_waiting(*, invitation: Invitation) -> bool:
    """Whether it can still be accepted: neither accepted nor cancelled, and less than 14 days old."""
    return (
        invitation.accepted_at is None
        and invitation.cancelled_at is None
        and invitation.created_at > clock.now() - LASTS
    )


def _owns(person: Person, email: str) -> bool:
    if person.email.lower() == email.lower():
        return True
    return EmailAddress.objects.filter(user=person, verified=True, email__iexact=email).exists()
