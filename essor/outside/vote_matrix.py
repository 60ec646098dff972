"""A plain table of votes: a line a participant, a column a statement, 1, 0, -1 or nothing in each cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from essor.outside.issues import EmptyFile, IssueLog, RowIssue
from essor.outside.polis_lines import NOBODY, not_a_vote, vote_of
from essor.outside.polis_records import MISSING
from essor.outside.spreadsheets import open_table
from essor.outside.tables import Table
from essor.outside.words import gettext as _

ID_NAMES = (
    "participant",
    "participant_id",
    "participant-id",
    "id",
    "voter",
    "voter-id",
    "votant",
    "colonne 1",
)
LOOKED_AT = 200


@dataclass(frozen=True)
class VoteMatrix:
    """The table; ``cells[i]`` has a byte a statement: vote + 1, or ``MISSING``."""

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    cells: tuple[bytes, ...]
    id_column: str = ""
    delimiter: str = ","
    issues: IssueLog = field(default_factory=IssueLog, repr=False)

    def log(self) -> Iterator[tuple[str, str, int]]:
        """(participant, statement, vote) of each cell that is a vote."""
        for name, cells in zip(self.participants, self.cells, strict=True):
            for column, code in enumerate(cells):
                if code != MISSING:
                    yield name, self.statements[column], code - 1


def read_vote_matrix(path: Path) -> VoteMatrix:
    """The first column names participants when its title or a cell is no vote; else lines are numbered.

    A cell that is no vote is an issue and is read as empty; a participant named twice keeps the first line.
    Raises ``UnreadableFile``.
    """
    table = open_table(path)
    named = _first_names(table)
    statements = table.columns[1:] if named else table.columns
    if not statements:
        raise EmptyFile(
            _("Ce tableau n’a pas de colonne d’énoncé."),
            _("Donnez une ligne par participant et une colonne par énoncé, avec 1, 0, -1 ou rien."),
        )
    issues = IssueLog()
    found: dict[str, bytes] = {}
    for row in table.rows():
        name = row.cells[0].strip() if named else str(len(found) + 1)
        if not name or name in found:
            reason = _("Le participant n’a pas de nom, ou son nom a déjà servi.")
            mend = _("Donnez à chaque ligne un nom qui ne sert qu’une fois.")
            issues.add(RowIssue(row.line, table.columns[0], reason, mend))
            continue
        found[name] = _cells(row.line, row.cells[1:] if named else row.cells, statements, issues)
    for issue in table.issues:
        issues.add(issue)
    id_column = table.columns[0] if named else ""
    return VoteMatrix(
        tuple(found), statements, tuple(found.values()), id_column, table.delimiter or ",", issues
    )


def write_vote_matrix(found: VoteMatrix, path: Path) -> None:
    """The same table again."""
    words = {0: "-1", 1: "0", 2: "1", MISSING: ""}
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n", delimiter=found.delimiter)
        writer.writerow([*[found.id_column][: bool(found.id_column)], *found.statements])
        for name, cells in zip(found.participants, found.cells, strict=True):
            writer.writerow([*[name][: bool(found.id_column)], *(words[code] for code in cells)])


def _first_names(table: Table) -> bool:
    title = table.columns[0].strip().casefold()
    if title in ID_NAMES:
        return True
    first = [row.cells[0].strip() for row in table.preview(LOOKED_AT)]
    return any(cell not in NOBODY and vote_of(cell) is None for cell in first)


def _cells(line: int, cells: tuple[str, ...], statements: tuple[str, ...], issues: IssueLog) -> bytes:
    codes = bytearray()
    for column, text in zip(statements, cells, strict=True):
        vote = vote_of(text)
        if vote is None and text.strip() not in NOBODY:
            issues.add(not_a_vote(line, column, text, skipped=False))
        codes.append(MISSING if vote is None else vote + 1)
    return bytes(codes)
