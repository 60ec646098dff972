"""Exports of Polis: a folder of CSV files becomes one frozen ``PolisSet``, bad lines become issues.

``votes.csv`` is a log: a person may vote again and the last vote counts. ``participants-votes.csv`` is the
matrix that it makes. Either is enough; with both, they are checked against each other and against the
counts of ``comments.csv``, which also tell the sign. A single ``votes.csv`` or ``participants-votes.csv``
may be read too.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from essor.outside.issues import IssueLog, MissingColumn, NotATable, RowIssue
from essor.outside.polis_checks import checked, sign_of_log, sign_of_matrix
from essor.outside.polis_lines import comment_of, event_of, participant_of
from essor.outside.polis_records import (
    COMMENTS,
    PARTICIPANT_COLUMNS,
    PARTICIPANTS,
    SUMMARY,
    VOTES,
    Layout,
    PolisComment,
    PolisParticipant,
    PolisSet,
    PolisVote,
)
from essor.outside.spreadsheets import open_table
from essor.outside.tables import Table
from essor.outside.text_encoding import detect_encoding
from essor.outside.words import gettext as _

NEEDED = {
    VOTES: ("comment-id", "voter-id", "vote"),
    PARTICIPANTS: ("participant",),
    COMMENTS: ("comment-id",),
}


def read_polis(path: Path) -> PolisSet:
    """The export in a folder, or what a single file of it tells.

    Raises ``UnreadableFile``: ``NotATable`` when neither the log nor the matrix is there, ``MissingColumn``,
    ``ContradictorySign``, and what a broken CSV raises.
    """
    files = _files(path)
    if VOTES not in files and PARTICIPANTS not in files:
        raise NotATable(
            _("Ce dossier n’est pas un export Polis : il n’a ni votes.csv ni participants-votes.csv."),
            _("Choisissez le dossier où l’export a été décompressé, ou un fichier CSV de votes."),
        )
    layouts: dict[str, Layout] = {}
    issues: dict[str, IssueLog] = {}
    comments = _comments(files[COMMENTS], layouts, issues) if COMMENTS in files else ()
    statements, participants = (
        _matrix(files[PARTICIPANTS], layouts, issues) if PARTICIPANTS in files else ((), None)
    )
    events = _events(files[VOTES], layouts, issues) if VOTES in files else None
    matrix_agree = sign_of_matrix(participants, comments, statements)
    log_agree = sign_of_log(events, participants, statements, comments, matrix_agree)
    summary = _summary(files[SUMMARY], layouts) if SUMMARY in files else ()
    if not statements and events is not None:
        statements = _first_seen(events)
    found = PolisSet(
        events=events,
        participants=participants,
        statements=statements,
        comments=comments,
        summary=summary,
        log_agree=log_agree,
        matrix_agree=matrix_agree,
        layouts=layouts,
    )
    told = [(name, issue) for name, log in issues.items() for issue in log]
    return PolisSet(**{**vars(found), "issues": (*told, *checked(found))})


def is_polis(path: Path) -> bool:
    """Whether a folder or a file looks like (a part of) an export of Polis."""
    if path.is_dir():
        return any((path / name).is_file() for name in (VOTES, PARTICIPANTS))
    columns = set(open_table(path).columns)
    return set(NEEDED[VOTES]) <= columns or set(PARTICIPANT_COLUMNS[:2]) <= columns


def _files(path: Path) -> dict[str, Path]:
    if path.is_dir():
        return {
            name: path / name for name in (VOTES, PARTICIPANTS, COMMENTS, SUMMARY) if (path / name).is_file()
        }
    columns = set(open_table(path).columns)
    return {VOTES if set(NEEDED[VOTES]) <= columns else PARTICIPANTS: path}


def _open(path: Path, name: str, layouts: dict[str, Layout]) -> Table:
    table = open_table(path)
    missing = [each for each in NEEDED[name] if each not in table.columns]
    if missing:
        raise MissingColumn(
            _("La colonne « %(column)s » manque dans %(file)s.") % {"column": missing[0], "file": path.name},
            _("Refaites l’export depuis Polis sans changer ses titres de colonnes."),
        )
    layouts[name] = Layout(table.columns, _line_end(path), table.delimiter or ",")
    return table


def _line_end(path: Path) -> str:
    with path.open("rb") as stream:
        return "\r\n" if stream.readline(1 << 20).endswith(b"\r\n") else "\n"


def _records(
    table: Table, name: str, issues: dict[str, IssueLog]
) -> Iterator[tuple[int, dict[str, str], IssueLog]]:
    """Each line with where to tell its issues; those of the table itself are kept with them."""
    kept = issues[name] = IssueLog()
    for line, record in table.records():
        yield line, record, kept
    for issue in table.issues:
        kept.add(issue)


def _events(path: Path, layouts: dict[str, Layout], issues: dict[str, IssueLog]) -> tuple[PolisVote, ...]:
    table = _open(path, VOTES, layouts)
    rows = _records(table, VOTES, issues)
    found = (event_of(line, record, table.columns, kept) for line, record, kept in rows)
    return tuple(each for each in found if each is not None)


def _comments(
    path: Path, layouts: dict[str, Layout], issues: dict[str, IssueLog]
) -> tuple[PolisComment, ...]:
    table = _open(path, COMMENTS, layouts)
    rows = _records(table, COMMENTS, issues)
    found = (comment_of(line, record, table.columns, kept) for line, record, kept in rows)
    return tuple(each for each in found if each is not None)


def _matrix(
    path: Path, layouts: dict[str, Layout], issues: dict[str, IssueLog]
) -> tuple[tuple[str, ...], tuple[PolisParticipant, ...]]:
    table = _open(path, PARTICIPANTS, layouts)
    statements = tuple(each for each in table.columns if each not in PARTICIPANT_COLUMNS)
    found: dict[str, PolisParticipant] = {}
    for line, record, kept in _records(table, PARTICIPANTS, issues):
        each = participant_of(line, record, statements, kept)
        if each is None:
            continue
        if each.id in found:
            reason = _("Le participant « %(name)s » a déjà une ligne.") % {"name": each.id}
            kept.add(RowIssue(line, "participant", reason, _("Gardez une seule ligne par participant.")))
            continue
        found[each.id] = each
    return statements, tuple(found.values())


def _summary(path: Path, layouts: dict[str, Layout]) -> tuple[tuple[str, ...], ...]:
    """Pairs without a header: topic, address, counts, description."""
    found = detect_encoding(path)
    layouts[SUMMARY] = Layout((), _line_end(path))
    with path.open(encoding=found.name, errors=found.errors, newline="") as text:
        return tuple(tuple(cells) for cells in csv.reader(text))


def _first_seen(events: tuple[PolisVote, ...]) -> tuple[str, ...]:
    names = dict.fromkeys(each.statement for each in events)
    if all(name.isdecimal() for name in names):
        return tuple(sorted(names, key=int))
    return tuple(names)
