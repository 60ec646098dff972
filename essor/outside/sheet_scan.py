"""A first pass over the XML of a workbook: what the reader would hide, and what would fill the memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from posixpath import join, normpath

from essor.outside.archives import ZIP_MAGIC, opened_archive, unpacked
from essor.outside.issues import NotATable, SuspiciousArchive
from essor.outside.words import gettext as _

MAX_GRID = 40_000_000
"""Cells of the rectangle a sheet covers: the reader keeps them all in memory."""
MAX_FAULTS = 10_000
MAX_CARRIED = 8_000_000
_CELL_START = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_CELL = re.compile(rb"<c\b([^>]*)(?<!/)>(.*?)</c>", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_VALUE = re.compile(rb"<v\b[^>]*>([^<]*)</v>|<is\b")
_SHEET = re.compile(r"<sheet\b[^>]*>")
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_ODS_REPEAT = re.compile(
    rb'number-(?:columns|rows)-repeated="([0-9]{4,})"[^>]*(?:office:value-type|(?<!/)><table:table-cell[^>]*office:value)'
)


@dataclass(frozen=True, slots=True)
class CellFault:
    """An error value, or ("" as `error`) a formula without a stored result."""

    position: int
    error: str


@dataclass(slots=True)
class WorkbookScan:
    """Faults by sheet name, then by row."""

    faults: dict[str, dict[int, tuple[CellFault, ...]]] = field(default_factory=dict)


def scan_workbook(path: Path) -> WorkbookScan:
    """Reads the archive once, checks it to the last byte, and raises an `UnreadableFile` on what is wrong.

    A workbook which is not an archive (old XLS) has nothing to scan.
    """
    scan = WorkbookScan()
    with path.open("rb") as stream:
        if stream.read(4) != ZIP_MAGIC:
            return scan
    with opened_archive(path) as archive:
        names = set(archive.namelist())
        if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
            raise NotATable(
                _("Cette archive n’est pas un classeur."),
                _("Ouvrez-la et déposez le fichier CSV ou XLSX qu’elle contient."),
            )
        sheets = _sheet_files(archive) if "xl/workbook.xml" in names else {}
        for name in sorted(names):
            if name in sheets:
                scan.faults[sheets[name]] = _scan_sheet(unpacked(archive, name))
            elif name == "content.xml":
                _scan_ods(unpacked(archive, name))
            elif not name.startswith(("xl/media/", "Pictures/")):
                _drain(unpacked(archive, name))
    return scan


def _drain(chunks: Iterator[bytes]) -> None:
    for _chunk in chunks:
        pass


def _sheet_files(archive: zipfile.ZipFile) -> dict[str, str]:
    """Path in the archive → name of the sheet."""
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    try:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return {}
    targets = {}
    for tag in _RELATION.findall(relations):
        target = _attribute(tag, "Target")
        targets[_attribute(tag, "Id")] = normpath(
            target.lstrip("/") if target.startswith("/") else join("xl", target)
        )
    return {
        targets.get(_attribute(tag, r"\w+:id"), ""): unescape(_attribute(tag, "name"))
        for tag in _SHEET.findall(book)
    }


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found.group(1) if found else ""


def _scan_sheet(chunks: Iterator[bytes]) -> dict[int, tuple[CellFault, ...]]:
    faults: dict[int, tuple[CellFault, ...]] = {}
    total = 0
    widest = deepest = 0
    for text in _whole_cells(chunks):
        wide, deep = _extent(text)
        widest, deepest = max(widest, wide), max(deepest, deep)
        if widest * deepest > MAX_GRID:
            raise _too_spread(widest, deepest)
        if total < MAX_FAULTS and (b't="e"' in text or b"<f" in text):
            for line, fault in _faults(text):
                faults[line] = (*faults.get(line, ()), fault)
                total += 1
    return faults


def _whole_cells(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut only between two cells."""
    carried = b""
    for chunk in chunks:
        text = carried + chunk
        cut = text.rfind(b"</c>") + 4
        if cut < 4:
            carried = text if len(text) < MAX_CARRIED else text[-1000:]
            continue
        yield text[:cut]
        carried = text[cut:]
    yield carried


def _extent(text: bytes) -> tuple[int, int]:
    wide = deep = 0
    for column in {match[0] for match in _CELL_START.findall(text)}:
        wide = max(wide, _number_of(column))
    rows = [int(match[1]) for match in _CELL_START.findall(text)]
    deep = max(rows, default=0)
    return wide, deep


def _number_of(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _faults(text: bytes) -> Iterator[tuple[int, CellFault]]:
    for attributes, inside in _CELL.findall(text):
        is_error = b't="e"' in attributes
        if not is_error and b"<f" not in inside:
            continue
        place = _REFERENCE.search(attributes)
        value = _VALUE.search(inside)
        content = (value.group(1) or b"") if value else b""
        has_result = bool(value) and (bool(content) or b't="str"' in attributes or b"<is" in inside)
        if place and (is_error or not has_result):
            error = unescape(content.decode("utf-8", "replace")) if is_error else ""
            yield (
                int(place.group(2)),
                CellFault(_number_of(place.group(1)) - 1, error or ("#ERR" if is_error else "")),
            )


def _scan_ods(chunks: Iterator[bytes]) -> None:
    """Refuses a filled cell or row repeated thousands of times, which the reader would write out."""
    tail = b""
    for chunk in chunks:
        text = tail + chunk
        for match in _ODS_REPEAT.finditer(text):
            if int(match.group(1)) > 20_000:
                raise _too_spread(1, int(match.group(1)))
        tail = text[-2000:]


def _too_spread(columns: int, rows: int) -> SuspiciousArchive:
    return SuspiciousArchive(
        _("La feuille s’étend sur %(rows)d lignes et %(columns)d colonnes : c’est trop pour être lu.")
        % {"rows": rows, "columns": columns},
        _("Effacez les cellules isolées loin du tableau, ou enregistrez la feuille au format CSV."),
        rows=rows,
        columns=columns,
    )
