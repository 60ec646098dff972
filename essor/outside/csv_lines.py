"""Records of a CSV file with their real line numbers; what is broken is told, and the rest still read."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple, TextIO

from essor.outside.csv_dialect import ONE_COLUMN, CsvFormat
from essor.outside.tables import MAX_CELL
from essor.outside.words import gettext as _

MAX_LINE = 4_000_000
MAX_LOOKAHEAD = 16_000_000


class Broken(NamedTuple):
    """A record that could not be read; `position` is the cell's place, None when the whole row is meant."""

    line: int
    position: int | None
    reason: str
    mend: str


class Lines:
    """The physical lines of a text, counted; those of the record under way are kept and can be given back."""

    def __init__(self, text: TextIO) -> None:
        self._readline = text.readline
        self._ahead: deque[str] = deque()
        self.number = 0
        self.record: list[str] = []

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._readline(MAX_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        self.record.append(line)
        if len(line) >= MAX_LINE:
            self._skip_rest_of_line(line)
        return line

    def _skip_rest_of_line(self, line: str) -> None:
        while line and line[-1] not in "\r\n":
            line = self._readline(MAX_LINE)

    def give_back(self, lines: list[str]) -> None:
        self._ahead.extendleft(reversed(lines))
        self.number -= len(lines)


def read_records(lines: Lines, format_: CsvFormat, width: int) -> Iterator[tuple[int, list[str]] | Broken]:
    """(first line, cells) of each record, or why it is `Broken`; a broken one never takes others with it."""
    while True:
        reader = csv.reader(lines, strict=True, **format_)
        start = lines.number + 1
        lines.record.clear()
        try:
            for cells in reader:
                if max(map(len, cells), default=0) > MAX_CELL:
                    yield _too_long(start, lines.record, format_)
                else:
                    yield start, cells
                lines.record.clear()
                start = lines.number + 1
            return
        except csv.Error as error:
            yield _recovered(start, lines, format_, width, at_end="end of data" in str(error))


def _recovered(
    start: int, lines: Lines, format_: CsvFormat, width: int, *, at_end: bool
) -> tuple[int, list[str]] | Broken:
    """What to make of a record the strict parser refused; leaves `lines` at the next record."""
    record = list(lines.record)
    if len(record) == 1:
        cells = _leniently(record, format_)
        if cells is not None and len(cells) == width:
            return start, cells
    if not at_end and not _rows_inside(record, format_, width):
        long_cell = _first_long_cell(record, format_) is not None
        if long_cell and _read_to_closing_quote(lines, format_, width):
            return _too_long(start, record, format_)
    read = lines.record
    lines.give_back(read[1:])
    return Broken(
        start,
        None,
        _("Un guillemet est ouvert ou fermé au mauvais endroit."),
        _("Refermez la cellule avec un guillemet, et doublez les guillemets qui sont dans le texte."),
    )


def _leniently(record: list[str], format_: CsvFormat) -> list[str] | None:
    """The record read with tolerance, when it then holds in exactly these lines."""
    try:
        found = list(csv.reader(record, strict=False, **format_))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


def _rows_inside(record: list[str], format_: CsvFormat, width: int) -> bool:
    """Whether the lines after the first are rows themselves: then the first one's quote was never closed."""
    if width < 2:
        return False
    inner = [line for line in islice(record, 1, 12) if line.strip()]
    whole = sum(1 for line in inner if len(_leniently([line], format_) or ()) == width)
    return whole > 0 and whole * 2 >= len(inner)


def _read_to_closing_quote(lines: Lines, format_: CsvFormat, width: int) -> bool:
    """Goes on to the end of an overlong quoted cell; False when no end comes or rows follow instead."""
    quote = format_["quotechar"]
    is_cut = any(len(line) >= MAX_LINE for line in lines.record)
    is_open = not is_cut and sum(line.count(quote) for line in lines.record) % 2 == 1
    seen = sum(map(len, lines.record))
    for line in chain([] if is_open else [""], lines):
        if not line:
            return True
        seen += len(line)
        if line.count(quote) % 2:
            return not _rows_inside(lines.record, format_, width)
        if seen > MAX_LOOKAHEAD:
            return False
    return False


def _first_long_cell(record: list[str], format_: CsvFormat) -> int | None:
    """Place of the first cell longer than allowed, found without the csv module's own limit."""
    text = "".join(record)
    quote, delimiter = format_["quotechar"], format_["delimiter"]
    start = position = 0
    while start <= len(text):
        end = _end_of_quoted(text, start + 1, quote) if text.startswith(quote, start) else start
        stop = text.find(delimiter, end) if delimiter != ONE_COLUMN else -1
        stop = len(text) if stop < 0 else stop
        if stop - start > MAX_CELL:
            return position
        start, position = stop + 1, position + 1
    return None


def _end_of_quoted(text: str, start: int, quote: str) -> int:
    """Index after the closing quote (doubled quotes passed over), or the end of the text."""
    while (found := text.find(quote, start)) >= 0:
        if text[found + 1 : found + 2] != quote:
            return found + 1
        start = found + 2
    return len(text)


def _too_long(start: int, record: list[str], format_: CsvFormat) -> Broken:
    return Broken(
        start,
        _first_long_cell(record, format_),
        _("La cellule dépasse %(limit)d caractères.") % {"limit": MAX_CELL},
        _("Raccourcissez ce texte ou répartissez-le sur plusieurs lignes."),
    )
