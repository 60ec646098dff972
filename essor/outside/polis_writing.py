"""A ``PolisSet`` written again as the files of an export: what was read comes out the same to the byte."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from essor.outside.polis_records import (
    COMMENT_COLUMNS,
    COMMENTS,
    EVENT_COLUMNS,
    MISSING,
    PARTICIPANT_COLUMNS,
    PARTICIPANTS,
    SUMMARY,
    VOTES,
    Layout,
    PolisComment,
    PolisParticipant,
    PolisSet,
    PolisVote,
    in_order,
    rebuilt_rows,
)

_CELL = {0: "-1", 1: "0", 2: "1", MISSING: ""}


def polis_set(
    *,
    events: Sequence[PolisVote],
    comments: Sequence[PolisComment] = (),
    summary: Sequence[tuple[str, str]] = (),
    groups: Mapping[str, int | None] | None = None,
) -> PolisSet:
    """A set to export from a log (1 agrees): the matrix, its counts and the order of Polis are made here.

    ``groups`` are the groups of participants; those who proposed statements are counted from ``comments``.
    """
    given = dict(groups or {})
    proposed: dict[str, int] = {}
    for each in comments:
        proposed[each.author] = proposed.get(each.author, 0) + 1
    names = _ordered({each.participant for each in events} | set(given))
    statements = tuple(_ordered({each.statement for each in events}))
    blank = bytes([MISSING]) * len(statements)
    like = [
        PolisParticipant(name, _group(given.get(name)), proposed.get(name, 0), 0, 0, 0, blank)
        for name in names
    ]
    log = ((each.participant, each.statement, each.vote) for each in in_order(events))
    return PolisSet(
        events=tuple(events),
        participants=rebuilt_rows(log, statements, like=like),
        statements=statements,
        comments=tuple(comments),
        summary=tuple(tuple(map(str, pair)) for pair in summary),
    )


def write_polis(found: PolisSet, folder: Path) -> tuple[Path, ...]:
    """Write every file that the set has into ``folder``, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    if found.events is not None:
        layout = found.layouts.get(VOTES, Layout(EVENT_COLUMNS))
        written.append(
            _write(folder / VOTES, layout, (_event(each, layout.columns) for each in found.events))
        )
    if found.participants is not None:
        layout = found.layouts.get(PARTICIPANTS, Layout((*PARTICIPANT_COLUMNS, *found.statements)))
        place = {name: at for at, name in enumerate(found.statements)}
        rows = (_participant(each, layout.columns, place) for each in found.participants)
        written.append(_write(folder / PARTICIPANTS, layout, rows))
    if found.comments or COMMENTS in found.layouts:
        layout = found.layouts.get(COMMENTS, Layout(COMMENT_COLUMNS))
        written.append(
            _write(folder / COMMENTS, layout, (_comment(each, layout.columns) for each in found.comments))
        )
    if found.summary or SUMMARY in found.layouts:
        layout = found.layouts.get(SUMMARY, Layout(()))
        written.append(_write(folder / SUMMARY, layout, found.summary))
    return tuple(written)


def _write(path: Path, layout: Layout, rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator=layout.line_end, delimiter=layout.delimiter)
        if layout.columns:
            writer.writerow(layout.columns)
        writer.writerows(rows)
    return path


def _told(columns: Sequence[str], known: Mapping[str, str], more: Sequence[str]) -> list[str]:
    """The cells in the order of the columns; those unknown take what was kept of them."""
    left = iter(more)
    return [known[column] if column in known else next(left, "") for column in columns]


def _event(each: PolisVote, columns: Sequence[str]) -> list[str]:
    values = (_number(each.timestamp), each.datetime, each.statement, each.participant, str(each.vote))
    return _told(columns, dict(zip(EVENT_COLUMNS, values, strict=True)), each.more)


def _comment(each: PolisComment, columns: Sequence[str]) -> list[str]:
    values = (
        _number(each.timestamp),
        each.datetime,
        each.id,
        each.author,
        _number(each.agrees),
        _number(each.disagrees),
        _number(each.moderated),
        each.body,
    )
    return _told(columns, dict(zip(COMMENT_COLUMNS, values, strict=True)), each.more)


def _participant(each: PolisParticipant, columns: Sequence[str], place: Mapping[str, int]) -> list[str]:
    counts = (each.comments, each.votes, each.agrees, each.disagrees)
    known = dict(zip(PARTICIPANT_COLUMNS, (each.id, each.group, *map(_number, counts)), strict=True))
    return [known[name] if name in known else _CELL[each.cells[place[name]]] for name in columns]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _group(value: int | None) -> str:
    return "" if value is None else str(value)


def _ordered(names: set[str]) -> list[str]:
    return sorted(names, key=int) if all(name.isdecimal() for name in names) else sorted(names)
