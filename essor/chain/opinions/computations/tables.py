"""Votes out of the tables, as the engine reads them."""

from dataclasses import dataclass

import numpy as np
from django.db import connection

from essor.chain.opinions.enums import StatementStatus
from essor.chain.opinions.models import Conversation, CurrentVote, Participant, Statement
from essor.engines.opinion_map.votes import Votes, votes_from_arrays

AT_ONCE = 100_000


@dataclass(frozen=True)
class Table:
    """The votes that count, in a fixed order; ``moderated``: keys of statements that are set aside."""

    votes: Votes
    moderated: tuple[str, ...]


def table_of(conversation: Conversation) -> Table:
    """All participants whose votes count × all statements that stand, by their keys.

    Statements rejected after votes are given as moderated: the engine drops them and says so. Those merged
    into others are not there: their votes are counted on the one that was kept.
    """
    statements = list(
        Statement.objects.filter(conversation=conversation)
        .exclude(status__in=(StatementStatus.MERGED, StatementStatus.PROPOSED))
        .order_by("pk")
        .values_list("pk", "status")
    )
    people = Participant.objects.counted().filter(conversation=conversation, votes_count__gt=0)
    if not conversation.map_shared_devices:
        people = people.filter(shares_device=False)
    keys = np.fromiter(people.order_by("pk").values_list("pk", flat=True).iterator(), dtype=np.int64)
    columns = np.array([pk for pk, _status in statements], dtype=np.int64)
    read = _read(conversation)
    rows, known = _places(read[:, 0], keys)
    places, also = _places(read[:, 1], columns)
    kept = known & also
    votes = votes_from_arrays(
        rows[kept],
        places[kept],
        read[kept, 2].astype(np.int8),
        participants=[str(key) for key in keys.tolist()],
        statements=[str(key) for key in columns.tolist()],
    )
    moderated = tuple(str(pk) for pk, status in statements if status == StatementStatus.REJECTED)
    return Table(votes, moderated)


def _read(conversation: Conversation) -> np.ndarray:
    """Participant, statement, choice of every current vote: three columns of whole numbers.

    Read in plain SQL: a million rows pass through here, and none of them needs to be an object.
    """
    table = connection.ops.quote_name(CurrentVote._meta.db_table)
    query = f"SELECT participant_id, statement_id, choice FROM {table} WHERE conversation_id = %s"  # noqa: S608
    parts = []
    with connection.cursor() as cursor:
        cursor.execute(query, [conversation.pk])
        while rows := cursor.fetchmany(AT_ONCE):
            parts.append(np.array(rows, dtype=np.int64))
    return np.concatenate(parts) if parts else np.zeros((0, 3), dtype=np.int64)


def _places(values: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each value stands among sorted ones, and whether it does."""
    if not len(among):
        return np.zeros(len(values), dtype=np.int32), np.zeros(len(values), dtype=bool)
    at = np.minimum(np.searchsorted(among, values), len(among) - 1)
    return at.astype(np.int32), among[at] == values
