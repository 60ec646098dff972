"""Any table people have, CSV or workbook, whatever its shape: `open_table(path)`."""

from __future__ import annotations

from pathlib import Path

from essor.outside.csv_tables import open_csv
from essor.outside.issues import EmptyFile, TooLarge
from essor.outside.tables import Row, Table
from essor.outside.words import gettext as _
from essor.outside.workbooks import open_workbook

__all__ = ["MAX_BYTES", "Row", "Table", "open_table", "refuse_size"]

MAX_BYTES = 200_000_000
_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""A ZIP archive (XLSX, XLSB, ODS) and the old Office container (XLS)."""


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
    path = Path(path)
    name = name or path.name
    refuse_size(path.stat().st_size, max_bytes)
    if _is_workbook(path):
        return open_workbook(path, name=name, sheet=sheet, header_line=header_line)
    return open_csv(path, name=name, encoding=encoding, delimiter=delimiter, header_line=header_line)


def refuse_size(size: int, max_bytes: int = MAX_BYTES) -> None:
    """Raises `EmptyFile` or `TooLarge`; to be asked before anything is read or kept."""
    if size == 0:
        raise EmptyFile(
            _("Le fichier est vide."),
            _("Vérifiez que l’export s’est bien terminé, puis redéposez le fichier."),
        )
    if size > max_bytes:
        megabytes = {"size": -(-size // 1_000_000), "limit": max_bytes // 1_000_000}
        raise TooLarge(
            _("Le fichier pèse %(size)d Mo ; la limite est de %(limit)d Mo.") % megabytes,
            _("Découpez-le en plusieurs fichiers, chacun avec la ligne de titres, puis déposez-les."),
            **megabytes,
        )


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(8).startswith(_WORKBOOK_STARTS)
