"""A whole import is taken back, unless people already built a published need on it."""

from django.db import transaction
from django.utils.translation import ngettext

from essor.chain.listening.models import Contribution, ImportBatch
from essor.chain.listening.services import imports
from essor.chain.needs.models import Need
from essor.ground.people.models import Person
from essor.journeys.recount_after_moderation import recount_after_moderation


def needs_resting_on(batch: ImportBatch) -> int:
    """How many published needs have voices of this import as evidence."""
    return (
        Need.objects.in_territory(batch.territory)
        .public()
        .filter(evidence__contribution__batch=batch)
        .distinct()
        .count()
    )


@transaction.atomic
def undo_import(*, by: Person, batch: ImportBatch) -> int:
    """Withdraw every voice of the import. Raises ImportRefused when a published need rests on some."""
    needs = needs_resting_on(batch)
    if needs:
        raise imports.ImportRefused(
            ngettext(
                "%(count)d besoin publié repose sur ces voix : retirez-le d’abord, ou ses preuves.",
                "%(count)d besoins publiés reposent sur ces voix : retirez-les d’abord, ou leurs preuves.",
                needs,
            )
            % {"count": needs}
        )
    touched = list(
        Contribution.objects.filter(
            batch=batch, pk__in=Need.objects.in_territory(batch.territory).values("evidence__contribution")
        ).values_list("pk", flat=True)
    )
    count = imports.undo_import(by=by, batch=batch)
    recount_after_moderation(voices=touched, by=by)
    return count
