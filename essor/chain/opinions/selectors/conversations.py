"""Which conversations there are, and their figures."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from essor.chain.opinions.enums import StatementStatus
from essor.chain.opinions.models import Conversation, CurrentVote, Participant, Statement
from essor.common.text import plain
from essor.ground.people.models import Person
from essor.ground.people.policies import Visitor, can_facilitate
from essor.ground.territories.models import Territory


@dataclass(frozen=True)
class Figures:
    """What a conversation amounts to. ``voters`` answered at least once; ``mapped``, enough for the map."""

    joined: int = 0
    voters: int = 0
    mapped: int = 0
    votes: int = 0
    accepted: int = 0
    waiting: int = 0
    rejected: int = 0
    merged: int = 0
    by_door: tuple[tuple[str, int], ...] = ()


def conversations_for(
    viewer: Visitor, territory: Territory, *, state: str = "", words: str = ""
) -> "QuerySet[Conversation]":
    """Those the viewer may see, open first, then the newest, each with ``voters`` and ``to_vote`` counts."""
    rows = Conversation.objects.in_territory(territory).select_related("territory")
    if not can_facilitate(viewer, territory):
        rows = rows.public()
    if state:
        rows = rows.filter(state=state)
    if words.strip():
        rows = rows.filter(Q(title__icontains=words.strip()) | Q(question__icontains=words.strip()))
    voters = _counts(Participant.objects.counted().filter(votes_count__gt=0))
    statements = _counts(Statement.objects.to_vote())
    return rows.annotate(
        voters=Coalesce(Subquery(voters), 0),
        to_vote=Coalesce(Subquery(statements), 0),
        is_taking=Count("pk", filter=Q(pk__in=Conversation.objects.open().values("pk"))),
    ).order_by("-is_taking", "-created_at", "-id")


def figures_of(conversation: Conversation) -> Figures:
    """Three queries, whatever the size."""
    people = Participant.objects.counted().filter(conversation=conversation)
    voting = people.filter(votes_count__gt=0)
    doors = voting.values_list("joined_through").annotate(n=Count("id")).order_by("joined_through")
    by_door = tuple((str(door), int(n)) for door, n in doors)
    totals = people.aggregate(
        joined=Count("id"), mapped=Count("id", filter=Q(votes_count__gte=conversation.least_votes))
    )
    statements = dict(
        Statement.objects.filter(conversation=conversation)
        .values_list("status")
        .annotate(n=Count("id"))
        .order_by()
    )
    return Figures(
        joined=totals["joined"],
        voters=sum(n for _door, n in by_door),
        mapped=totals["mapped"],
        votes=CurrentVote.objects.filter(conversation=conversation).count(),
        accepted=statements.get(StatementStatus.ACCEPTED, 0),
        waiting=statements.get(StatementStatus.PROPOSED, 0),
        rejected=statements.get(StatementStatus.REJECTED, 0),
        merged=statements.get(StatementStatus.MERGED, 0),
        by_door=by_door,
    )


def personal_rows(person: Person) -> dict[str, list[Any]]:
    """What this person voted and proposed, for their own export."""
    mine = Participant.objects.of(person)
    return {
        "opinion_votes": list(
            CurrentVote.objects.filter(participant__in=mine)
            .order_by("cast_at", "id")
            .values("conversation__title", "statement__number", "statement__text", "choice", "cast_at")
        ),
        "opinion_participations": list(
            mine.values(
                "conversation__title", "joined_at", "joined_through", "family", "votes_count", "withdrawn_at"
            )
        ),
        "opinion_statements": list(
            Statement.objects.filter(Q(author=person) | Q(proposed_by__in=mine)).values(
                "conversation__title", "number", "text", "status", "reason", "explanation", "created_at"
            )
        ),
    }


def same_words(text: str) -> str:
    """What two wordings are compared by: letters and figures only, without accents.

    >>> same_words("Un bus, le SOIR !") == same_words("un bus le soir")
    True
    """
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain(text)).split())


def _counts(rows: "QuerySet[Participant] | QuerySet[Statement]") -> "QuerySet[Any, Any]":
    return (
        rows.filter(conversation=OuterRef("pk"))
        .order_by()
        .values("conversation")
        .annotate(n=Count("pk"))
        .values("n")
    )
