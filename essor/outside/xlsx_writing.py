"""Writes a table as an XLSX file, row by row, with the standard library alone.

The usual package loads numpy as soon as it is imported, which would double the memory of each web process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

CELL_LIMIT = 32_767  # signs in a cell, set by the format
ROW_LIMIT = 1_048_576  # rows in a sheet, set by the format

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
)
_ROOT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_PARTS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_SHEET_START = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews><sheetData>"
)


class TooManyRows(ValueError):
    """A sheet holds 1,048,576 rows: ask for a CSV file, or narrow the list."""


def write_xlsx(file: IO[bytes], title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a header and rows into ``file``; return how many rows. Memory does not grow with their number.

    Numbers and yes/no are written as such, None as an empty cell, the rest as text cut at 32,767 signs.
    Raises TooManyRows.

    >>> from io import BytesIO
    >>> write_xlsx(BytesIO(), "Voix", ["mots", "nombre"], [["bonjour", 1], [None, 2.5]])
    2
    """
    count = 0
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=4) as book:
        book.writestr("[Content_Types].xml", _CONTENT_TYPES)
        book.writestr("_rels/.rels", _ROOT)
        book.writestr("xl/workbook.xml", _workbook(title))
        book.writestr("xl/_rels/workbook.xml.rels", _PARTS)
        book.writestr("xl/styles.xml", _STYLES)
        part = book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True)
        with TextIOWrapper(part, encoding="utf-8") as sheet:
            sheet.write(_SHEET_START)
            sheet.write(_row([str(each) for each in header], ' s="1"'))
            for count, cells in enumerate(rows, start=1):
                if count >= ROW_LIMIT:
                    raise TooManyRows(f"a sheet holds at most {ROW_LIMIT} rows")
                sheet.write(_row(cells))
            sheet.write("</sheetData></worksheet>")
    return count


def _workbook(title: str) -> str:
    name = escape(re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip() or "1", {'"': "&quot;"})
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _row(cells: Sequence[object], style: str = "") -> str:
    return f"<row>{''.join(_cells(cells, style))}</row>"


def _cells(cells: Sequence[object], style: str) -> Iterator[str]:
    for cell in cells:
        if cell is None or cell == "":
            yield "<c/>"
        elif isinstance(cell, bool):
            yield f'<c t="b"{style}><v>{int(cell)}</v></c>'
        elif isinstance(cell, int) or (isinstance(cell, float) and cell - cell == 0):
            yield f"<c{style}><v>{cell!r}</v></c>"
        else:
            text = escape(_FORBIDDEN.sub("", str(cell)[:CELL_LIMIT]))
            yield f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'
