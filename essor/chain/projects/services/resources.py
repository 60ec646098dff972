"""What a project offers and seeks, who offers help, and who brought what was sought."""

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.projects.enums import HelpState
from essor.chain.projects.models import OfferOfHelp, Project, ProjectResource
from essor.chain.projects.notifications.projects import tell_help_answered, tell_help_offered
from essor.chain.projects.policies import can_offer_help
from essor.chain.projects.services.refusals import ProjectRefused
from essor.common import clock
from essor.common.text import tidy
from essor.ground.directory.enums import Direction, ResourceKind
from essor.ground.directory.models import Actor
from essor.ground.directory.policies import can_speak_for_actor
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person

MOST = 30  # open things a project offers or seeks


@transaction.atomic
def add_resource(
    *, by: Person, project: Project, direction: str, kind: str, words: str, quantity: str = ""
) -> ProjectResource:
    """Say what the project offers or seeks."""
    words = " ".join(words.split())[:200]
    if not words:
        raise ProjectRefused(_("Dites en quelques mots ce que le projet cherche ou propose."))
    if project.resources.filter(closed_at=None).count() >= MOST:
        raise ProjectRefused(
            _("Un projet dit %(n)d choses au plus : retirez-en une avant d’en ajouter.") % {"n": MOST}
        )
    resource = ProjectResource.objects.create(
        project=project,
        direction=Direction(direction),
        kind=ResourceKind(kind),
        words=words,
        quantity=" ".join(quantity.split())[:60],
        created_at=clock.now(),
    )
    _record(by, resource, "project.resource_added")
    return resource


@transaction.atomic
def close_resource(*, by: Person, resource: ProjectResource) -> ProjectResource:
    """No longer offer or seek it."""
    resource.closed_at = clock.now()
    resource.save(update_fields=["closed_at"])
    _record(by, resource, "project.resource_closed")
    return resource


@transaction.atomic
def reopen_resource(*, by: Person, resource: ProjectResource) -> ProjectResource:
    """Undo: it is offered or sought again."""
    resource.closed_at, resource.met_at, resource.met_by = None, None, None
    resource.save(update_fields=["closed_at", "met_at", "met_by"])
    _record(by, resource, "project.resource_added")
    return resource


@transaction.atomic
def meet_resource(*, by: Person, resource: ProjectResource, actor: Actor | None = None) -> ProjectResource:
    """Somebody brought what was sought."""
    if resource.direction != Direction.SEEKS:
        raise ProjectRefused(_("Ce que le projet propose ne se trouve pas : il se retire."))
    if actor is not None and actor.territory_id != resource.project.territory_id:
        raise ProjectRefused(_("Cet acteur est d’un autre territoire : choisissez-en un d’ici."))
    resource.met_at, resource.met_by = clock.now(), actor
    resource.save(update_fields=["met_at", "met_by"])
    _record(by, resource, "project.resource_met")
    return resource


@transaction.atomic
def offer_help(
    *, by: Person, resource: ProjectResource, words: str, actor: Actor | None = None
) -> OfferOfHelp:
    """A member says: I can bring that. The team is told, and answers."""
    if not can_offer_help(by, resource.project):
        raise ProjectRefused(
            _(
                "Seuls les membres du territoire proposent leur aide à ses projets : demandez à la "
                "facilitation de vous y inviter."
            )
        )
    if resource.closed_at or resource.met_at or resource.direction != Direction.SEEKS:
        raise ProjectRefused(_("Le projet ne cherche plus cela. Regardez ce qu’il cherche encore."))
    if not (words := tidy(words)[:1000]):
        raise ProjectRefused(_("Dites en quelques mots ce que vous pouvez apporter."))
    if actor is not None and not can_speak_for_actor(by, actor):
        raise ProjectRefused(_("Vous ne parlez pas pour cette organisation."))
    if resource.offers.filter(person=by, state=HelpState.OPEN).exists():
        raise ProjectRefused(_("Votre proposition est déjà arrivée : l’équipe va vous répondre."))
    offer = OfferOfHelp.objects.create(resource=resource, person=by, actor=actor, words=words, at=clock.now())
    tell_help_offered(offer)
    return offer


@transaction.atomic
def answer_help(*, by: Person, offer: OfferOfHelp, accepted: bool) -> OfferOfHelp:
    """The team says yes or no. A yes of an actor marks what was sought as found."""
    offer = (
        OfferOfHelp.objects.select_for_update(of=("self",))
        .select_related("resource__project")
        .get(pk=offer.pk)
    )
    if offer.state != HelpState.OPEN:
        raise ProjectRefused(_("Cette proposition a déjà sa réponse."))
    offer.state = HelpState.ACCEPTED if accepted else HelpState.DECLINED
    offer.answered_by, offer.answered_at = by, clock.now()
    offer.save(update_fields=["state", "answered_by", "answered_at"])
    if accepted:
        meet_resource(by=by, resource=offer.resource, actor=offer.actor)
    tell_help_answered(offer, by)
    return offer


@transaction.atomic
def forget_person(*, person: Person) -> int:
    """Offers of help lose the words and the name of who made them."""
    return OfferOfHelp.objects.filter(person=person).update(person=None, words="—")


def _record(by: Person, resource: ProjectResource, verb: str) -> None:
    ledger.record(
        by=by,
        verb=verb,
        thing=resource.project,
        territory=resource.project.territory,
        data={"resource": resource.pk, "kind": resource.kind, "direction": resource.direction},
    )
