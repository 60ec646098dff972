"""Statements that were voted on, as evidence of needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.needs.enums import Reading
from essor.chain.needs.models import Need, OpinionEvidence
from essor.chain.needs.services.evidence import EvidenceRefused, recount
from essor.chain.opinions.models import OpinionMap, Statement
from essor.common import clock
from essor.common.text import tidy
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person


@dataclass(frozen=True)
class GivenOpinion:
    """A statement, what it tells about the need, and what was counted when it was chosen."""

    statement: Statement
    reading: str
    agrees: int = 0
    disagrees: int = 0
    passes: int = 0
    note: str = ""


@transaction.atomic
def add_opinions(
    *, by: Person, need: Need, opinions: Iterable[GivenOpinion], drawn: OpinionMap | None = None
) -> Need:
    """Add statements to the evidence of a need; one already there takes the new reading and counts."""
    given = list(opinions)
    for each in given:
        if each.statement.conversation.territory_id != need.territory_id:
            raise EvidenceRefused(_("Une affirmation d’un autre territoire ne peut pas éclairer ce besoin."))
        if each.reading not in Reading.values:
            raise EvidenceRefused(_("Dites si l’affirmation appuie ce besoin ou si elle fait débat."))
    for each in given:
        OpinionEvidence.objects.update_or_create(
            need=need,
            statement=each.statement,
            defaults={
                "reading": each.reading,
                "drawn": drawn,
                "agrees": each.agrees,
                "disagrees": each.disagrees,
                "passes": each.passes,
                "note": " ".join(tidy(each.note).split())[:300],
                "by": by,
                "at": clock.now(),
            },
        )
    _record(by, need, added=len(given))
    return recount(need=need, by=by)


@transaction.atomic
def remove_opinions(*, by: Person, need: Need, statements: Iterable[int]) -> Need:
    """Take statements (their keys) out of the evidence of a need; the link says when it ended."""
    rows = OpinionEvidence.objects.filter(need=need, statement__in=list(statements))
    gone, _by_model = rows.delete()
    if not gone:
        return need
    _record(by, need, removed=gone)
    return recount(need=need, by=by)


@transaction.atomic
def forget_person(*, person: Person) -> int:
    """The opinions they gave as evidence stay, without their name."""
    return OpinionEvidence.objects.filter(by=person).update(by=None)


def _record(by: Person, need: Need, **data: int) -> None:
    ledger.record(by=by, verb="need.opinions_changed", thing=need, territory=need.territory, data=dict(data))
