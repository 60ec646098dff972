"""A whole import of actors is taken back: cards, organisations made for them, and what it changed."""

from django.db import transaction

from essor.chain.alliances.models import AllianceMember
from essor.chain.projects.models import ProjectResource, TeamMember
from essor.ground.directory.enums import ActorState
from essor.ground.directory.models import Actor, ActorBatch, Claim
from essor.ground.directory.services.imports import undo_batch
from essor.ground.people.models import Organisation, OrganisationMember, Person
from essor.ground.people.services import organisations


@transaction.atomic
def undo_actor_import(*, by: Person, batch: ActorBatch) -> tuple[int, int, int]:
    """Withdraw what it added and put back what it changed, unless people built on it.

    Returns how many cards left, are as before, and stay.
    """
    counts = undo_batch(by=by, batch=batch, used=_used(batch))
    for key in batch.journal.get("sirens", ()):
        organisations.change_organisation(organisation=Organisation.objects.get(pk=key), siren="")
    withdrawn = Actor.objects.filter(batch=batch, state=ActorState.WITHDRAWN).values("organisation")
    made = Organisation.objects.filter(pk__in=batch.journal.get("organisations", ()))
    for organisation in made.filter(pk__in=withdrawn, is_archived=False):
        organisations.archive_organisation(organisation=organisation)
    return counts


def _used(batch: ActorBatch) -> set[int]:
    """The cards of this import that a team, an alliance, a claim, a merge or somebody rests on."""
    cards = Actor.objects.filter(batch=batch)
    spoken = OrganisationMember.objects.filter(organisation__in=cards.values("organisation"))
    return {
        *TeamMember.objects.filter(actor__in=cards).values_list("actor", flat=True),
        *AllianceMember.objects.filter(actor__in=cards).values_list("actor", flat=True),
        *ProjectResource.objects.filter(met_by__in=cards).values_list("met_by", flat=True),
        *Claim.objects.filter(actor__in=cards).values_list("actor", flat=True),
        *cards.filter(merged__isnull=False).values_list("pk", flat=True),
        *cards.filter(organisation__in=spoken.values("organisation")).values_list("pk", flat=True),
    }
