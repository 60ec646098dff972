"""Files of actors from elsewhere: received, imported once, undone."""

from collections.abc import Collection, Mapping, Sequence
from typing import IO, Any

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from essor.common import clock
from essor.ground.directory.enums import ActorState, BatchKind, BatchState
from essor.ground.directory.models import Actor, ActorBatch, Resource
from essor.ground.directory.services.refusals import ActorRefused
from essor.ground.directory.services.reimports import put_back
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

MOST_BYTES = 20_000_000


@transaction.atomic
def receive_batch(
    *, by: Person, territory: Territory, name: str, file: IO[bytes], kind: str, size: int
) -> ActorBatch:
    """Keep the file until it is read."""
    if size > MOST_BYTES:
        raise ActorRefused(_("Ce fichier pèse plus de 20 Mo : coupez-le en plusieurs."))
    batch = ActorBatch(
        territory=territory,
        kind=BatchKind(kind),
        filename=name[:200],
        created_by=by,
        created_at=clock.now(),
    )
    batch.file.save(f"{territory.slug}-{clock.now():%Y%m%d%H%M%S}", File(file), save=True)
    ledger.record(by=by, verb="actors.import_prepared", thing=batch, territory=territory)
    return batch


@transaction.atomic
def mark_running(*, batch: ActorBatch) -> bool:
    """True for the one worker that may read it."""
    waiting = ActorBatch.objects.filter(pk=batch.pk, state__in=[BatchState.READ, BatchState.RUNNING])
    return bool(waiting.update(state=BatchState.RUNNING))


@transaction.atomic
def finish_batch(
    *,
    batch: ActorBatch,
    counts: Mapping[str, int],
    issues: Sequence[Sequence[Any]],
    journal: Mapping[str, Any],
) -> ActorBatch:
    """Say what became of the file, and let go of it. ``counts``: rows, added, changed, known, issues."""
    batch.state, batch.done_at, batch.journal = BatchState.DONE, clock.now(), dict(journal)
    batch.issues = [list(each) for each in issues]
    for name, number in counts.items():
        setattr(batch, f"{name}_count", number)
    batch.file.delete(save=False)
    batch.save()
    ledger.record(
        by=batch.created_by,
        verb="actors.imported",
        thing=batch,
        territory=batch.territory,
        data={name: counts[name] for name in ("added", "changed", "known", "issues")},
    )
    return batch


@transaction.atomic
def fail_batch(*, batch: ActorBatch, words: str) -> ActorBatch:
    """The file as a whole could not be read."""
    batch.state, batch.failure = BatchState.FAILED, words[:300]
    batch.file.delete(save=False)
    batch.save()
    return batch


@transaction.atomic
def undo_batch(*, by: Person, batch: ActorBatch, used: Collection[int] = ()) -> tuple[int, int, int]:
    """Withdraw the cards it added and put back what it changed, where nobody wrote since.

    ``used``: cards that others rest on by now, which stay. Returns how many left, were put back, and stay.
    """
    batch = ActorBatch.objects.select_for_update(of=("self",)).select_related("territory").get(pk=batch.pk)
    if batch.state != BatchState.DONE:
        raise ActorRefused(_("Cet import n’est pas fini, ou il est déjà annulé."))
    gone, kept = _withdraw_added(batch, used)
    back, left = put_back(batch=batch)
    batch.state = BatchState.UNDONE
    batch.save(update_fields=["state"])
    ledger.record(
        by=by,
        verb="actors.import_undone",
        thing=batch,
        territory=batch.territory,
        data={"gone": gone, "back": back, "kept": kept + left},
    )
    return gone, back, kept + left


def _withdraw_added(batch: ActorBatch, used: Collection[int]) -> tuple[int, int]:
    gone = kept = 0
    touched = set(
        Resource.objects.filter(actor__batch=batch)
        .filter(
            Q(created_at__gt=batch.done_at, closed_at=None)
            | Q(created_at__lte=batch.done_at, closed_at__gt=batch.done_at)
        )
        .values_list("actor", flat=True)
    )
    for actor in Actor.objects.select_for_update(of=("self",)).filter(batch=batch):
        is_touched = actor.changed_at != actor.created_at or actor.pk in touched or actor.pk in used
        if is_touched or actor.state != ActorState.LISTED:
            kept += 1
            continue
        actor.state, actor.source_key = ActorState.WITHDRAWN, None
        actor.save(update_fields=["state", "source_key"])
        gone += 1
    return gone, kept
