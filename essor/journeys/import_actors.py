"""A file of organisations from elsewhere becomes cards of the directory.

Run twice, it adds nothing: what the file says differently is followed, what people wrote since is kept.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils.translation import gettext as _

from essor.ground.directory.enums import BatchKind
from essor.ground.directory.models import ActorBatch
from essor.ground.directory.services.imports import fail_batch, finish_batch, mark_running
from essor.journeys.import_one_actor import Writer
from essor.outside.data_inclusion import is_json, read_structures
from essor.outside.issues import IssueLog, NotATable, UnreadableFile
from essor.outside.organisation_tables import read_organisations
from essor.outside.structures import Structure

MOST_ISSUES = 500


def run(batch_id: int) -> None:
    """Read the file: add what is new, follow what changed."""
    batch = ActorBatch.objects.select_related("territory", "created_by").get(pk=batch_id)
    if not mark_running(batch=batch):
        return
    with TemporaryDirectory(prefix="essor-actors-") as folder:
        path = Path(folder) / "file"
        with batch.file.open("rb") as source, path.open("wb") as target:
            for chunk in iter(lambda: source.read(1 << 20), b""):
                target.write(chunk)
        try:
            _read(batch, path)
        except UnreadableFile as unreadable:
            batch.refresh_from_db()
            fail_batch(batch=batch, words=str(unreadable))


@transaction.atomic
def _read(batch: ActorBatch, path: Path) -> None:
    issues = IssueLog(MOST_ISSUES)
    writer = Writer(batch, issues)
    rows = 0
    for structure in _structures(batch, path, issues):
        rows += 1
        writer.write(structure)
    told = sorted(issues, key=lambda each: each.line)
    finish_batch(
        batch=batch,
        counts={**writer.counts, "rows": rows, "issues": issues.total},
        journal=batch.journal,
        issues=[(each.line, each.column, each.reason, each.mend) for each in told],
    )


def _structures(batch: ActorBatch, path: Path, issues: IssueLog) -> Iterator[Structure]:
    if batch.kind == BatchKind.DATA_INCLUSION:
        return read_structures(path, batch.filename, issues)
    if path.stat().st_size and is_json(path, batch.filename):
        raise NotATable(
            _("Ce fichier est du JSON, pas un tableau."),
            _("Déposez-le de nouveau en choisissant « structures data·inclusion »."),
        )
    return read_organisations(path, batch.filename, issues)
