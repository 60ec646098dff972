"""How every reader of outside files says what it could not read: where, why, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MAX_ISSUES_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class RowIssue:
    """One thing to tell about one row. `column` is "" when the whole row is meant.

    `skipped` is False when the row was read all the same (a cell emptied, a missing cell added).
    """

    line: int
    column: str
    reason: str
    mend: str
    skipped: bool = True


class IssueLog:
    """The issues of one reading, in order; past `limit` they are only counted, so that memory stays flat."""

    def __init__(self, limit: int = MAX_ISSUES_KEPT) -> None:
        self.limit = limit
        self.total = 0
        self.skipped = 0
        self._kept: list[RowIssue] = []

    def add(self, issue: RowIssue) -> None:
        self.total += 1
        self.skipped += issue.skipped
        if len(self._kept) < self.limit:
            self._kept.append(issue)

    def clear(self) -> None:
        self.total = self.skipped = 0
        self._kept.clear()

    @property
    def left_out(self) -> int:
        """How many issues were counted but not kept."""
        return self.total - len(self._kept)

    def __iter__(self) -> Iterator[RowIssue]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, index: int) -> RowIssue:
        return self._kept[index]


class UnreadableFile(Exception):
    """The file as a whole cannot be read: `reason` says why, `mend` what to do; `code` is for programs."""

    code = "unreadable"

    def __init__(self, reason: str, mend: str, **params: object) -> None:
        self.reason = reason
        self.mend = mend
        self.params = params
        super().__init__(f"{reason} {mend}")


class EmptyFile(UnreadableFile):
    code = "empty"


class TooLarge(UnreadableFile):
    code = "too_large"


class TruncatedFile(UnreadableFile):
    code = "truncated"


class WrongEncoding(UnreadableFile):
    code = "wrong_encoding"


class NotATable(UnreadableFile):
    code = "not_a_table"


class SuspiciousArchive(UnreadableFile):
    """An archive which swells far beyond its size when opened."""

    code = "suspicious_archive"


class ProtectedFile(UnreadableFile):
    code = "protected"


class MissingColumn(UnreadableFile):
    code = "missing_column"


class UnsupportedEntity(UnreadableFile):
    """A known export whose content Essor does not take in."""

    code = "unsupported_entity"
