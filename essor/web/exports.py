"""Lists as CSV or XLSX files, streamed row by row, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

from essor.common import clock
from essor.outside.xlsx_writing import write_xlsx

Column = tuple[Any, Callable[[Any], Any]]
FORMATS = ("csv", "xlsx")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def wanted(request: HttpRequest) -> bool:
    """Whether the address asks for a file (``?format=csv`` or ``?format=xlsx``)."""
    return request.GET.get("format") in FORMATS


def export(request: HttpRequest, rows: Iterable[Any], columns: list[Column], filename: str) -> HttpResponse:
    """The rows as the file asked for by ``?format=``.

    ``columns`` pairs a header with a function of the row. A query set is read in pieces, so memory
    stays flat. Text that a spreadsheet would take for a formula is preceded by an apostrophe.
    """
    if isinstance(rows, QuerySet):
        rows = rows.iterator(chunk_size=2000)
    stem = f"{filename}-{clock.today():%Y-%m-%d}"
    if request.GET.get("format") == "xlsx":
        return _xlsx(rows, columns, f"{stem}.xlsx")
    answer = StreamingHttpResponse(_csv_lines(rows, columns), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{stem}.csv"'
    return answer


def safe_cell(value: Any) -> Any:
    """A value as it may stand in a cell: numbers as they are, text never as a formula.

    >>> safe_cell("=1+1"), safe_cell(3), safe_cell(None)
    ("'=1+1", 3, '')
    """
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _headers(columns: list[Column]) -> list[str]:
    """Headers may bear the name of a group or of a meeting: as safe as the cells."""
    return [safe_cell(str(header)) for header, _ in columns]


def _cells(row: Any, columns: list[Column]) -> list[Any]:
    return [safe_cell(read(row)) for _, read in columns]


def _csv_lines(rows: Iterable[Any], columns: list[Column]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    line.write("\ufeff")
    writer.writerow(_headers(columns))
    for row in rows:
        writer.writerow(_cells(row, columns))
        if line.tell() > 65_536:
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


def _xlsx(rows: Iterable[Any], columns: list[Column], filename: str) -> HttpResponse:
    file = TemporaryFile()  # noqa: SIM115 FileResponse closes it
    write_xlsx(file, "Essor", _headers(columns), (_cells(row, columns) for row in rows))
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=filename,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
