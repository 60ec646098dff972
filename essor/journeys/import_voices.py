"""A file from elsewhere becomes voices: read to disk first, then written in one transaction."""

import logging
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.listening.enums import ImportState
from essor.chain.listening.import_reading import voices_of
from essor.chain.listening.incoming import Reading
from essor.chain.listening.mapping import ImportMapping
from essor.chain.listening.models import ImportBatch
from essor.chain.listening.services import imports
from essor.chain.listening.services.spool import Spool
from essor.common import jobs
from essor.common.text import plain
from essor.ground.territories.models import Theme
from essor.journeys.tend_themes import add_theme
from essor.outside.issues import UnreadableFile

logger = logging.getLogger(__name__)
MAX_NEW_THEMES = 60


@transaction.atomic
def ask_import(*, batch: ImportBatch) -> None:
    """Queue an import: a worker takes it up."""
    imports.queue_import(batch=batch)
    jobs.enqueue("import_voices", batch_id=batch.pk)


def run(batch_id: int, progress: Callable[[int, int], None] | None = None) -> None:
    """The job. Running it again after a crash is safe; after success it does nothing.

    ``progress`` is told (rows read, rows expected), for those who wait at a terminal.
    """
    batch = ImportBatch.objects.select_related("territory", "consultation", "created_by").get(pk=batch_id)
    if batch.state not in {ImportState.QUEUED, ImportState.RUNNING}:
        return
    try:
        with imports.local_file(batch=batch) as path, closing(Spool()) as spool:
            _read_then_write(batch, path, spool, progress)
    except (UnreadableFile, imports.ImportRefused) as refusal:
        imports.fail_import(by=batch.created_by, batch=batch, why=str(refusal))
    except Exception:
        logger.exception("Import %s failed", batch_id)
        why = _(
            "Une erreur inattendue a arrêté l’import ; rien n’a été écrit. Relancez-le, ou prévenez-nous."
        )
        imports.fail_import(by=batch.created_by, batch=batch, why=why)
        raise


def _read_then_write(
    batch: ImportBatch, path: Path, spool: Spool, progress: Callable[[int, int], None] | None
) -> None:
    reading = Reading()
    with voices_of(batch, path, reading) as (voices, rows_total):
        imports.start_import(batch=batch, rows_total=rows_total)
        batch.rows_total = imports.fill_spool(batch=batch, spool=spool, voices=voices, progress=progress)
        with transaction.atomic():
            themes = _themes(batch, reading)
            imports.write_import(
                by=batch.created_by, batch=batch, spool=spool, reading=reading, themes=themes
            )


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
        told = ngettext(
            "%(count)d thème inconnu ici, laissé vide : %(names)s.",
            "%(count)d thèmes inconnus ici, laissés vides : %(names)s.",
            len(missing),
        )
        names = ", ".join(_("« %(name)s »") % {"name": name} for name in missing[:8])
        reading.notes.append(told % {"count": len(missing), "names": names})
    return found


def _made_theme(batch: ImportBatch, name: str) -> int:
    person = batch.created_by
    if person is None:
        raise imports.ImportRefused(_("Seule une personne peut ajouter des thèmes."))
    return add_theme(by=person, territory=batch.territory, name=name).pk


def _bare(name: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain(name)).split())
