"""Imports: a file is left, recognised, told how to be read, queued, written in one go, and can be undone."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from essor.chain.listening.enums import ConsultationState, ImportState, VoiceState
from essor.chain.listening.incoming import Incoming, Reading
from essor.chain.listening.lifecycle import IMPORT_MOVES
from essor.chain.listening.mapping import ImportMapping
from essor.chain.listening.models import Consultation, Contribution, ImportBatch, ImportIssue, Question
from essor.chain.listening.services.import_writing import Names, VoiceWriter
from essor.chain.listening.services.refusals import Refused
from essor.chain.listening.services.spool import Spool
from essor.common import clock
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import Actor
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

ISSUES_KEPT = 10_000


class ImportRefused(Refused):
    """The import cannot be prepared, run or undone so; the message says what to do."""


@dataclass(frozen=True)
class Imported:
    """What an import came to."""

    made: int
    known: int
    skipped: int


@transaction.atomic
def prepare_import(
    *,
    by: Person | None,
    territory: Territory,
    consultation: Consultation,
    kind: str,
    file: "File[bytes]",
    filename: str,
    mapping: ImportMapping,
) -> ImportBatch:
    """Keep a file that will become voices of the consultation, with a first idea of how to read it."""
    if consultation.territory_id != territory.pk:
        raise ImportRefused(_("Cette concertation n’est pas de ce territoire."))
    if consultation.state == ConsultationState.ARCHIVED:
        raise ImportRefused(_("Cette concertation est archivée : rouvrez-la pour y importer des voix."))
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    batch = ImportBatch(
        territory=territory, consultation=consultation, kind=kind, filename=filename[-200:],
        sha256=digest.hexdigest(), mapping=mapping.as_json(), created_by=by, created_at=clock.now(),
    )  # fmt: skip
    batch.file.save(f"{digest.hexdigest()[:16]}{Path(filename).suffix.lower()[:8]}", file, save=False)
    batch.save()
    ledger.record(
        by=by, verb="import.prepared", thing=batch, territory=territory, actor=Actor.MACHINE,
        data={"kind": str(kind), "sha256": batch.sha256},
    )  # fmt: skip
    return batch


@transaction.atomic
def choose_mapping(*, batch: ImportBatch, mapping: ImportMapping) -> None:
    """Keep how the file is to be read. Not once it is queued."""
    _move(batch, ImportState.READY, mapping=mapping.as_json())


@transaction.atomic
def queue_import(*, batch: ImportBatch) -> None:
    """Say that the import waits for a worker. The caller enqueues the job in the same transaction."""
    if not batch.file:
        raise ImportRefused(_("Le fichier n’est plus là : redéposez-le."))
    _move(batch, ImportState.QUEUED, failure="", rows_read=0)


@transaction.atomic
def start_import(*, batch: ImportBatch, rows_total: int) -> None:
    """Say that the file is being read. A job that was killed starts here again."""
    _move(batch, ImportState.RUNNING, rows_total=rows_total, rows_read=0)


def fill_spool(
    *,
    batch: ImportBatch,
    spool: Spool,
    voices: Iterable[Incoming],
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Read everything to disk, saying how far it is. No transaction: readers see the progress."""
    count = 0
    for count in spool.fill(voices):
        ImportBatch.objects.filter(pk=batch.pk).update(rows_read=count)
        if progress is not None:
            progress(count, max(batch.rows_total, count))
    return count


@transaction.atomic
def write_import(
    *, by: Person | None, batch: ImportBatch, spool: Spool, reading: Reading, themes: dict[str, int | None]
) -> Imported:
    """Write every voice read, the questions they answer and the report: all of it, or nothing."""
    questions = _questions(batch.consultation, reading.questions)
    writer = VoiceWriter(batch, Names(themes, questions), reading, clock.now())
    for chunk in spool.chunks():
        writer.write(chunk)
    writer.tie_replies()
    _write_issues(batch, reading)
    outcome = Imported(writer.made, writer.known, reading.skipped)
    mapping = {**batch.mapping, "notes": reading.notes, "untold": reading.untold}
    _move(
        batch, ImportState.DONE, voices_made=outcome.made, voices_known=outcome.known,
        rows_skipped=outcome.skipped, rows_total=batch.rows_total, rows_read=batch.rows_total,
        mapping=mapping, failure="", finished_at=clock.now(),
    )  # fmt: skip
    ledger.record(
        by=by, verb="import.done", thing=batch, territory=batch.territory, actor=Actor.MACHINE,
        data={"made": outcome.made, "known": outcome.known, "skipped": outcome.skipped},
    )  # fmt: skip
    _forget_file(batch)
    return outcome


@transaction.atomic
def fail_import(*, by: Person | None, batch: ImportBatch, why: str) -> None:
    """Say that nothing was imported, and why. The file is kept, so that one may try again."""
    _move(batch, ImportState.FAILED, failure=why, finished_at=clock.now())
    ledger.record(
        by=by, verb="import.failed", thing=batch, territory=batch.territory, actor=Actor.MACHINE, data={}
    )


@transaction.atomic
def undo_import(*, by: Person, batch: ImportBatch) -> int:
    """Withdraw every voice of an import and let the same file be imported again. Returns how many.

    Whether a published need rests on them is asked by ``journeys.undo_import``.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportState.DONE or batch.undone_at is not None:
        raise ImportRefused(_("Cet import n’est plus à annuler."))
    living = Contribution.objects.filter(batch=batch)
    count = living.exclude(state__in=[VoiceState.WITHDRAWN, VoiceState.ERASED]).update(
        state=VoiceState.WITHDRAWN
    )
    living.update(source_key=None)
    batch.undone_at = clock.now()
    batch.save(update_fields=["undone_at"])
    ledger.record(by=by, verb="import.undone", thing=batch, territory=batch.territory, data={"voices": count})
    return count


@transaction.atomic
def discard_import(*, batch: ImportBatch) -> None:
    """Forget a file that was left but never imported."""
    if batch.state in {ImportState.DONE, ImportState.RUNNING, ImportState.QUEUED}:
        raise ImportRefused(_("Cet import est lancé ou terminé : il ne se jette plus."))
    _forget_file(batch)
    batch.issues.all().delete()
    batch.delete()


@contextmanager
def local_file(*, batch: ImportBatch) -> Iterator[Path]:
    """The file of an import as a path of this machine, copied first when it is stored elsewhere."""
    if not batch.file or not batch.file.storage.exists(str(batch.file.name)):
        raise ImportRefused(_("Le fichier n’est plus là : redéposez-le."))
    try:
        yield Path(batch.file.path)
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(suffix=Path(batch.filename).suffix) as copy:
            with batch.file.open("rb") as stored:
                shutil.copyfileobj(stored, copy)
            copy.flush()
            yield Path(copy.name)


def _questions(consultation: Consultation, wanted: dict[str, str]) -> dict[str, int]:
    """The keys of these questions; those the consultation lacks are added after its own."""
    found = {each.text: each.pk for each in consultation.questions.all()}
    last = consultation.questions.aggregate(last=Max("position"))["last"] or 0
    missing = [text for text in wanted if text not in found]
    for position, text in enumerate(missing, start=last + 1):
        made = Question.objects.create(
            consultation=consultation, text=text, help_text=wanted[text], position=min(position, 32_000)
        )
        found[made.text] = made.pk
    return found


def _write_issues(batch: ImportBatch, reading: Reading) -> None:
    ImportIssue.objects.filter(batch=batch).delete()
    rows: list[ImportIssue] = [
        ImportIssue(
            batch=batch, file=file[-200:], line=issue.line, column=issue.column[:120],
            reason=issue.reason[:300], mend=issue.mend[:300], is_skipped=issue.skipped,
        )
        for file, issue in reading.all_issues()
    ]  # fmt: skip
    ImportIssue.objects.bulk_create(rows[:ISSUES_KEPT], batch_size=100)


def _forget_file(batch: ImportBatch) -> None:
    """The file may hold names: it is erased once its voices are kept, when the transaction has succeeded."""
    if batch.file:
        name, storage = batch.file.name, batch.file.storage
        ImportBatch.objects.filter(pk=batch.pk).update(file="")
        batch.file.name = ""
        transaction.on_commit(lambda: storage.delete(str(name)))


def _move(batch: ImportBatch, state: ImportState, **changes: Any) -> None:
    present = ImportBatch.objects.select_for_update().values_list("state", flat=True).get(pk=batch.pk)
    if state not in IMPORT_MOVES[present]:
        raise ImportRefused(
            _("Un import « %(now)s » ne peut pas devenir « %(then)s ».")
            % {"now": ImportState(present).label, "then": state.label}
        )
    batch.state = state
    for name, value in changes.items():
        setattr(batch, name, value)
    batch.save(update_fields=["state", *changes])
