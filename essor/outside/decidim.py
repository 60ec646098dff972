"""Decidim open data, old and new headers: proposals, comments, debates, meetings."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from essor.outside.archives import ZIP_MAGIC, opened_archive, unpacked
from essor.outside.decidim_columns import COMMENTS, DEBATES, MEETINGS, PROPOSALS, Columns, entity_of
from essor.outside.decidim_records import DecidimComment, DecidimDebate, DecidimMeeting, DecidimProposal
from essor.outside.decidim_rows import (
    RowReader,
    Unusable,
    comment_of,
    debate_of,
    meeting_of,
    proposal_of,
)
from essor.outside.issues import EmptyFile, NotATable, RowIssue, UnreadableFile, UnsupportedEntity
from essor.outside.spreadsheets import MAX_BYTES, open_table, refuse_size
from essor.outside.tables import Table
from essor.outside.words import gettext as _

__all__ = [
    "DecidimComment",
    "DecidimDebate",
    "DecidimExport",
    "DecidimMeeting",
    "DecidimProposal",
    "FileIssue",
    "IgnoredFile",
    "entity_of",
    "read_export",
]

Record = TypeVar("Record", DecidimProposal, DecidimComment, DecidimDebate, DecidimMeeting)


@dataclass(frozen=True, slots=True)
class FileIssue:
    """A row issue and the file it is about."""

    file: str
    issue: RowIssue


@dataclass(frozen=True, slots=True)
class IgnoredFile:
    """A file of the export which is not read, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Source:
    file: str
    entity: str
    table: Table


@dataclass(frozen=True)
class DecidimExport:
    """What was found in the files given. Each iterator reads its files again; `issues` grows as they run."""

    sources: tuple[_Source, ...]
    ignored: tuple[IgnoredFile, ...]
    locale: str = "fr"

    def proposals(self) -> Iterator[DecidimProposal]:
        return self._read(PROPOSALS, proposal_of)

    def comments(self) -> Iterator[DecidimComment]:
        """In the order of the files: an answer may come before what it answers."""
        return self._read(COMMENTS, comment_of)

    def debates(self) -> Iterator[DecidimDebate]:
        return self._read(DEBATES, debate_of)

    def meetings(self) -> Iterator[DecidimMeeting]:
        return self._read(MEETINGS, meeting_of)

    @property
    def entities(self) -> frozenset[str]:
        return frozenset(source.entity for source in self.sources)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(f"{source.file} : {text}" for source in self.sources for text in source.table.warnings)

    def counts(self) -> dict[str, int]:
        """Readable rows by entity."""
        totals = dict.fromkeys((PROPOSALS, COMMENTS, DEBATES, MEETINGS), 0)
        for source in self.sources:
            totals[source.entity] += sum(1 for _row in source.table.rows())
        return totals

    def issues(self) -> tuple[FileIssue, ...]:
        """The issues of the latest reading of each file."""
        return tuple(FileIssue(s.file, issue) for s in self.sources for issue in s.table.issues)

    def _read(self, entity: str, make: Callable[[RowReader], Record]) -> Iterator[Record]:
        seen: dict[str, tuple[str, int]] = {}
        for source in self.sources:
            if source.entity != entity:
                continue
            columns = Columns(source.table.columns, self.locale)
            reader = RowReader(columns, source.file, source.table.issues)
            for row in source.table.rows():
                reader.row = row
                try:
                    record = make(reader)
                    _refuse_repeated(seen, record.source_key, source.file, row.line)
                except Unusable as unusable:
                    source.table.issues.add(
                        RowIssue(row.line, unusable.column, unusable.reason, unusable.mend)
                    )
                else:
                    yield record


def read_export(
    paths: Iterable[str | Path], *, locale: str = "fr", max_bytes: int = MAX_BYTES
) -> DecidimExport:
    """Opens the CSV or XLSX files (or the ZIP of a full open-data export) and tells each one's entity.

    A file of Decidim that brings no contributions is listed in `ignored`, unless it is alone.
    Raises an `UnreadableFile` with the mend.
    """
    sources: list[_Source] = []
    ignored: list[IgnoredFile] = []
    refused: UnreadableFile | None = None
    folders: list[Path] = []
    try:
        for path, name, in_archive in _files(paths, folders, ignored, max_bytes):
            try:
                table = open_table(path, name=name, max_bytes=max_bytes)
                sources.append(_Source(name, entity_of(table.columns), table))
            except (UnsupportedEntity, EmptyFile) as error:
                if isinstance(error, EmptyFile) and not in_archive:
                    raise
                ignored.append(IgnoredFile(name, error.reason))
                refused = error
        if not sources:
            raise refused or _nothing()
    except BaseException:
        _remove(folders)
        raise
    export = DecidimExport(tuple(sources), tuple(ignored), locale)
    weakref.finalize(export, _remove, folders)
    return export


def _files(
    paths: Iterable[str | Path], folders: list[Path], ignored: list[IgnoredFile], max_bytes: int
) -> Iterator[tuple[Path, str, bool]]:
    """(path, name, whether it comes from an archive) of every table; archives are unpacked in new folders."""
    for path in map(Path, paths):
        refuse_size(path.stat().st_size, max_bytes)
        if not _is_archive(path):
            yield path, path.name, False
            continue
        folder = Path(tempfile.mkdtemp(prefix="essor-decidim-"))
        folders.append(folder)
        with opened_archive(path) as archive:
            for position, name in enumerate(n for n in archive.namelist() if not n.endswith("/")):
                if PurePosixPath(name).suffix.lower() != ".csv" or name.startswith("__MACOSX/"):
                    ignored.append(IgnoredFile(name, _("Ce n’est pas un fichier CSV.")))
                    continue
                target = folder / f"{position}.csv"
                with target.open("wb") as stream:
                    stream.writelines(unpacked(archive, name))
                if target.stat().st_size == 0:
                    ignored.append(IgnoredFile(name, _("Le fichier est vide.")))
                    continue
                yield target, PurePosixPath(name).name, True


def _is_archive(path: Path) -> bool:
    """A ZIP which is not a workbook."""
    with path.open("rb") as stream:
        if stream.read(4) != ZIP_MAGIC:
            return False
    with opened_archive(path) as archive:
        names = archive.namelist()
    return not any(name in {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} for name in names)


def _refuse_repeated(seen: dict[str, tuple[str, int]], key: str, file: str, line: int) -> None:
    if key in seen:
        first_file, first_line = seen[key]
        raise Unusable(
            "id",
            _("Cet identifiant a déjà été lu (%(file)s, ligne %(line)d).")
            % {"file": first_file, "line": first_line},
            _("Supprimez l’une des deux lignes si elles ne disent pas la même chose."),
        )
    seen[key] = (file, line)


def _nothing() -> NotATable:
    return NotATable(
        _("Aucun fichier CSV n’a été trouvé."),
        _("Déposez les fichiers CSV de l’export Decidim, ou l’archive ZIP de ses données ouvertes."),
    )


def _remove(folders: list[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
