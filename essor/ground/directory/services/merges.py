"""Two cards that are one actor: merged, with undo."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from essor.common import clock
from essor.ground.directory.enums import ActorState
from essor.ground.directory.models import Actor, ActorCommune, ActorTheme, Merge, Resource
from essor.ground.directory.services.actors import locked
from essor.ground.directory.services.refusals import ActorRefused
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person


@transaction.atomic
def merge_actors(*, by: Person, kept: Actor, gone: Actor) -> Merge:
    """``gone`` becomes ``kept``: themes, communes and things offered or sought are copied, the rest stays."""
    if kept.pk == gone.pk:
        raise ActorRefused(_("Choisissez deux fiches différentes."))
    first, second = sorted((kept.pk, gone.pk))
    held = {
        pk: locked(actor=Actor(pk=pk)) for pk in (first, second)
    }  # in one order, so that two merges never wait
    kept, gone = held[kept.pk], held[gone.pk]
    _check(kept, gone)
    moved = {
        "themes": _copy_themes(kept, gone),
        "communes": _copy_communes(kept, gone),
        "resources": _copy_resources(kept, gone),
        "followers": list(Actor.objects.filter(merged_into=gone).values_list("pk", flat=True)),
    }
    merge = Merge.objects.create(kept=kept, gone=gone, before=gone.state, moved=moved, by=by, at=clock.now())
    gone.state, gone.merged_into, gone.changed_at = ActorState.MERGED, kept, clock.now()
    gone.save()
    Actor.objects.filter(merged_into=gone).update(merged_into=kept)
    ledger.record(by=by, verb="actor.merged", thing=kept, territory=kept.territory, data={"gone": gone.pk})
    return merge


@transaction.atomic
def undo_merge(*, by: Person, merge: Merge) -> Actor:
    """Part the two cards again: what was copied is taken back, and each is as it was."""
    merge = Merge.objects.select_for_update(of=("self",)).select_related("kept__territory").get(pk=merge.pk)
    if merge.undone_at is not None:
        raise ActorRefused(_("Ces deux fiches sont déjà séparées."))
    gone = locked(actor=merge.gone)
    if gone.state != ActorState.MERGED:
        raise ActorRefused(_("Ces deux fiches sont déjà séparées."))
    if merge.kept.state == ActorState.MERGED or gone.merged_into_id != merge.kept_id:
        said = {"name": merge.kept.name}
        raise ActorRefused(_("Séparez d’abord « %(name)s », réunie depuis à une autre fiche.") % said)
    ActorTheme.objects.filter(pk__in=merge.moved.get("themes", ())).delete()
    ActorCommune.objects.filter(pk__in=merge.moved.get("communes", ())).delete()
    _take_back(merge.moved.get("resources", ()))
    gone.state, gone.merged_into, gone.changed_at = ActorState(merge.before), None, clock.now()
    gone.save()
    Actor.objects.filter(pk__in=merge.moved.get("followers", ()), merged_into=merge.kept).update(
        merged_into=gone
    )
    merge.undone_at = clock.now()
    merge.save(update_fields=["undone_at"])
    ledger.record(
        by=by, verb="actor.merge_undone", thing=gone, territory=gone.territory, data={"kept": merge.kept_id}
    )
    return gone


def _take_back(keys: Iterable[int]) -> None:
    """Delete the copies; one that was proposed to somebody meanwhile is closed, since a proposal names it."""
    for each in Resource.objects.filter(pk__in=keys):
        try:
            with transaction.atomic():
                each.delete()
        except ProtectedError:
            each.closed_at = each.closed_at or clock.now()
            each.save(update_fields=["closed_at"])


def _check(kept: Actor, gone: Actor) -> None:
    if kept.territory_id != gone.territory_id:
        raise ActorRefused(_("Ces deux fiches sont de territoires différents : elles ne se réunissent pas."))
    if kept.kind != gone.kind or kept.person_id is not None:
        raise ActorRefused(_("On ne réunit que deux fiches d’organisations."))
    if ActorState.MERGED in (kept.state, gone.state):
        raise ActorRefused(_("L’une de ces fiches est déjà réunie à une autre."))


def _copy_themes(kept: Actor, gone: Actor) -> list[int]:
    known = set(kept.actor_themes.values_list("theme", flat=True))
    keys = [key for key in gone.actor_themes.values_list("theme", flat=True) if key not in known]
    return [ActorTheme.objects.create(actor=kept, theme_id=key).pk for key in keys]


def _copy_communes(kept: Actor, gone: Actor) -> list[int]:
    known = set(kept.communes.values_list("code", flat=True))
    codes = [code for code in gone.communes.values_list("code", flat=True) if code not in known]
    return [ActorCommune.objects.create(actor=kept, code=code).pk for code in codes]


def _copy_resources(kept: Actor, gone: Actor) -> list[int]:
    known = {(each.direction, each.kind, each.words) for each in kept.resources.current()}
    copies = []
    for each in gone.resources.current():
        if (each.direction, each.kind, each.words) not in known:
            each.pk, each.actor = None, kept
            each.save(force_insert=True)
            copies.append(each.pk)
    return copies
