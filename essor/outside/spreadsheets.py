"""Any table people have, CSV or workbook, whatever its shape: `open_table(path)`."""

from __future__ import annotations

from pathlib import Path

from essor.outside.tables import Row, Table

__all__ = ["MAX_BYTES", "Row", "Table", "open_table"]

MAX_BYTES = 200_000_000


def open_table(
    path: str | Path,
    *,
    name: str | None = None,
    sheet: str | None = None,
    header_line: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Table:
    """The table of a CSV, XLSX, XLSM, XLSB, XLS or ODS file; everything not said is guessed.

    `name` is the file's name as people know it (an upload's temporary path says nothing).
    Raises an `UnreadableFile` when there is no table to read.
    """
    raise NotImplementedError
