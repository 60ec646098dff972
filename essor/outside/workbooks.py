"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS): one sheet read as a table of text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from essor.outside.archives import protected, truncated
from essor.outside.issues import EmptyFile, IssueLog, NotATable, RowIssue
from essor.outside.sheet_scan import CellFault, scan_workbook
from essor.outside.tables import MAX_CELL, Row, Table, column_names, find_header
from essor.outside.words import gettext as _

Cell = str | int | float | bool | dt.date | dt.time | dt.timedelta
HEADER_SEARCH = 100


def open_workbook(path: Path, *, name: str, sheet: str | None, header_line: int | None) -> Table:
    """The table of one sheet: the one asked, else the first visible sheet that is not empty."""
    scan = scan_workbook(path)
    with _workbook(path) as book:
        names = _sheet_names(book)
        chosen = _choose(book, names, sheet)
        records = [[text_of(cell) for cell in row] for row in islice(_cells(chosen), HEADER_SEARCH)]
        title = chosen.name
    skipped = (header_line or 1) - 1
    below = records[skipped:] if header_line is None else records[skipped : skipped + 1]
    if not any(any(record) for record in below):
        raise _empty(title)
    header = skipped + find_header(below)
    width = _width(records[header:])
    columns = column_names([*records[header], *[""] * width][:width])
    faults = scan.faults.get(title, {})
    return Table(
        name=name,
        columns=columns,
        header_line=header + 1,
        source=partial(_rows, _Plan(path, title, header + 1, columns, faults)),
        sheet=title,
        sheets=tuple(names),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    path: Path
    sheet: str
    header_line: int
    columns: tuple[str, ...]
    faults: dict[int, tuple[CellFault, ...]]


def text_of(cell: Cell) -> str:
    """A cell as text: whole numbers without `.0`, dates as ISO, durations as hours.

    >>> text_of(3.0), text_of(dt.date(2024, 3, 1)), text_of(dt.timedelta(hours=30))
    ('3', '2024-03-01', '30:00:00')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _workbook(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise protected() from error
    except (CalamineError, OSError) as error:
        raise truncated() from error


def _sheet_names(book: CalamineWorkbook) -> list[str]:
    sheets = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    visible = [s.name for s in sheets if s.visible == SheetVisibleEnum.Visible]
    return visible or [s.name for s in sheets]


def _choose(book: CalamineWorkbook, names: Sequence[str], asked: str | None) -> CalamineSheet:
    if asked is not None and asked not in book.sheet_names:
        raise NotATable(
            _("Le classeur n’a pas de feuille « %(sheet)s ».") % {"sheet": asked},
            _("Choisissez l’une de ses feuilles : %(sheets)s.") % {"sheets": ", ".join(names)},
            sheet=asked,
        )
    for name in [asked] if asked is not None else names:
        try:
            sheet = book.get_sheet_by_name(name)
        except CalamineError as error:
            raise truncated() from error
        if sheet.end is not None:
            return sheet
    raise _empty(asked or ", ".join(names))


def _empty(sheet: str) -> EmptyFile:
    return EmptyFile(
        _("La feuille « %(sheet)s » est vide.") % {"sheet": sheet},
        _("Déposez un classeur dont une feuille porte les titres des colonnes et les lignes."),
        sheet=sheet,
    )


def _cells(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    """Rows from the first of the sheet, cells from column A."""
    lead = [""] * (sheet.start or (0, 0))[1]
    for row in sheet.iter_rows():
        missing = sheet.total_width - len(row)
        yield [*lead, *row] if missing > 0 else row


def _width(records: Sequence[Sequence[str]]) -> int:
    width = max(map(len, records))
    while width > 1 and not any(cell.strip() for record in records for cell in record[width - 1 : width]):
        width -= 1
    return width


def _rows(plan: _Plan, issues: IssueLog) -> Iterator[Row]:
    width = len(plan.columns)
    with _workbook(plan.path) as book:
        sheet = book.get_sheet_by_name(plan.sheet)
        line = 0
        for line, row in enumerate(_cells(sheet), start=1):
            if line <= plan.header_line:
                continue
            for fault in plan.faults.get(line, ()):
                issues.add(_issue_of(fault, line, plan.columns))
            cells = tuple([cell if type(cell) is str else text_of(cell) for cell in row[:width]])
            if not any(map(str.strip, cells)):
                continue
            if max(map(len, cells)) > MAX_CELL:
                issues.add(_too_long(line, cells, plan.columns))
                continue
            yield Row(line, cells)
        for below in sorted(each for each in plan.faults if each > max(line, plan.header_line)):
            for fault in plan.faults[below]:  # rows that hold nothing else are not even listed by the sheet
                issues.add(_issue_of(fault, below, plan.columns))


def _column(position: int, columns: Sequence[str]) -> str:
    return columns[position] if position < len(columns) else ""


def _issue_of(fault: CellFault, line: int, columns: Sequence[str]) -> RowIssue:
    column = _column(fault.position, columns)
    if fault.error:
        reason = _("La cellule contient l’erreur %(error)s ; elle est lue comme vide.") % {
            "error": fault.error
        }
        mend = _("Corrigez la formule dans le classeur, ou écrivez la valeur.")
    else:
        reason = _("La cellule est une formule sans résultat enregistré ; elle est lue comme vide.")
        mend = _("Ouvrez le classeur dans un tableur, laissez-le calculer, puis enregistrez-le.")
    return RowIssue(line, column, reason, mend, skipped=False)


def _too_long(line: int, cells: Sequence[str], columns: Sequence[str]) -> RowIssue:
    position = next(i for i, cell in enumerate(cells) if len(cell) > MAX_CELL)
    reason = _("La cellule dépasse %(limit)d caractères.") % {"limit": MAX_CELL}
    mend = _("Raccourcissez ce texte ou répartissez-le sur plusieurs lignes.")
    return RowIssue(line, _column(position, columns), reason, mend)
