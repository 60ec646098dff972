"""Somebody says that they speak for an organisation; facilitators answer."""

from django.db import transaction
from django.utils.translation import gettext as _

from essor.common import clock
from essor.common.text import tidy
from essor.ground.directory.enums import ActorKind, ClaimState
from essor.ground.directory.models import Actor, Claim
from essor.ground.directory.notifications import tell_claim_decided, tell_claimed
from essor.ground.directory.policies import can_speak_for_actor
from essor.ground.directory.services.refusals import ActorRefused
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person
from essor.ground.people.policies import can_take_part


@transaction.atomic
def claim_actor(*, by: Person, actor: Actor, words: str) -> Claim:
    """Ask to keep the card of an organisation."""
    if actor.kind != ActorKind.ORGANISATION or not actor.is_listed or actor.organisation is None:
        raise ActorRefused(_("On ne demande à tenir que la fiche d’une organisation de l’annuaire."))
    if not can_take_part(by, actor.territory):
        raise ActorRefused(_("Rejoignez d’abord le territoire, depuis votre compte."))
    if can_speak_for_actor(by, actor):
        raise ActorRefused(_("Vous parlez déjà pour cette organisation."))
    if not (words := tidy(words)[:1000]):
        raise ActorRefused(_("Dites qui vous y êtes, et comment on peut le vérifier."))
    if Claim.objects.filter(actor=actor, person=by, state=ClaimState.OPEN).exists():
        raise ActorRefused(_("Votre demande est déjà arrivée : la facilitation va vous répondre."))
    claim = Claim.objects.create(actor=actor, person=by, words=words, at=clock.now())
    ledger.record(by=by, verb="actor.claimed", thing=actor, territory=actor.territory)
    tell_claimed(claim)
    return claim


@transaction.atomic
def decide_claim(*, by: Person, claim: Claim, accepted: bool, answer: str = "") -> Claim:
    """Say yes or no, with a word. The membership itself is the journey’s act."""
    claim = Claim.objects.select_for_update(of=("self",)).select_related("actor__territory").get(pk=claim.pk)
    if claim.state != ClaimState.OPEN:
        raise ActorRefused(_("Cette demande a déjà sa réponse."))
    answer = tidy(answer)[:1000]
    if not accepted and not answer:
        raise ActorRefused(_("Dites pourquoi la demande est refusée : la personne le lira."))
    claim.state = ClaimState.ACCEPTED if accepted else ClaimState.REFUSED
    claim.answer, claim.answered_by, claim.answered_at = answer, by, clock.now()
    claim.save()
    ledger.record(
        by=by,
        verb="actor.claim_decided",
        thing=claim.actor,
        territory=claim.actor.territory,
        data={"accepted": accepted},
    )
    tell_claim_decided(claim)
    return claim


@transaction.atomic
def forget_person(*, person: Person) -> int:
    """What a person wrote to ask for a card is let go."""
    return Claim.objects.filter(person=person).update(words="—")
