"""CSV files of any punctuation, encoding and line ends, read row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from essor.outside.csv_dialect import ONE_COLUMN, SAMPLE, Shape, shape_of
from essor.outside.csv_lines import Broken, Lines, read_records
from essor.outside.issues import EmptyFile, IssueLog, RowIssue
from essor.outside.tables import Row, Table, column_names
from essor.outside.text_encoding import TextEncoding, detect_encoding
from essor.outside.words import gettext as _
from essor.outside.words import ngettext


def open_csv(
    path: Path, *, name: str, encoding: str | None, delimiter: str | None, header_line: int | None
) -> Table:
    """The table of a CSV file; its encoding and punctuation are guessed unless given."""
    found = detect_encoding(path, encoding)
    shape = shape_of(_sample(path, found), delimiter=delimiter, header_line=header_line)
    if shape is None:
        raise EmptyFile(
            _("Le fichier ne contient aucune ligne à lire."),
            _("Vérifiez l’export d’origine : il faut au moins une ligne de titres de colonnes."),
        )
    columns = column_names(_fitted(shape.header.cells, shape.width))
    used = shape.format["delimiter"]
    return Table(
        name=name,
        columns=columns,
        header_line=shape.header.line,
        source=partial(_rows, _Plan(path, found, shape, columns)),
        encoding=found.name,
        delimiter="" if used == ONE_COLUMN else used,
        warnings=found.warnings,
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    path: Path
    encoding: TextEncoding
    shape: Shape
    columns: tuple[str, ...]


def _sample(path: Path, encoding: TextEncoding) -> str:
    """The beginning of the text, cut at the end of a line."""
    with path.open(encoding=encoding.name, errors=encoding.errors, newline="") as text:
        sample = text.read(SAMPLE)
    if len(sample) < SAMPLE:
        return sample
    cut = max(sample.rfind("\n"), sample.rfind("\r"))
    return sample[: cut + 1] if cut > 0 else sample


def _fitted(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))][:width]


def _rows(plan: _Plan, issues: IssueLog) -> Iterator[Row]:
    encoding, shape = plan.encoding, plan.shape
    width, header_line = shape.width, shape.header.line
    with plan.path.open(encoding=encoding.name, errors=encoding.errors, newline="") as text:
        for record in read_records(Lines(text), shape.format, width):
            line = record[0]
            if line <= header_line:
                continue
            if isinstance(record, Broken):
                issues.add(_issue_of(record, plan.columns))
                continue
            cells = record[1]
            if not any(map(str.strip, cells)):
                continue
            if encoding.has_nul:
                cells = _without_nul(line, cells, plan.columns, issues)
            if len(cells) != width:
                fitted = _fit(line, cells, width, issues)
                if fitted is None:
                    continue
                cells = fitted
            yield Row(line, tuple(cells))


def _issue_of(broken: Broken, columns: tuple[str, ...]) -> RowIssue:
    place = broken.position
    column = columns[place] if place is not None and place < len(columns) else ""
    return RowIssue(broken.line, column, broken.reason, broken.mend)


def _fit(line: int, cells: list[str], width: int, issues: IssueLog) -> list[str] | None:
    """The row at the table's width; None when it has more filled cells than the table has columns."""
    counts = {"found": len(cells), "expected": width}
    if len(cells) > width:
        if not any(map(str.strip, cells[width:])):
            return cells[:width]
        reason = ngettext(
            "La ligne a %(found)d cellules au lieu de %(expected)d.",
            "La ligne a %(found)d cellules au lieu de %(expected)d.",
            len(cells),
        )
        mend = _("Mettez entre guillemets les textes qui contiennent le séparateur de colonnes.")
        issues.add(RowIssue(line, "", reason % counts, mend))
        return None
    reason = ngettext(
        "La ligne n’a que %(found)d cellule au lieu de %(expected)d ; les autres sont lues comme vides.",
        "La ligne n’a que %(found)d cellules au lieu de %(expected)d ; les autres sont lues comme vides.",
        len(cells),
    )
    mend = _("Vérifiez qu’un retour à la ligne sans guillemets ne coupe pas cette ligne en deux.")
    issues.add(RowIssue(line, "", reason % counts, mend, skipped=False))
    return _fitted(cells, width)


def _without_nul(line: int, cells: list[str], columns: tuple[str, ...], issues: IssueLog) -> list[str]:
    for position, cell in enumerate(cells):
        if "\0" in cell:
            column = columns[position] if position < len(columns) else ""
            reason = _("La cellule contient des caractères nuls, qui ont été retirés.")
            mend = _("Refaites l’export d’origine, puis vérifiez ce texte.")
            issues.add(RowIssue(line, column, reason, mend, skipped=False))
    return [cell.replace("\0", "") for cell in cells]
