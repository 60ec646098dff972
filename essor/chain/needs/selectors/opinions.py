"""What votes on statements tell about needs, and the needs that a statement tells about."""

from typing import Any

from django.db.models import QuerySet

from essor.chain.needs.models import Need, OpinionEvidence
from essor.chain.opinions.models import Conversation, Statement
from essor.ground.people.models import Person


def opinions_of_need(need: Need) -> QuerySet[OpinionEvidence]:
    """The statements given as evidence, those agreed on first, with their counts of now."""
    return OpinionEvidence.objects.filter(need=need).select_related(
        "statement__tally", "statement__conversation__territory", "drawn"
    )


def needs_of_statement(statement: Statement) -> QuerySet[Need]:
    """The public needs this statement is evidence of."""
    rows = OpinionEvidence.objects.filter(statement=statement).values("need")
    return Need.objects.public().filter(pk__in=rows).select_related("territory")


def needs_of_conversation(conversation: Conversation) -> QuerySet[Need]:
    """The public needs that statements of this conversation are evidence of."""
    rows = OpinionEvidence.objects.filter(statement__conversation=conversation).values("need")
    return Need.objects.public().filter(pk__in=rows).select_related("territory")


def personal_rows(person: Person) -> dict[str, list[Any]]:
    """The opinions this person gave as evidence, for their own export."""
    rows = OpinionEvidence.objects.filter(by=person)
    return {
        "opinion_evidence": list(rows.values("need__statement", "statement__text", "reading", "note", "at"))
    }
