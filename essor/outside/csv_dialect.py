"""How a CSV file is punctuated: its delimiter, its quotes, its header, guessed from its beginning."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from essor.outside.tables import find_header

SAMPLE = 1 << 18
MAX_SAMPLE_RECORDS = 300
ONE_COLUMN = "\x1f"
"""The delimiter given to the csv module for a file of one column: a character no text holds."""
_DELIMITERS = (";", ",", "\t", "|")
_BLANK = " ;,\t|\"'\r\n\ufeff"
_SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)


class CsvFormat(TypedDict, total=False):
    """The arguments of `csv.reader`."""

    delimiter: str
    quotechar: str
    escapechar: str | None
    doublequote: bool


@dataclass(frozen=True, slots=True)
class Record:
    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the beginning of the file tells."""

    format: CsvFormat
    header: Record
    width: int


def shape_of(sample: str, *, delimiter: str | None = None, header_line: int | None = None) -> Shape | None:
    """The shape of a table from its first lines; None when they are all blank."""
    declared = _SEP_LINE.fullmatch(sample.split("\n", 1)[0])
    if declared and not delimiter:
        delimiter = declared.group(1)
    format_ = _format_of(sample, delimiter or _best_delimiter(sample))
    records = _records(sample, format_)
    candidates = records[1:] if declared else records
    if header_line is not None:
        candidates = [record for record in records if record.line >= header_line][:1]
    if not any(cell.strip(_BLANK) for record in candidates for cell in record.cells):
        return None
    usual = _usual_width(candidates)
    header = candidates[find_header([record.cells[:usual] for record in candidates])]
    return Shape(format_, header, _width(header, [r for r in records if r.line > header.line]))


def _usual_width(records: Sequence[Record]) -> int:
    """The width most records of more than one cell have, so that a broken long row deceives nobody."""
    widths = Counter(len(record.cells) for record in records if len(record.cells) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=1)


def _records(sample: str, format_: CsvFormat) -> list[Record]:
    """The first records of the sample; they stop where they cannot be parsed."""
    reader = csv.reader(io.StringIO(sample, newline=""), strict=False, **format_)
    records: list[Record] = []
    line = 1
    try:
        for cells in reader:
            records.append(Record(line, cells))
            line = reader.line_num + 1
            if len(records) >= MAX_SAMPLE_RECORDS:
                break
    except csv.Error:
        return records or [Record(1, sample.split("\n", 1)[0].split(format_["delimiter"]))]
    return records


def _best_delimiter(sample: str) -> str:
    scores = {delimiter: _score(sample, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best][0] >= 0.4 else ONE_COLUMN


def _score(sample: str, delimiter: str) -> tuple[float, int]:
    """How regular the rows are when cut there: (share of rows of the usual width, that width)."""
    if delimiter not in sample:
        return (0.0, 0)
    widths = [
        len(record.cells)
        for record in _records(sample, {"delimiter": delimiter})
        if any(cell.strip() for cell in record.cells)
    ]
    usual = Counter(width for width in widths if width > 1)
    if not usual or (widths[0] == 1 and _looks_like_prose(sample, delimiter)):
        return (0.0, 0)
    width, count = max(usual.items(), key=lambda item: (item[1], item[0]))
    return (count / len(widths), width)


def _looks_like_prose(sample: str, delimiter: str) -> bool:
    """In sentences a comma is followed by a space; in a table, seldom."""
    return sample.count(delimiter + " ") >= 0.8 * sample.count(delimiter)


def _format_of(sample: str, delimiter: str) -> CsvFormat:
    format_: CsvFormat = {"delimiter": delimiter, "quotechar": '"', "doublequote": True, "escapechar": None}
    escaped: CsvFormat = {**format_, "escapechar": "\\", "doublequote": False}
    if '\\"' in sample and not _holds(sample, format_) and _holds(sample, escaped):
        return escaped
    if '"' not in sample and _all_quoted(sample, delimiter, "'"):
        return {**format_, "quotechar": "'"}
    return format_


def _holds(sample: str, format_: CsvFormat) -> bool:
    """Whether the sample follows these rules to the letter; it may be cut at its end."""
    try:
        for _cells in csv.reader(io.StringIO(sample, newline=""), strict=True, **format_):
            pass
    except csv.Error as error:
        return "end of data" in str(error)
    return True


def _all_quoted(sample: str, delimiter: str, quote: str) -> bool:
    """Whether the first lines, header included, put nearly every cell between such quotes."""
    lines = [line for line in sample.splitlines()[:20] if line]
    quoted = [line[0] == line[-1] == quote and f"{quote}{delimiter}{quote}" in line for line in lines]
    return bool(quoted) and quoted[0] and sum(quoted) * 2 > len(quoted)


def _width(header: Record, below: Sequence[Record]) -> int:
    """As many columns as the header names, and as most rows have; blank columns at the end are dropped."""
    widths = Counter(_filled_width(record) for record in below if any(record.cells))
    usual, count = widths.most_common(1)[0] if widths else (0, 0)
    width = max(len(header.cells), usual if 2 * count > sum(widths.values()) else 0)
    rows = [header, *below]
    while width > 1 and not any(cell.strip() for r in rows for cell in r.cells[width - 1 : width]):
        width -= 1
    return width


def _filled_width(record: Record) -> int:
    return max((i for i, cell in enumerate(record.cells, start=1) if cell.strip()), default=0)
