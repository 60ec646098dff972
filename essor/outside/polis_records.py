"""What a Polis export holds, as frozen records; nothing here knows our tables.

In every CSV of Polis agree is 1, disagree -1 and pass 0; inside its engine the sign is turned. An export
made from inside may therefore have the other sign: ``agree`` says which one means “agree” in each file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from essor.outside.issues import RowIssue, UnreadableFile

VOTES, PARTICIPANTS, COMMENTS, SUMMARY = "votes.csv", "participants-votes.csv", "comments.csv", "summary.csv"
MISSING = 3
EVENT_COLUMNS = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
COMMENT_COLUMNS = (
    "timestamp",
    "datetime",
    "comment-id",
    "author-id",
    "agrees",
    "disagrees",
    "moderated",
    "comment-body",
)
PARTICIPANT_COLUMNS = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")


class ContradictorySign(UnreadableFile):
    """The files of one export do not say with one voice whether 1 agrees or disagrees."""

    code = "contradictory_sign"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file was punctuated, so that it is written again to the byte."""

    columns: tuple[str, ...]
    line_end: str = "\n"
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class PolisVote:
    """One line of the log of votes, with the value as written in the file."""

    timestamp: int | None
    datetime: str
    statement: str
    participant: str
    vote: int
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolisComment:
    """One statement. ``moderated``: 1 accepted, -1 rejected, 0 not looked at."""

    timestamp: int | None
    datetime: str
    id: str
    author: str
    agrees: int | None
    disagrees: int | None
    moderated: int | None
    body: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolisParticipant:
    """One line of the matrix; ``cells`` has a byte a statement: vote + 1, or ``MISSING``."""

    id: str
    group: str
    comments: int | None
    votes: int | None
    agrees: int | None
    disagrees: int | None
    cells: bytes

    def cast(self) -> Iterator[tuple[int, int]]:
        """(column, vote) of each vote, as written in the file."""
        return ((column, code - 1) for column, code in enumerate(self.cells) if code != MISSING)


@dataclass(frozen=True)
class PolisSet:
    """An export of Polis. ``events`` is None when it has no log, ``participants`` when it has no matrix.

    ``log_agree`` and ``matrix_agree``: the value that means “agree” in each file, 1 or -1.
    ``issues``: (file, issue) of what could not be read.
    """

    events: tuple[PolisVote, ...] | None
    participants: tuple[PolisParticipant, ...] | None
    statements: tuple[str, ...]
    comments: tuple[PolisComment, ...] = ()
    summary: tuple[tuple[str, ...], ...] = ()
    log_agree: int = 1
    matrix_agree: int = 1
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    issues: tuple[tuple[str, RowIssue], ...] = ()

    @property
    def moderated_out(self) -> tuple[str, ...]:
        """The statements that moderation rejected."""
        return tuple(each.id for each in self.comments if each.moderated == -1)

    @property
    def bodies(self) -> dict[str, str]:
        """The words of each statement."""
        return {each.id: each.body for each in self.comments}

    @property
    def published_groups(self) -> dict[str, str]:
        """The group that Polis published for each participant it grouped."""
        return {each.id: each.group for each in self.participants or () if each.group}

    def log(self) -> Iterator[tuple[str, str, int]]:
        """(participant, statement, vote) in the order of casting, 1 for agree; else the matrix."""
        if self.events is None:
            yield from self._cells()
            return
        for each in in_order(self.events):
            yield each.participant, each.statement, each.vote * self.log_agree

    def table(self) -> dict[tuple[str, str], int]:
        """The last vote of each participant on each statement, 1 for agree."""
        return {(who, what): vote for who, what, vote in self.log()}

    def _cells(self) -> Iterator[tuple[str, str, int]]:
        for each in self.participants or ():
            for column, vote in each.cast():
                yield each.id, self.statements[column], vote * self.matrix_agree


def in_order(events: Iterable[PolisVote]) -> list[PolisVote]:
    """Events from the first to the last: by their times when all have one, else as they are written."""
    listed = list(events)
    if all(each.timestamp is not None for each in listed):
        listed.sort(key=lambda each: each.timestamp or 0)
    return listed


def row_of(
    name: str, group: str, comments: int, votes: Mapping[str, int], columns: tuple[str, ...]
) -> PolisParticipant:
    """One line of the matrix from somebody's votes (1 for agree).

    >>> row_of("7", "0", 1, {"b": -1}, ("a", "b")).cells
    b'\\x03\\x00'
    """
    cells = bytes(votes[column] + 1 if column in votes else MISSING for column in columns)
    return PolisParticipant(
        id=name,
        group=group,
        comments=comments,
        votes=len(cells) - cells.count(MISSING),
        agrees=cells.count(2),
        disagrees=cells.count(0),
        cells=cells,
    )


def rebuilt_rows(
    log: Iterable[tuple[str, str, int]], statements: tuple[str, ...], *, like: Iterable[PolisParticipant] = ()
) -> tuple[PolisParticipant, ...]:
    """The matrix that a log makes; ``like`` gives the order, the groups and the number of comments."""
    votes: dict[str, dict[str, int]] = {}
    for who, what, vote in log:
        votes.setdefault(who, {})[what] = vote
    known = {each.id: each for each in like}
    order = [*known, *(who for who in votes if who not in known)]
    return tuple(
        row_of(
            who,
            known[who].group if who in known else "",
            (known[who].comments or 0) if who in known else 0,
            votes.get(who, {}),
            statements,
        )
        for who in order
    )
