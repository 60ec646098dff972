"""Keeping counts in step with the votes. Whoever writes several counts locks the tallies first, by key.

The order is always the same (tallies, then participants), so that two writers never wait for each other.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from essor.chain.opinions.enums import Choice
from essor.chain.opinions.models import (
    Conversation,
    CurrentVote,
    MapRequest,
    Participant,
    Statement,
    StatementTally,
    Vote,
)
from essor.common import clock, jobs

MAP_DELAY = timedelta(seconds=2)  # the votes of two seconds make one calculation
LOST = timedelta(minutes=20)  # a request older than this was forgotten by a worker that fell
COLUMN = {Choice.AGREE: "agrees", Choice.DISAGREE: "disagrees", Choice.PASS: "passes"}


def request_map(*, conversation: Conversation) -> bool:
    """Have the map drawn again soon. Asked a hundred times before it begins, it is drawn once. True when new.

    The job locks the conversation before it takes the request away; a vote holds (by its key) that row until
    it is committed. So each vote is either in the map or has put down a request for the next one.
    """
    asked_at = MapRequest.objects.filter(conversation=conversation).values_list("asked_at", flat=True).first()
    if asked_at is None:
        return _put_down_request(conversation)
    if asked_at > clock.now() - LOST:
        return False
    stale = MapRequest.objects.filter(conversation=conversation, asked_at=asked_at)
    if not stale.update(asked_at=clock.now()):
        return False
    jobs.enqueue_soon("compute_opinion_map", MAP_DELAY, conversation_id=conversation.pk)
    return True


@transaction.atomic
def _put_down_request(conversation: Conversation) -> bool:
    _request, is_new = MapRequest.objects.get_or_create(
        conversation=conversation, defaults={"asked_at": clock.now()}
    )
    if is_new:
        jobs.enqueue_soon("compute_opinion_map", MAP_DELAY, conversation_id=conversation.pk)
    return is_new


def lock_tallies(*, conversation: Conversation, statements: Collection[int] | None = None) -> None:
    """Hold these tallies (or all of the conversation) until the end of the transaction."""
    rows = StatementTally.objects.filter(statement__conversation=conversation)
    if statements is not None:
        rows = rows.filter(pk__in=statements)
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def count_change(*, statement: int, before: int | None, after: int) -> None:
    """One more for the new answer, one less for the one it replaces."""
    change = {COLUMN[Choice(after)]: F(COLUMN[Choice(after)]) + 1}
    if before is not None:
        change[COLUMN[Choice(before)]] = F(COLUMN[Choice(before)]) - 1
    StatementTally.objects.filter(pk=statement).update(**change)


@transaction.atomic
def recount(*, statements: Iterable[int]) -> None:
    """Count these statements again from the current votes. Their tallies are locked by the caller."""
    keys = list(statements)
    rows = CurrentVote.objects.filter(statement__in=keys).values("statement").order_by()
    counted: dict[int, Any] = {
        row["statement"]: row
        for row in rows.annotate(
            agrees=Count("id", filter=Q(choice=Choice.AGREE)),
            disagrees=Count("id", filter=Q(choice=Choice.DISAGREE)),
            passes=Count("id", filter=Q(choice=Choice.PASS)),
        )
    }
    tallies = list(StatementTally.objects.filter(pk__in=keys))
    for tally in tallies:
        row = counted.get(tally.pk, {})
        for column in COLUMN.values():
            setattr(tally, column, row.get(column, 0))
    StatementTally.objects.bulk_update(tallies, list(COLUMN.values()), batch_size=200)


@transaction.atomic
def rebuild(*, statement: Statement) -> None:
    """Make the current votes of a statement again from the votes on it and on what was merged into it."""
    family = family_of(statement=statement)
    had = set(CurrentVote.objects.filter(statement__in=family).values_list("participant_id", flat=True))
    CurrentVote.objects.filter(statement__in=family).delete()
    last = (
        Vote.objects.filter(statement__in=family, participant__withdrawn_at=None)
        .order_by()
        .values("participant")
        .annotate(last=Max("id"))
        .values("last")
    )
    rows = [
        CurrentVote(
            conversation_id=vote.conversation_id,
            participant_id=vote.participant_id,
            statement=statement,
            choice=vote.choice,
            vote=vote,
            cast_at=vote.cast_at,
        )
        for vote in Vote.objects.filter(pk__in=last)
    ]
    CurrentVote.objects.bulk_create(rows, batch_size=500)
    recount(statements=family)
    count_votes_of(participants=Participant.objects.filter(pk__in=had | {row.participant_id for row in rows}))


def family_of(*, statement: Statement) -> list[int]:
    """Keys of a statement and of all that was merged into it, however far."""
    found = [statement.pk]
    front = [statement.pk]
    while front:
        front = list(Statement.objects.filter(merged_into__in=front).values_list("pk", flat=True))
        found += front
    return found


def count_votes_of(*, participants: QuerySet[Participant]) -> None:
    """Count again how many statements these participants answered."""
    mine = (
        CurrentVote.objects.filter(participant=OuterRef("pk"))
        .order_by()
        .values("participant")
        .annotate(n=Count("id"))
        .values("n")
    )
    participants.update(votes_count=Coalesce(Subquery(mine, output_field=IntegerField()), 0))
