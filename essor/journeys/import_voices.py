"""A file from elsewhere becomes voices: read to disk first, then written in one transaction."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.listening.enums import ImportKind, ImportState
from essor.chain.listening.incoming import Incoming, Reading
from essor.chain.listening.incoming_decidim import DecidimReader
from essor.chain.listening.incoming_tables import TableReader
from essor.chain.listening.mapping import ImportMapping
from essor.chain.listening.models import ImportBatch
from essor.chain.listening.places import Places
from essor.chain.listening.services import imports
from essor.chain.listening.services.spool import Spool
from essor.common import clock, jobs
from essor.common.text import plain
from essor.ground.territories.models import Theme
from essor.journeys.tend_themes import add_theme
from essor.outside.decidim import read_export
from essor.outside.issues import RowIssue, UnreadableFile
from essor.outside.spreadsheets import open_table

logger = logging.getLogger(__name__)
MAX_NEW_THEMES = 60


@transaction.atomic
def ask_import(*, batch: ImportBatch) -> None:
    """Queue an import: a worker takes it up."""
    imports.queue_import(batch=batch)
    jobs.enqueue("import_voices", batch_id=batch.pk)


def run(batch_id: int) -> None:
    """The job. Running it again after a crash is safe; after success it does nothing."""
    batch = ImportBatch.objects.select_related("territory", "consultation", "created_by").get(pk=batch_id)
    if batch.state not in {ImportState.QUEUED, ImportState.RUNNING}:
        return
    try:
        with imports.local_file(batch) as path, closing(Spool()) as spool:
            _read_then_write(batch, path, spool)
    except (UnreadableFile, imports.ImportRefused) as refusal:
        imports.fail_import(by=batch.created_by, batch=batch, why=str(refusal))
    except Exception:
        logger.exception("Import %s failed", batch_id)
        why = _(
            "Une erreur inattendue a arrêté l’import ; rien n’a été écrit. Relancez-le, ou prévenez-nous."
        )
        imports.fail_import(by=batch.created_by, batch=batch, why=why)
        raise


def _read_then_write(batch: ImportBatch, path: Path, spool: Spool) -> None:
    reading = Reading()
    with _voices_of(batch, path, reading) as (voices, rows_total):
        imports.start_import(batch=batch, rows_total=rows_total)
        imports.fill_spool(batch=batch, spool=spool, voices=voices)
        with transaction.atomic():
            themes = _themes(batch, reading)
            imports.write_import(
                by=batch.created_by, batch=batch, spool=spool, reading=reading, themes=themes
            )


@contextmanager
def _voices_of(batch: ImportBatch, path: Path, reading: Reading) -> Iterator[tuple[Iterator[Incoming], int]]:
    """The voices of the file and how many rows it seems to have."""
    mapping = ImportMapping.from_json(batch.mapping)
    places = Places.of(batch.territory)
    limit = settings.UPLOAD_LIMIT_MB * 1_000_000
    if batch.kind == ImportKind.DECIDIM:
        export = read_export([path], max_bytes=limit)
        reading.issues = {source.file: source.table.issues for source in export.sources}
        for each in export.ignored:
            reading.tell(each.file, RowIssue(0, "", each.reason, _("Il n’y a rien à faire."), skipped=False))
        counts = export.counts()
        _tell_what_is_left(reading, counts)
        rows = counts["proposals"] + counts["comments"]
        yield DecidimReader(export, mapping, places, reading).voices(), rows
        return
    table = open_table(path, name=batch.filename, sheet=mapping.sheet or None, max_bytes=limit)
    reading.issues[table.name] = table.issues
    reading.notes.extend(table.warnings)
    rows = sum(1 for _row in table.rows())
    reader = TableReader(table, mapping, places, reading, str(batch.consultation_id), clock.now())
    yield reader.voices(), rows


def _tell_what_is_left(reading: Reading, counts: dict[str, int]) -> None:
    if counts["meetings"]:
        reading.notes.append(
            _("%(count)d rencontres lues et laissées de côté : une rencontre n’est pas une voix.")
            % {"count": counts["meetings"]}
        )
    if counts["proposals"]:
        reading.notes.append(_("Les soutiens aux propositions ne sont pas repris : ce ne sont pas des voix."))


def _themes(batch: ImportBatch, reading: Reading) -> dict[str, int | None]:
    """The theme of each name met; those the territory lacks are added when the facilitator wished it."""
    known: dict[str, int] = {}
    for theme in Theme.objects.in_territory(batch.territory):
        for name in (theme.name, theme.name_en, theme.slug):
            known.setdefault(_bare(name), theme.pk)
    found: dict[str, int | None] = {name: known.get(_bare(name)) for name in reading.themes}
    missing = [name for name, key in found.items() if key is None]
    wished = ImportMapping.from_json(batch.mapping).create_themes and batch.created_by is not None
    if wished and len(missing) <= MAX_NEW_THEMES:
        for name in missing:
            same = known.get(_bare(name))
            found[name] = same or _made_theme(batch, name)
            known[_bare(name)] = found[name] or 0
    elif missing:
        reading.notes.append(
            _("%(count)d thèmes inconnus ici, laissés vides : %(names)s.")
            % {"count": len(missing), "names": ", ".join(f"« {name} »" for name in missing[:8])}
        )
    return found


def _made_theme(batch: ImportBatch, name: str) -> int:
    person = batch.created_by
    if person is None:
        raise imports.ImportRefused(_("Seule une personne peut ajouter des thèmes."))
    return add_theme(by=person, territory=batch.territory, name=name).pk


def _bare(name: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain(name)).split())
