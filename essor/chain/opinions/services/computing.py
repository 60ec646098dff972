"""Drawing and comparing maps, in jobs: the only services that load the engine. Pages never import them."""

import logging
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from essor.chain.opinions.computations import comparing, drawing
from essor.chain.opinions.models import Conversation, MapComparison, MapRequest, OpinionMap, Vote
from essor.chain.opinions.selectors.maps import latest_map, pack
from essor.common import clock
from essor.ground.ledger.enums import Actor
from essor.ground.ledger.models import Fact
from essor.ground.ledger.services import record

logger = logging.getLogger(__name__)
KEPT_HOURLY = timedelta(days=1)
KEPT_LAST = 5
RECORDED_EVERY = timedelta(hours=1)


def draw_opinion_map(*, conversation_id: int) -> OpinionMap | None:
    """Draw the map of the votes that are there; the same votes as last time write nothing new.

    The groups start from the map before, so that they keep their names while their people stay.
    """
    through = _begin(conversation_id)
    conversation = Conversation.objects.select_related("territory").get(pk=conversation_id)
    previous = OpinionMap.objects.filter(conversation=conversation).first()
    try:
        found = drawing.compute(conversation, previous)
        told = drawing.told_of(conversation, found)
    except drawing.NoVotes:
        return None
    except Exception:
        logger.exception("The map of the conversation %s could not be drawn.", conversation_id)
        _fail(conversation)
        raise
    return _finish(conversation, found, told, through)


def compare_opinion_maps(*, comparison_id: int) -> None:
    """Compare two maps that somebody wants side by side; done twice, it changes nothing."""
    asked = MapComparison.objects.select_related("earlier__conversation", "later__conversation")
    comparison = asked.filter(pk=comparison_id, computed_at=None).first()
    if comparison is None:
        return
    comparison.result = pack(comparing.compare(comparison.earlier, comparison.later))
    comparison.computed_at = clock.now()
    comparison.save(update_fields=["result", "computed_at"])


@transaction.atomic
def _begin(conversation_id: int) -> int:
    """The last vote to take in. Locking the row waits for the votes under way: none is ever forgotten."""
    Conversation.objects.select_for_update().get(pk=conversation_id)
    MapRequest.objects.filter(conversation=conversation_id).delete()
    return Vote.objects.filter(conversation=conversation_id).aggregate(last=Max("id"))["last"] or 0


@transaction.atomic
def _finish(
    conversation: Conversation, found: drawing.EngineMap, told: drawing.Told, through: int
) -> OpinionMap | None:
    Conversation.objects.filter(pk=conversation.pk).exclude(map_failure="").update(map_failure="")
    drawing.write_priorities(found)
    last = latest_map(conversation)
    same = (last.input_digest, last.parameters, last.version) if last else None
    if last and same == (found.method.digest, found.method.parameters, found.method.version):
        OpinionMap.objects.filter(pk=last.pk).update(through_vote=max(through, last.through_vote))
        return last
    if last and last.through_vote > through:
        return last  # another worker, which began later, was faster
    stored = drawing.store(conversation, found, told, through)
    _record(conversation, stored)
    _forget_old_maps(conversation)
    return stored


def _record(conversation: Conversation, stored: OpinionMap) -> None:
    """Once an hour at most: on an evening of votes a map is drawn every few seconds."""
    facts = Fact.objects.about(conversation).filter(verb="opinion_map.computed")
    if facts.filter(at__gt=clock.now() - RECORDED_EVERY).exists():
        return
    record(
        by=None,
        actor=Actor.MACHINE,
        verb="opinion_map.computed",
        thing=conversation,
        territory=conversation.territory,
        data={
            "map": stored.pk,
            "participants": stored.participants_count,
            "votes": stored.votes_count,
            "groups": stored.groups_count,
            "digest": stored.input_digest,
        },
    )


@transaction.atomic
def _fail(conversation: Conversation) -> None:
    words = _("Le calcul de la carte s’est arrêté sur une erreur. Aucun vote n’est perdu : il sera refait.")
    Conversation.objects.filter(pk=conversation.pk).update(map_failure=words)
    record(
        by=None,
        actor=Actor.MACHINE,
        verb="opinion_map.failed",
        thing=conversation,
        territory=conversation.territory,
    )


def _forget_old_maps(conversation: Conversation) -> None:
    """Keep the last five, the last of each hour of a day, the last of each day; and those kept by people."""
    rows = OpinionMap.objects.filter(conversation=conversation, is_kept=False).order_by("-computed_at", "-id")
    recent = clock.now() - KEPT_HOURLY
    seen: set[str] = set()
    old = []
    for rank, (pk, at) in enumerate(rows.values_list("pk", "computed_at")):
        span = at.strftime("%Y%m%d%H" if at > recent else "%Y%m%d")
        if rank >= KEPT_LAST and span in seen:
            old.append(pk)
        seen.add(span)
    for pk in old:
        with suppress(ProtectedError):  # evidence of a need
            OpinionMap.objects.filter(pk=pk).delete()
