"""What a vote showed becomes evidence of a need: what is agreed on supports it, what divides is told."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.needs.models import Need
from essor.chain.needs.services.evidence import EvidenceRefused
from essor.chain.needs.services.opinions import GivenOpinion, add_opinions
from essor.chain.opinions.models import OpinionMap, Statement, StatementTally
from essor.chain.opinions.services.groups import keep_map
from essor.ground.people.models import Person


@transaction.atomic
def give_opinions_as_evidence(
    *,
    by: Person,
    need: Need,
    readings: Mapping[Statement, str],
    drawn: OpinionMap | None = None,
    notes: Mapping[int, str] | None = None,
) -> Need:
    """Tie statements to a need, each read as agreed on or divided, with the counts of this moment.

    ``drawn``, the map on which they were read, is kept from now on. ``notes`` by key of statement.
    """
    if not readings:
        raise EvidenceRefused(_("Choisissez au moins une affirmation qui éclaire ce besoin."))
    _check(readings, drawn)
    tallies = StatementTally.objects.in_bulk([each.pk for each in readings])
    given = [
        GivenOpinion(
            statement=statement,
            reading=reading,
            agrees=tallies[statement.pk].agrees,
            disagrees=tallies[statement.pk].disagrees,
            passes=tallies[statement.pk].passes,
            note=(notes or {}).get(statement.pk, ""),
        )
        for statement, reading in readings.items()
    ]
    if drawn is not None and not drawn.is_kept:
        keep_map(by=by, drawn=drawn)
    return add_opinions(by=by, need=need, opinions=given, drawn=drawn)


def _check(readings: Mapping[Statement, str], drawn: OpinionMap | None) -> None:
    for statement in readings:
        if not statement.is_votable:
            raise EvidenceRefused(
                _("L’affirmation %(number)d n’est plus soumise au vote : choisissez-en une autre.")
                % {"number": statement.number}
            )
        if drawn is not None and statement.conversation_id != drawn.conversation_id:
            raise EvidenceRefused(_("Cette carte est d’un autre vote : rouvrez la bonne et recommencez."))
