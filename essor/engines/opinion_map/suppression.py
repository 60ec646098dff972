"""A table of counts that names nobody: small cells are hidden, and others so that none can be worked out.

The totals of rows and columns are published with the table; the whole is always. A cell or a total from 1 to
``minimum`` - 1 is hidden (primary). Then, as long as somebody who knows what is shown could work one out
exactly, or the hidden cells under a published total add up to less than ``minimum``, the smallest shown
figure that helps is hidden too (complementary). What can be worked out is computed: the least and the
greatest value of each hidden figure that fit the rest (linear programming; see Willenborg & de Waal 2001,
"Elements of Statistical Disclosure Control"). When all is hidden and one is still known, or when the whole
is itself small, the table is withheld.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from essor.engines.opinion_map.errors import BadRequest
from essor.engines.opinion_map.votes import Array, Ints

Cell = tuple[int, int]
Shown = tuple[int | None, ...]


@dataclass(frozen=True)
class Suppressed:
    """None where hidden. ``hidden`` figures, of which ``added`` to protect others; ``withheld``: all."""

    cells: tuple[Shown, ...]
    row_totals: Shown
    column_totals: Shown
    total: int | None
    hidden: int
    added: int
    withheld: bool


def suppress(table: Sequence[Sequence[int]], minimum: int = 5) -> Suppressed:
    """The table that may be shown.

    >>> shown = suppress([[20, 3, 9], [30, 12, 8], [11, 40, 6]])
    >>> shown.cells
    ((20, None, None), (30, None, None), (11, 40, 6))

    Raises ``BadRequest`` for what is no table of whole counts.
    """
    counts = _with_totals(_checked(table, minimum))
    small: Array = (counts > 0) & (counts < minimum)
    hidden: Array = small.copy()
    withheld = bool(small[-1, -1])
    while hidden.any() and not withheld:
        found, done = _next_cell(counts, hidden, small, minimum)
        if done:
            break
        if found is None:
            withheld = True
        else:
            hidden[found] = True
    if withheld:
        hidden[:] = True
    shown = [
        tuple(None if gone else int(count) for count, gone in zip(counts[i], hidden[i], strict=True))
        for i in range(len(counts))
    ]
    return Suppressed(
        cells=tuple(row[:-1] for row in shown[:-1]),
        row_totals=tuple(row[-1] for row in shown[:-1]),
        column_totals=shown[-1][:-1],
        total=shown[-1][-1],
        hidden=int(hidden.sum()),
        added=int((hidden & ~small).sum()),
        withheld=withheld,
    )


def _checked(table: Sequence[Sequence[int]], minimum: int) -> Ints:
    if minimum < 1:
        raise BadRequest("minimum", f"1 at least, not {minimum}")
    try:
        counts = np.array(table, dtype=np.float64)
    except (TypeError, ValueError) as wrong:
        raise BadRequest("table", "rows of one length, of counts, are needed") from wrong
    if counts.ndim != 2 or not counts.size:
        raise BadRequest("table", "at least one row and one column are needed")
    if not (np.isfinite(counts).all() and (counts >= 0).all() and (counts == np.round(counts)).all()):
        raise BadRequest("table", "whole counts from 0 up are needed")
    return counts.astype(np.int64)


def _with_totals(counts: Ints) -> Ints:
    wide = np.hstack([counts, counts.sum(axis=1, keepdims=True)])
    return np.vstack([wide, wide.sum(axis=0, keepdims=True)])


def _next_cell(counts: Ints, hidden: Array, small: Array, minimum: int) -> tuple[Cell | None, bool]:
    """One more figure to hide (None when there is none left), and whether nothing more is needed."""
    rows, columns = counts.shape
    lines = [[(i, j) for j in range(columns)] for i in range(rows)]
    lines += [[(i, j) for i in range(rows)] for j in range(columns)]
    for line in lines:
        gone = [cell for cell in line if hidden[cell]]
        summed = sum(int(counts[cell]) for cell in gone)
        under_total = gone and not hidden[line[-1]]
        if len(gone) == 1 or (under_total and summed < minimum):
            return _smallest(counts, hidden, line) or _anywhere(counts, hidden), False
    if (_worked_out(counts, hidden) & small).any():
        return _anywhere(counts, hidden), False
    return None, True


def _anywhere(counts: Ints, hidden: Array) -> Cell | None:
    return _smallest(counts, hidden, [(i, j) for i in range(len(counts)) for j in range(counts.shape[1])])


def _smallest(counts: Ints, hidden: Array, cells: Sequence[Cell]) -> Cell | None:
    """The one that costs the least: no total, nothing empty, where others are hidden, the smallest."""
    last = (counts.shape[0] - 1, counts.shape[1] - 1)
    left = [cell for cell in cells if not hidden[cell] and cell != last]
    rows: list[bool] = np.any(hidden, axis=1).tolist()
    columns: list[bool] = np.any(hidden, axis=0).tolist()
    return min(
        left,
        key=lambda cell: (
            int(cell[0] == last[0] or cell[1] == last[1]),
            int(counts[cell] == 0),
            -int(rows[cell[0]]) - int(columns[cell[1]]),
            int(counts[cell]),
            cell,
        ),
        default=None,
    )


def _worked_out(counts: Ints, hidden: Array) -> Array:
    """The hidden figures that have a single value fitting what is shown."""
    cells = np.argwhere(hidden)
    rows, columns = counts.shape
    sums = np.zeros((rows + columns, rows, columns))
    for i in range(rows):
        sums[i, i] = [*[1] * (columns - 1), -1]
    for j in range(columns):
        sums[rows + j, :, j] = [*[1] * (rows - 1), -1]
    told = -(sums * np.where(hidden, 0, counts)).sum(axis=(1, 2))
    unknown = sums[:, cells[:, 0], cells[:, 1]]
    known: Array = np.zeros(counts.shape, dtype=bool)
    for at, (i, j) in enumerate(cells):
        aim = np.zeros(len(cells))
        aim[at] = 1
        least = linprog(aim, A_eq=unknown, b_eq=told, bounds=(0, None), method="highs")
        most = linprog(-aim, A_eq=unknown, b_eq=told, bounds=(0, None), method="highs")
        bounded = least.status == 0 and most.status == 0
        known[i, j] = bounded and -most.fun - least.fun < 0.5
    return known
