"""An administrator invites somebody by mail; they accept, or it is cancelled."""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.ground.ledger.services import record
from essor.ground.people.enums import Role
from essor.ground.people.models import Invitation, Membership, Person
from essor.ground.people.services import invitations
from essor.ground.territories.models import Territory
from essor.outside import mail


@transaction.atomic
def invite_member(*, by: Person, territory: Territory, email: str, role: str) -> Invitation:
    """Invite an address with a role, and write to it once this is saved."""
    invitation, secret = invitations.invite(by=by, territory=territory, email=email, role=role)
    record(by=by, verb="member.invited", thing=invitation, territory=territory, data={"role": role})
    transaction.on_commit(partial(mail.send, _letter(invitation, secret, by)))
    return invitation


@transaction.atomic
def accept_invitation(*, person: Person, secret: str) -> Membership:
    """The person invited joins with the role offered."""
    invitation, membership = invitations.accept_invitation(secret=secret, person=person)
    record(
        by=person,
        verb="member.joined",
        thing=membership,
        territory=invitation.territory,
        data={"role": membership.role, "invitation": invitation.pk},
    )
    return membership


@transaction.atomic
def cancel_invitation(*, by: Person, invitation: Invitation) -> None:
    """Take back an invitation that nobody has accepted."""
    invitations.cancel_invitation(invitation=invitation)
    record(by=by, verb="member.invitation_cancelled", thing=invitation, territory=invitation.territory)


def _letter(invitation: Invitation, secret: str, by: Person) -> mail.Letter:
    territory = invitation.territory
    words = {"who": by.shown_name, "territory": territory.name, "role": Role(invitation.role).label}
    return mail.Letter(
        to=invitation.email,
        subject=_("%(who)s vous invite à rejoindre %(territory)s") % words,
        template="letter",
        context={
            "territory": territory,
            "paragraphs": [
                _("Bonjour,"),
                _("%(who)s vous propose de prendre part à %(territory)s avec ce rôle : %(role)s.") % words,
                _("L’invitation est valable quatorze jours, pour cette adresse seulement."),
            ],
            "action": _("Voir l’invitation"),
            "action_url": mail.absolute(reverse("invitation", args=[secret])),
            "why": _("Vous recevez ce message parce que quelqu’un a donné votre adresse pour vous inviter."),
        },
    )
