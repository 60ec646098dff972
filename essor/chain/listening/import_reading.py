"""Opening the file of an import: recognising it, guessing how to read it, and reading its voices."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.listening.enums import ImportKind
from essor.chain.listening.incoming import Incoming, Reading
from essor.chain.listening.incoming_decidim import DecidimReader
from essor.chain.listening.incoming_tables import TableReader
from essor.chain.listening.mapping import ImportMapping, guess_columns, signature_of
from essor.chain.listening.models import ImportBatch
from essor.chain.listening.places import Places
from essor.common import clock
from essor.outside.archives import ZIP_MAGIC
from essor.outside.decidim import entity_of, read_export
from essor.outside.issues import NotATable, RowIssue, UnreadableFile
from essor.outside.spreadsheets import open_table
from essor.outside.tables import Row, Table

PREVIEW_ROWS = 20
SAMPLE_ROWS = 200


@dataclass(frozen=True)
class Recognised:
    """What a file seems to be, and a first idea of how to read it."""

    kind: str
    mapping: ImportMapping


@dataclass(frozen=True)
class Preview:
    """The first voices as they will be, with what a reader should know of the file."""

    voices: Sequence[Incoming] = ()
    rows: Sequence[Row] = ()
    columns: Sequence[str] = ()
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: Sequence[str] = ()
    warnings: Sequence[str] = ()
    issues: Sequence[tuple[str, RowIssue]] = ()
    counts: dict[str, int] = field(default_factory=dict)


def size_limit() -> int:
    """The most bytes a file may have, as set on this site."""
    return int(settings.UPLOAD_LIMIT_MB) * 1_000_000


def recognise(path: Path, *, name: str) -> Recognised:
    """Raises an ``UnreadableFile`` that says what to do when nothing can be made of the file."""
    if _is_plain_archive(path):
        read_export([path], max_bytes=size_limit())
        return Recognised(ImportKind.DECIDIM, ImportMapping(signature="decidim"))
    table = open_table(path, name=name, max_bytes=size_limit())
    if _is_decidim(table):
        return Recognised(ImportKind.DECIDIM, ImportMapping(signature="decidim"))
    return Recognised(ImportKind.TABLE, guess_mapping(table))


def guess_mapping(table: Table) -> ImportMapping:
    """A mapping from the titles and the first rows of a table."""
    columns = guess_columns(table.columns, [row.cells for row in table.preview(SAMPLE_ROWS)])
    several = sum(given == "words" for given in columns.values()) > 1
    return ImportMapping(
        columns=columns,
        signature=signature_of(table.columns),
        question_from_column=several,
        sheet=table.sheet,
    )


@contextmanager
def voices_of(batch: ImportBatch, path: Path, reading: Reading) -> Iterator[tuple[Iterator[Incoming], int]]:
    """The voices of the file, read one by one, and about how many there are."""
    mapping = ImportMapping.from_json(batch.mapping)
    places = Places.of(batch.territory)
    if batch.kind == ImportKind.DECIDIM:
        export = read_export([path], max_bytes=size_limit())
        reading.issues = {source.file: source.table.issues for source in export.sources}
        reading.notes.extend(export.warnings)
        for each in export.ignored:
            nothing = _("Il n’y a rien à faire : ce fichier n’apporte pas de voix.")
            reading.tell(each.file, RowIssue(0, "", each.reason, nothing, skipped=False))
        counts = export.counts()
        _tell_what_is_left(reading, counts)
        yield (
            DecidimReader(export, mapping, places, reading).voices(),
            counts["proposals"] + counts["comments"],
        )
        return
    table = _table_of(batch, path, mapping)
    reading.issues[table.name] = table.issues
    reading.notes.extend(table.warnings)
    reader = TableReader(table, mapping, places, reading, str(batch.consultation_id), clock.now())
    yield reader.voices(), _rows_expected(path, table)


def preview_of(batch: ImportBatch, path: Path) -> Preview:
    """The first rows, read with the present mapping; nothing is written.

    A mapping that cannot be used yet gives the rows alone, with the reason as a warning.
    """
    if batch.kind == ImportKind.DECIDIM:
        return _preview_of_export(batch, path)
    table = _table_of(batch, path, ImportMapping.from_json(batch.mapping))
    reading, warnings = Reading(), list(table.warnings)
    voices: list[Incoming] = []
    try:
        with voices_of(batch, path, reading) as (stream, _rows):
            voices = list(islice(stream, PREVIEW_ROWS))
    except UnreadableFile as problem:
        warnings.append(str(problem))
    return Preview(
        voices=voices, rows=table.preview(PREVIEW_ROWS), columns=table.columns, encoding=table.encoding,
        delimiter=table.delimiter, sheet=table.sheet, sheets=table.sheets, warnings=warnings,
        issues=list(reading.all_issues())[:PREVIEW_ROWS],
    )  # fmt: skip


def _preview_of_export(batch: ImportBatch, path: Path) -> Preview:
    reading = Reading()
    with voices_of(batch, path, reading) as (stream, _rows):
        voices = list(islice(stream, PREVIEW_ROWS))
    export = read_export([path], max_bytes=size_limit())
    return Preview(
        voices=voices, warnings=reading.notes, counts=export.counts(),
        issues=[(each.file, RowIssue(0, "", each.reason, "", skipped=False)) for each in export.ignored],
    )  # fmt: skip


def _table_of(batch: ImportBatch, path: Path, mapping: ImportMapping) -> Table:
    return open_table(path, name=batch.filename, sheet=mapping.sheet or None, max_bytes=size_limit())


def _is_plain_archive(path: Path) -> bool:
    """A ZIP whose table is not a workbook: the set of files of an export."""
    with path.open("rb") as stream:
        if stream.read(4) != ZIP_MAGIC:
            return False
    try:
        open_table(path, max_bytes=size_limit())
    except NotATable:
        return True
    except UnreadableFile:
        return path.suffix.lower() == ".zip"
    return False


def _is_decidim(table: Table) -> bool:
    try:
        entity_of(table.columns)
    except UnreadableFile:
        return False
    return any("/" in name or name.endswith(("_url", "_type")) or name == "url" for name in table.columns)


def _rows_expected(path: Path, table: Table) -> int:
    """About how many rows there are, for the progress only: lines are ten times faster to count."""
    if not table.encoding:
        return sum(1 for _row in table.rows())
    with path.open("rb") as stream:
        lines = sum(piece.count(b"\n") for piece in iter(lambda: stream.read(1 << 20), b""))
    return max(lines - table.header_line, 1)


def _tell_what_is_left(reading: Reading, counts: dict[str, int]) -> None:
    if counts["meetings"]:
        left = ngettext(
            "%(count)d rencontre lue et laissée de côté : une rencontre n’est pas une voix.",
            "%(count)d rencontres lues et laissées de côté : une rencontre n’est pas une voix.",
            counts["meetings"],
        )
        reading.notes.append(left % {"count": counts["meetings"]})
    if counts["debates"]:
        asked = ngettext(
            "%(count)d débat devient une question de la concertation.",
            "%(count)d débats deviennent des questions de la concertation.",
            counts["debates"],
        )
        reading.notes.append(asked % {"count": counts["debates"]})
    if counts["proposals"]:
        reading.notes.append(_("Les soutiens aux propositions ne sont pas repris : ce ne sont pas des voix."))
