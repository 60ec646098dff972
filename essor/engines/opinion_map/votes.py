"""Votes as the engine reads them: one row a participant, one column a statement, only what was voted.

1 agrees, 0 passes, -1 disagrees; what nobody voted is absent, never zero. The table is kept by rows
(compressed sparse rows: 32-bit columns, 8-bit values), read-only. Of several votes of one person on one
statement the last in the order of the log counts; how many were replaced is kept.
"""

import hashlib
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import numpy.typing as npt
from scipy import sparse

from essor.engines.opinion_map.errors import BadRequest, BadVotes

Ints = npt.NDArray[np.int64]
Array = npt.NDArray[Any]
BLOCK = 1 << 22  # votes at a time, so that what is computed on the way stays small


class Numbered(Sequence[str]):
    """The names 0, 1, 2… of that many things, without keeping them.

    >>> list(Numbered(3)), Numbered(3)[-1]
    (['0', '1', '2'], '2')
    """

    def __init__(self, number: int) -> None:
        self.number = number

    def __len__(self) -> int:
        return self.number

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        found = range(self.number)[index]
        return tuple(map(str, found)) if isinstance(found, range) else str(found)


@dataclass(frozen=True, eq=False)
class Votes:
    """A table of votes; row i has the columns ``columns[starts[i]:starts[i+1]]``, ascending.

    ``replaced``: how many earlier votes gave way to a later one of the same person on the same statement.
    """

    participants: Sequence[str]
    statements: Sequence[str]
    starts: Array
    columns: Array
    values: Array
    replaced: int = 0

    def __post_init__(self) -> None:
        for each in (self.starts, self.columns, self.values):
            each.setflags(write=False)

    def __len__(self) -> int:
        return len(self.values)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.participants), len(self.statements)

    @property
    def seen(self) -> Ints:
        """How many statements each participant voted on."""
        return np.diff(self.starts).astype(np.int64)

    def row(self, at: int) -> dict[str, int]:
        """The votes of one participant by statement."""
        span = slice(int(self.starts[at]), int(self.starts[at + 1]))
        pairs = zip(self.columns[span].tolist(), self.values[span].tolist(), strict=True)
        return {self.statements[column]: value for column, value in pairs}

    def matrix(self) -> sparse.csr_array:
        """The table of int8 for scipy: an explicit 0 is a pass, what is absent was not voted."""
        return sparse.csr_array((self.values, self.columns, self.starts), shape=self.shape)

    def blocks(self, size: int = BLOCK) -> Iterable[slice]:
        """Slices of rows of about ``size`` votes each."""
        row, last = 0, len(self.participants)
        while row < last:
            stop = int(np.searchsorted(self.starts, self.starts[row] + size, side="right")) - 1
            stop = min(last, max(stop, row + 1))
            yield slice(row, stop)
            row = stop

    def restricted(self, rows: Array) -> "Votes":
        """The same statements, for these rows only."""
        cut = self.matrix()[rows]
        names = tuple(self.participants[int(i)] for i in rows)
        return Votes(names, self.statements, cut.indptr, cut.indices, cut.data)

    def digest(self) -> str:
        """SHA-256 of the names and of the votes: the same table has the same digest."""
        found = hashlib.sha256()
        for names in (self.participants, self.statements):
            told = f"0..{len(names)}" if isinstance(names, Numbered) else "\x1f".join(names)
            found.update(told.encode() + b"\x1e")
        for each, kind in ((self.starts, "<i8"), (self.columns, "<i4"), (self.values, "i1")):
            found.update(np.ascontiguousarray(each.astype(kind, copy=False)).data)
        return found.hexdigest()


def votes_from_events(
    events: Iterable[tuple[Hashable, Hashable, int]],
    *,
    times: Sequence[int] | None = None,
    participants: Iterable[Hashable] = (),
    statements: Iterable[Hashable] = (),
    agree: int = 1,
) -> Votes:
    """A log of (participant, statement, vote), the oldest first, or in the order of ``times``.

    ``participants`` and ``statements`` who may have no vote are added. Names that are all whole numbers are
    ordered as numbers, others as words. ``agree`` is the sign that means “agree” in the log: 1 or -1.

    >>> log = [("ana", "s1", 1), ("ben", "s1", -1), ("ana", "s1", 0)]
    >>> votes = votes_from_events(log)
    >>> votes.row(0), votes.row(1), votes.replaced
    ({'s1': 0}, {'s1': -1}, 1)
    """
    log = list(events)
    if any(len(each) != 3 for each in log):
        raise BadVotes("events", "three things are needed: participant, statement and vote")
    if times is not None:
        if len(times) != len(log):
            raise BadVotes("times", f"{len(times)} times for {len(log)} events")
        log = [log[at] for at in sorted(range(len(log)), key=lambda at: times[at])]
    people = _names([*(str(each[0]) for each in log), *map(str, participants)])
    said = _names([*(str(each[1]) for each in log), *map(str, statements)])
    row_of = {name: at for at, name in enumerate(people)}
    column_of = {name: at for at, name in enumerate(said)}
    return votes_from_arrays(
        np.array([row_of[str(each[0])] for each in log], dtype=np.int32),
        np.array([column_of[str(each[1])] for each in log], dtype=np.int32),
        np.array([_number(each[2], at) for at, each in enumerate(log)], dtype=np.float64),
        participants=people,
        statements=said,
        agree=agree,
    )


def votes_from_matrix(
    matrix: Sequence[Sequence[float | None]] | Array,
    *,
    participants: Sequence[Hashable] | None = None,
    statements: Sequence[Hashable] | None = None,
    agree: int = 1,
) -> Votes:
    """A table of participants × statements where None or NaN is no vote.

    >>> votes_from_matrix([[1, None], [-1, 0]]).row(1)
    {'0': -1, '1': 0}
    """
    try:
        table = np.array(matrix, dtype=np.float64)
    except (TypeError, ValueError) as wrong:
        raise BadVotes("matrix", "rows of one length, of 1, 0, -1 or nothing, are needed") from wrong
    if table.ndim != 2:
        table = table.reshape(0, 0) if not table.size else table
    if table.ndim != 2:
        raise BadVotes("matrix", f"a table of two dimensions is needed, not {table.ndim}")
    rows, columns = np.nonzero(~np.isnan(table))
    return votes_from_arrays(
        rows.astype(np.int32),
        columns.astype(np.int32),
        table[rows, columns],
        participants=participants if participants is not None else Numbered(table.shape[0]),
        statements=statements if statements is not None else Numbered(table.shape[1]),
        agree=agree,
    )


def votes_from_arrays(
    rows: Array,
    columns: Array,
    values: Array,
    *,
    participants: Sequence[Hashable] | int | None = None,
    statements: Sequence[Hashable] | int | None = None,
    agree: int = 1,
) -> Votes:
    """Three arrays of one length, one place a vote, in the order of the log.

    ``participants`` and ``statements`` are their names, or how many there are. Linear in the votes.

    Raises ``BadVotes`` where a vote is not 1, 0 or -1, is not finite, or names nobody.
    """
    rows, columns, values = np.asarray(rows), np.asarray(columns), np.asarray(values)
    if not rows.shape == columns.shape == values.shape or rows.ndim != 1:
        raise BadVotes("rows", "three arrays of one dimension and one length are needed")
    if agree not in (1, -1):
        raise BadRequest("agree", f"1 or -1, not {agree!r}")
    people = _given(participants, rows, "participants")
    said = _given(statements, columns, "statements")
    _check_values(values)
    signed = values.astype(np.int8, copy=False)
    signed = signed if agree == 1 else -signed
    shape = len(people), len(said)
    starts, kept, chosen, replaced = _by_rows(rows, columns, signed, shape)
    return Votes(people, said, starts, kept, chosen, replaced)


def _number(value: object, at: int) -> float:
    if value is None or isinstance(value, str | bytes):
        raise BadVotes(f"values[{at}]", f"{value!r} is no vote: write 1, 0 or -1")
    return float(value)  # type: ignore[arg-type]


def _names(found: Sequence[str]) -> tuple[str, ...]:
    """Each name once: whole numbers in their order, else words in the order of their signs."""
    once = set(found)
    if all(name.isdecimal() and name.isascii() for name in once):
        return tuple(sorted(once, key=lambda name: (int(name), name)))
    return tuple(sorted(once))


def _given(names: Sequence[Hashable] | int | None, codes: Array, what: str) -> Sequence[str]:
    if not np.issubdtype(codes.dtype, np.integer):
        if codes.size:
            raise BadVotes(what, f"whole numbers are needed, not {codes.dtype}")
        codes = codes.astype(np.int32)
    lowest, highest = (int(codes.min()), int(codes.max())) if codes.size else (0, -1)
    if names is None or isinstance(names, int):
        given: Sequence[str] = Numbered(highest + 1 if names is None else names)
    else:
        given = names if isinstance(names, Numbered) else tuple(map(str, names))
        if len(set(given)) != len(given):
            raise BadVotes(what, "a name stands twice")
    if lowest < 0 or highest >= len(given):
        raise BadVotes(what, f"{highest if lowest >= 0 else lowest} is not one of the {len(given)} known")
    return given


def _check_values(values: Array) -> None:
    wrong = np.zeros(0, dtype=np.int64)
    for start in range(0, len(values), BLOCK):
        part = values[start : start + BLOCK]
        bad = ~((part == 1) | (part == 0) | (part == -1))
        if bad.any():
            wrong = start + np.flatnonzero(bad)
            break
    if len(wrong):
        at, value = int(wrong[0]), values[wrong[0]]
        what = "is not finite" if not np.isfinite(float(value)) else "is no vote"
        raise BadVotes(f"values[{at}]", f"{value} {what}: write 1, 0 or -1")


def _by_rows(
    rows: Array, columns: Array, values: Array, shape: tuple[int, int]
) -> tuple[Array, Array, Array, int]:
    """Sorted by row then column, the last of equals kept; two stable counting sorts unless in order."""
    if _in_order(rows, columns):
        counts = np.bincount(rows, minlength=shape[0]) if len(rows) else np.zeros(shape[0], dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(counts)])
        return starts, columns.astype(np.int32), values.copy(), 0
    every = np.arange(len(values) + 1, dtype=np.int32 if len(values) < 2**31 else np.int64)
    one_each = sparse.csr_array(
        (values, columns.astype(np.int32, copy=False), every), shape=(len(values), shape[1])
    )
    by_column = one_each.tocsc()
    del one_each, every
    whose = rows.astype(np.int32, copy=False)[by_column.indices]
    turned = sparse.csc_array((by_column.data, whose, by_column.indptr), shape=shape)
    del by_column, whose
    by_row = turned.tocsr()
    return _last_of_equals(by_row.indptr, by_row.indices, by_row.data)


def _in_order(rows: Array, columns: Array) -> bool:
    for start in range(0, len(rows) - 1, BLOCK):
        row, column = rows[start : start + BLOCK + 1], columns[start : start + BLOCK + 1]
        after = (row[1:] > row[:-1]) | ((row[1:] == row[:-1]) & (column[1:] > column[:-1]))
        if not after.all():
            return False
    return True


def _last_of_equals(starts: Array, columns: Array, values: Array) -> tuple[Array, Array, Array, int]:
    """Of neighbours in one row and one column only the last stays."""
    kept = np.ones(len(columns), dtype=bool)
    if len(columns):
        kept[:-1] = columns[1:] != columns[:-1]
        ends = starts[1:-1]
        kept[ends[ends > 0] - 1] = True
    replaced = len(kept) - int(kept.sum())
    if not replaced:
        return starts.astype(np.int64), columns, values, 0
    before = np.concatenate([[0], np.cumsum(kept)])
    return before[starts], columns[kept], values[kept], replaced
