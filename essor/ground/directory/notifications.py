"""Who is told what about the directory."""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.common.text import excerpt
from essor.ground.directory.enums import ClaimState
from essor.ground.directory.models import Actor, Claim
from essor.ground.directory.selectors.spoken_for import people_speaking_for
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.services import tell
from essor.ground.people.enums import Role
from essor.ground.people.selectors import people_told_of

SHOWN = 80


def tell_hidden(actor: Actor, why: str) -> None:
    """Those who keep the card learn that it is hidden, and why."""
    transaction.on_commit(partial(_tell_hidden, actor, why))


def tell_claimed(claim: Claim) -> None:
    """Facilitators learn that somebody asks for a card."""
    transaction.on_commit(partial(_tell_claimed, claim))


def tell_claim_decided(claim: Claim) -> None:
    """Who asked learns the answer."""
    transaction.on_commit(partial(_tell_decided, claim))


def _tell_hidden(actor: Actor, why: str) -> None:
    said = {"name": excerpt(actor.name, SHOWN), "why": excerpt(why, SHOWN)}
    tell(
        persons=people_speaking_for([actor.pk]),
        territory=actor.territory,
        kind=NoticeKind.MATCHES,
        text=lambda: _("La fiche « %(name)s » est masquée : %(why)s") % said,
        url=reverse("territory:actors_mine", args=[actor.territory.slug]),
        group_key=f"actor:{actor.pk}:hidden",
    )


def _tell_claimed(claim: Claim) -> None:
    territory = claim.actor.territory
    said = {"name": excerpt(claim.actor.name, SHOWN)}
    tell(
        persons=people_told_of(territory, roles=(Role.FACILITATOR, Role.ADMINISTRATOR)),
        territory=territory,
        kind=NoticeKind.ATELIER,
        text=lambda: _("Quelqu’un demande à tenir la fiche de « %(name)s ».") % said,
        url=reverse("territory:atelier_claims", args=[territory.slug]),
        group_key=f"claims:{territory.pk}",
    )


def _tell_decided(claim: Claim) -> None:
    said = {"name": excerpt(claim.actor.name, SHOWN)}

    def words() -> str:
        if claim.state == ClaimState.ACCEPTED:
            return _("Vous tenez maintenant la fiche de « %(name)s ».") % said
        return _("Votre demande pour « %(name)s » n’est pas acceptée ; la raison est sur la page.") % said

    tell(
        persons=[claim.person],
        territory=claim.actor.territory,
        kind=NoticeKind.MATCHES,
        text=words,
        url=reverse("territory:actors_mine", args=[claim.actor.territory.slug]),
        group_key=f"claim:{claim.pk}",
    )
