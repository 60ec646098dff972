"""Decidim open data, old and new headers: proposals, comments, debates, meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from essor.outside.issues import RowIssue


@dataclass(frozen=True, slots=True)
class DecidimProposal:
    """`source_key` is `host/proposal/id`; `author_key` is `host/user/id` (never a name), "" when unknown."""

    source_key: str
    title: str
    body: str
    created_at: dt.datetime | None
    categories: tuple[str, ...]
    author_key: str
    votes: int | None
    address: str
    latitude: float | None
    longitude: float | None
    url: str
    line: int
    file: str


@dataclass(frozen=True, slots=True)
class DecidimComment:
    """`parent_key` is what it answers (a comment, or the root); `root_key` the proposal, debate… it hangs on.

    `alignment` is -1 (against), 0, or 1 (for).
    """

    source_key: str
    body: str
    created_at: dt.datetime | None
    alignment: int
    depth: int
    parent_key: str
    root_key: str
    root_url: str
    author_key: str
    locale: str
    line: int
    file: str


@dataclass(frozen=True, slots=True)
class DecidimDebate:
    source_key: str
    title: str
    body: str
    created_at: dt.datetime | None
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    categories: tuple[str, ...]
    author_key: str
    url: str
    line: int
    file: str


@dataclass(frozen=True, slots=True)
class DecidimMeeting:
    source_key: str
    title: str
    body: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    attendees: int | None
    categories: tuple[str, ...]
    author_key: str
    address: str
    latitude: float | None
    longitude: float | None
    url: str
    line: int
    file: str


@dataclass(frozen=True, slots=True)
class FileIssue:
    """A row issue and the file it is about."""

    file: str
    issue: RowIssue


@dataclass(frozen=True, slots=True)
class IgnoredFile:
    """A file of the export which is not read, and why."""

    file: str
    reason: str


@dataclass(frozen=True)
class DecidimExport:
    """What was found in the files given. Each iterator reads its files again; `issues` grows as they run."""

    ignored: tuple[IgnoredFile, ...]

    def proposals(self) -> Iterator[DecidimProposal]:
        raise NotImplementedError

    def comments(self) -> Iterator[DecidimComment]:
        raise NotImplementedError

    def debates(self) -> Iterator[DecidimDebate]:
        raise NotImplementedError

    def meetings(self) -> Iterator[DecidimMeeting]:
        raise NotImplementedError

    def counts(self) -> dict[str, int]:
        """Rows by entity, without reading their text."""
        raise NotImplementedError

    def issues(self) -> tuple[FileIssue, ...]:
        """The issues of the latest reading of each file."""
        raise NotImplementedError


def entity_of(columns: Iterable[str]) -> str:
    """ "proposals", "comments", "debates" or "meetings", told by the header alone.

    Raises `UnsupportedEntity` for other known exports and `NotATable` for anything else.
    """
    raise NotImplementedError


def read_export(paths: Iterable[str | Path], *, locale: str = "fr") -> DecidimExport:
    """Opens the CSV files (or ZIP of a full open-data export); raises an `UnreadableFile` with the mend."""
    raise NotImplementedError
