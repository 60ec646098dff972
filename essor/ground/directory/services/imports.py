"""Files of actors from elsewhere: received, imported once, undone."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from essor.common import clock
from essor.ground.directory.enums import ActorState, BatchKind, BatchState
from essor.ground.directory.models import Actor, ActorBatch
from essor.ground.directory.services.refusals import ActorRefused
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
    *, batch: ActorBatch, added: int, known: int, issues: Sequence[Sequence[Any]], rows: int
) -> ActorBatch:
    """Say what became of the file, and let go of it."""
    batch.state, batch.added_count, batch.known_count = BatchState.DONE, added, known
    batch.issues, batch.rows_count = [list(each) for each in issues], rows
    batch.file.delete(save=False)
    batch.save()
    ledger.record(
        by=batch.created_by,
        verb="actors.imported",
        thing=batch,
        territory=batch.territory,
        data={"added": added, "known": known, "issues": len(batch.issues)},
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
def undo_batch(*, by: Person, batch: ActorBatch) -> tuple[int, int]:
    """Withdraw the cards that nobody touched since; returns how many left, and how many stay."""
    if batch.state != BatchState.DONE:
        raise ActorRefused(_("Cet import n’est pas fini, ou il est déjà annulé."))
    rows: Iterable[Actor] = Actor.objects.select_for_update(of=("self",)).filter(batch=batch)
    gone = kept = 0
    for actor in rows:
        if actor.changed_at != actor.created_at or actor.state != ActorState.LISTED:
            kept += 1
            continue
        actor.state = ActorState.WITHDRAWN
        actor.source_key = None
        actor.save(update_fields=["state", "source_key"])
        gone += 1
    batch.state = BatchState.UNDONE
    batch.save(update_fields=["state"])
    ledger.record(
        by=by, verb="actors.import_undone", thing=batch, territory=batch.territory, data={"gone": gone}
    )
    return gone, kept
