"""Drawing the map of a conversation: votes out of the tables, a dated snapshot back into them."""

from dataclasses import dataclass

from django.db import transaction

from essor.chain.opinions.computations.snapshots import points_of, restored, result_of
from essor.chain.opinions.computations.tables import table_of
from essor.chain.opinions.models import (
    Conversation,
    MapGroup,
    OpinionMap,
    Participant,
    StatementTally,
)
from essor.chain.opinions.selectors.maps import pack
from essor.common import clock
from essor.engines.opinion_map.draw import draw_map
from essor.engines.opinion_map.errors import NoVotes
from essor.engines.opinion_map.result import OpinionMap as EngineMap
from essor.engines.opinion_map.routing import Candidate, priority_of
from essor.engines.opinion_map.suppression import suppress

__all__ = ["EngineMap", "NoVotes", "compute", "store", "told_of", "write_priorities"]


@dataclass(frozen=True)
class Told:
    """What a map says and where everybody stands, as they are stored."""

    result: bytes
    points: bytes


def compute(conversation: Conversation, previous: OpinionMap | None) -> EngineMap:
    """Draw it from the votes there are, starting from the map before. Writes nothing.

    Raises NoVotes when nobody voted on a statement that stands.
    """
    table = table_of(conversation)
    return draw_map(
        table.votes,
        seed=conversation.seed,
        previous=restored(previous) if previous is not None else None,
        moderated=table.moderated,
        least_votes=conversation.least_votes,
    )


def told_of(conversation: Conversation, found: EngineMap) -> Told:
    """What is kept of the map, packed. Done before the transaction that writes it, so that no vote waits."""
    told = result_of(found)
    told["families"] = families_of(conversation, found)
    return Told(result=pack(told), points=pack(points_of(found)))


@transaction.atomic
def store(conversation: Conversation, found: EngineMap, told: Told, through_vote: int) -> OpinionMap:
    """Write the snapshot and its groups."""
    stored = OpinionMap.objects.create(
        conversation=conversation,
        method=found.method.name,
        version=found.method.version,
        parameters=found.method.parameters,
        seed=conversation.seed,
        input_digest=found.method.digest,
        through_vote=through_vote,
        computed_at=clock.now(),
        participants_count=int((found.participants.seen >= found.basis.least_votes).sum()),
        grouped_count=sum(each.size for each in found.groups),
        statements_count=len(found.basis.statements),
        votes_count=found.votes,
        groups_count=len(found.groups),
        result=told.result,
        points=told.points,
    )
    MapGroup.objects.bulk_create(
        [
            MapGroup(map=stored, key=each.id, index=index, size=each.size)
            for index, each in enumerate(found.groups)
        ]
    )
    return stored


@transaction.atomic
def write_priorities(found: EngineMap) -> None:
    """How much each statement deserves to be shown next, by the counts of now and its place on the map."""
    extremity = {int(each.id): each.extremity for each in found.statements}
    rows = StatementTally.objects.filter(pk__in=list(extremity)).select_related("statement")
    tallies = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for tally in tallies:
        candidate = Candidate(
            id=str(tally.pk),
            agrees=tally.agrees,
            disagrees=tally.disagrees,
            passes=tally.passes,
            extremity=extremity[tally.pk],
            is_meta=tally.statement.is_meta,
        )
        tally.priority = priority_of(candidate).priority
    StatementTally.objects.bulk_update(tallies, ["priority"], batch_size=200)


def families_of(conversation: Conversation, found: EngineMap) -> dict[str, object] | None:
    """Declared families × groups (and outside groups), small cells hidden; None when nobody declared any."""
    people = found.participants
    place = {each.id: at for at, each in enumerate(found.groups)}
    outside = len(place)
    told = dict(
        Participant.objects.counted()
        .filter(conversation=conversation, votes_count__gt=0)
        .exclude(family="")
        .values_list("pk", "family")
    )
    if not told:
        return None
    names = sorted(set(told.values()))
    counts = [[0] * (outside + 1) for _each in names]
    for name, group in zip(people.ids, people.group.tolist(), strict=True):
        family = told.get(int(name))
        if family is not None:
            counts[names.index(family)][place.get(group, outside)] += 1
    shown = suppress(counts, conversation.least_cell)
    return {
        "families": names,
        "groups": [each.id for each in found.groups],
        "cells": [list(row) for row in shown.cells],  # the last column: outside groups
        "row_totals": list(shown.row_totals),
        "column_totals": list(shown.column_totals),
        "total": shown.total,
        "hidden": shown.hidden,
        "withheld": shown.withheld,
    }
