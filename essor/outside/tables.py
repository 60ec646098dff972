"""What a table read from outside looks like, whatever file it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from essor.outside.issues import IssueLog

MAX_CELL = 100_000
"""Characters in one cell; beyond, the row is skipped with an issue."""


class Row(NamedTuple):
    """One row: its real line number in the file (or row of the sheet) and one cell per column."""

    line: int
    cells: tuple[str, ...]


RowSource = Callable[[IssueLog], Iterator[Row]]


@dataclass(frozen=True)
class Table:
    """A table that is read again from the file at every `rows()`; nothing is kept in memory.

    `issues` belongs to the latest reading and is complete once that reading has ended.
    """

    name: str
    columns: tuple[str, ...]
    header_line: int
    source: RowSource = field(repr=False)
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    issues: IssueLog = field(default_factory=IssueLog, repr=False)

    def rows(self) -> Iterator[Row]:
        self.issues.clear()
        return self.source(self.issues)

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row as (line, {column: cell})."""
        for row in self.rows():
            yield row.line, dict(zip(self.columns, row.cells, strict=True))

    def preview(self, n: int = 10) -> list[Row]:
        """The first `n` rows, without touching `issues`."""
        return list(islice(self.source(IssueLog()), n))


def find_header(records: Sequence[Sequence[str]]) -> int:
    """Index of the header among the first records: blank and title lines above it are passed over.

    The header is the first record that fills at least 60 % of the cells the fullest record fills and is
    not followed by a blank one.
    """
    filled = [sum(1 for cell in cells if cell.strip()) for cells in records]
    fullest = max(filled, default=0)
    likely = [i for i, n in enumerate(filled) if n and n * 10 >= fullest * 6]
    followed = (i for i in likely if i + 1 == len(filled) or filled[i + 1])
    return next(followed, likely[0] if likely else 0)


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Header cells trimmed, named when empty (`colonne 3`) and told apart when repeated (`avis (2)`)."""
    names: list[str] = []
    taken = {" ".join(cell.split()) for cell in cells}
    used: set[str] = set()
    for position, cell in enumerate(cells, start=1):
        name = base = " ".join(cell.split()) or f"colonne {position}"
        count = 1
        while name in used or (count > 1 and name in taken):
            count += 1
            name = f"{base} ({count})"
        used.add(name)
        names.append(name)
    return tuple(names)
