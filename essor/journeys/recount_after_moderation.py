"""A voice changed state, so the needs it is evidence of are counted again and their thread kept in step."""

from collections.abc import Iterable

from django.db import transaction

from essor.chain.listening.models import Contribution
from essor.chain.needs.models import Need
from essor.chain.needs.services.needs import recount
from essor.ground.people.models import Person
from essor.journeys.seed_statements_from_voices import untie_statements


@transaction.atomic
def recount_after_moderation(*, voices: Iterable[Contribution | int], by: Person | None = None) -> int:
    """Count again the needs these voices (or their keys) are evidence of. Returns how many needs.

    ``by`` is the person whose gesture changed the voices; without one, the links say a machine did it.
    """
    keys = [voice if isinstance(voice, int) else voice.pk for voice in voices]
    untie_statements(voices=keys, by=by)
    needs = Need.objects.filter(evidence__contribution__in=keys).distinct().order_by("pk")
    for need in needs.select_related("territory"):
        recount(need=need, by=by)
    return len(needs)
