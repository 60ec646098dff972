"""What an export of Decidim holds, once read: no names of people, only keys that stay the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


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
