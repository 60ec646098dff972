"""Organisations and their cards: added together, claimed, archived together."""

from django.db import transaction

from essor.ground.directory.models import Claim
from essor.ground.directory.services.claims import decide_claim
from essor.ground.people.models import Person
from essor.journeys.keep_organisations import add_organisation_member


@transaction.atomic
def answer_claim(*, by: Person, claim: Claim, accepted: bool, answer: str = "") -> Claim:
    """Answer somebody who says they speak for an organisation; a yes makes them speak for it."""
    claim = decide_claim(by=by, claim=claim, accepted=accepted, answer=answer)
    card = claim.actor.merged_into or claim.actor
    if accepted and card.organisation is not None:
        add_organisation_member(by=by, organisation=card.organisation, person=claim.person)
    return claim
