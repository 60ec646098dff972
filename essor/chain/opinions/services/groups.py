"""Names given to groups, maps that are kept, and two maps side by side."""

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation, GroupName, MapComparison, MapRequest, OpinionMap
from essor.chain.opinions.services.refusals import OpinionRefused
from essor.common import clock, jobs
from essor.common.text import tidy
from essor.ground.ledger.services import record
from essor.ground.people.models import Person


@transaction.atomic
def name_group(*, by: Person, drawn: OpinionMap, key: int, name: str, portrait: str = "") -> GroupName | None:
    """Name a group after reading it; an empty name takes the name away. It follows the group's people."""
    if not drawn.groups.filter(key=key).exists():
        raise OpinionRefused(_("Ce groupe n’est pas sur cette carte : rechargez la page et recommencez."))
    conversation = drawn.conversation
    name = " ".join(tidy(name).split())
    if len(name) > 80:
        raise OpinionRefused(_("Le nom du groupe est trop long : 80 signes au plus."))
    given: GroupName | None = None
    if name:
        given, _is_new = GroupName.objects.update_or_create(
            conversation=conversation,
            key=key,
            defaults={
                "name": name,
                "portrait": tidy(portrait)[:1000],
                "on_map": drawn,
                "by": by,
                "at": clock.now(),
            },
        )
    else:
        GroupName.objects.filter(conversation=conversation, key=key).delete()
    record(
        by=by,
        verb="opinion_map.group_named",
        thing=drawn,
        territory=conversation.territory,
        data={"group": key, "removed": 0 if name else 1},
    )
    return given


@transaction.atomic
def keep_map(*, by: Person, drawn: OpinionMap, kept: bool = True) -> OpinionMap:
    """Keep this map for ever (to cite or compare it), or let it be forgotten when newer ones come."""
    drawn.is_kept = kept
    drawn.save(update_fields=["is_kept"])
    record(
        by=by,
        verb="opinion_map.kept",
        thing=drawn,
        territory=drawn.conversation.territory,
        data={"kept": int(kept)},
    )
    return drawn


@transaction.atomic
def redraw_map(*, by: Person, conversation: Conversation) -> None:
    """Have the map drawn now, whatever was asked before."""
    MapRequest.objects.update_or_create(conversation=conversation, defaults={"asked_at": clock.now()})
    record(by=by, verb="opinion_map.asked", thing=conversation, territory=conversation.territory)
    jobs.enqueue("compute_opinion_map", conversation_id=conversation.pk)


@transaction.atomic
def ask_comparison(*, earlier: OpinionMap, later: OpinionMap) -> MapComparison:
    """Have two maps of one conversation put side by side by a job; already done, it is given back."""
    if earlier.conversation_id != later.conversation_id or earlier.pk == later.pk:
        raise OpinionRefused(_("Choisissez deux cartes différentes du même vote."))
    if earlier.computed_at > later.computed_at:
        earlier, later = later, earlier
    comparison, is_new = MapComparison.objects.get_or_create(
        earlier=earlier, later=later, defaults={"asked_at": clock.now()}
    )
    if is_new:
        jobs.enqueue("compare_opinion_maps", comparison_id=comparison.pk)
    return comparison
