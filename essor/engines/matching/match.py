"""The door of the engine: two sides in, the best introductions out, each with its reasons.

``match(left, right, …)`` compares every item of the left with every item of the right and keeps the best
``k`` of each. The search is exact: no pair is left out for speed. Cost: blocks of rows, so memory grows with
the right side only; time with the product of both.

Ties: more points first, then the id of the right item in the order of its signs.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from essor.engines.matching.changes import changes_of
from essor.engines.matching.errors import NothingToCompare
from essor.engines.matching.evidence import Reasons
from essor.engines.matching.prepared import prepare
from essor.engines.matching.result import NAME, VERSION, Matches, Method, Proposal
from essor.engines.matching.scoring import Block, Scorer, blocks, has_something_in_common, whole
from essor.engines.matching.sides import Item, as_json, checked
from essor.engines.matching.weights import NO_TIME, PARTS, Lesson, Refusal, Weights, lesson_of

FLOOR = 250  # points below which nothing is proposed
_BLOCK = 1 << 20  # pairs at a time: about 8 MB an array of 64-bit integers
Pairs = Iterable[tuple[str, str]]


def match(
    left: Sequence[Item],
    right: Sequence[Item],
    *,
    k: int = 6,
    floor: int = FLOOR,
    weights: Weights | None = None,
    known: Pairs = (),
    refusals: Sequence[Refusal] = (),
) -> Matches:
    """The best ``k`` of the right for each of the left, above ``floor`` points.

    ``known``: pairs (left, right) never proposed: already linked, accepted, or put off for now. ``refusals``
    are never proposed again, and teach: see ``Lesson``. Whoever refused for lack of time is proposed to
    nobody, as long as the caller keeps that refusal.

    Raises ``BadSide``, ``BadWeights`` or ``NothingToCompare``.

    >>> left = [Item("besoin", ("bus", "soir"), themes=frozenset({1}))]
    >>> right = [
    ...     Item("a", ("bus", "nuit"), themes=frozenset({1})), Item("b", ("ecol",), themes=frozenset({2}))
    ... ]
    >>> [(each.right, each.rank) for each in match(left, right, floor=0).proposals]
    [('a', 1)]
    """
    weights = weights or Weights()
    ours, theirs = checked(left, "left"), checked(right, "right")
    if not ours or not theirs:
        raise NothingToCompare(left=len(ours), right=len(theirs))
    data = prepare(ours, theirs, lessons := _lessons(refusals, weights))
    closed = _closed(ours, theirs, known, refusals)
    scorer, reasons = Scorer(data, weights, lessons), Reasons(data)
    proposals: list[Proposal] = []
    for rows in blocks(len(ours), max(1, _BLOCK // len(theirs))):
        parts = scorer.parts(rows)
        scores = np.where(has_something_in_common(parts), whole(parts), np.int32(-1))
        _shut(scores, rows, closed)
        for row, at in enumerate(range(rows.start, rows.stop)):
            best = best_of(scores[row], k + 1, floor)
            points = np.array([parts[name][row, best] for name in PARTS]).T.tolist()
            ranked = list(zip(scores[row, best].tolist(), best, strict=True))
            most = most_of(weights, lessons.get(ours[at].id))
            proposals += _proposals(reasons, at, points, ranked, k, floor, most)
    parameters = {"weights": weights.to_dict(), "k": k, "floor": floor}
    method = Method(NAME, VERSION, parameters, _digest(ours, theirs, parameters, closed, refusals))
    return Matches(tuple(proposals), method, len(ours) * len(theirs), sum(map(len, closed.values())))


def _proposals(
    reasons: Reasons,
    at: int,
    points: list[list[int]],
    ranked: list[tuple[int, int]],
    k: int,
    floor: int,
    most: dict[str, int],
) -> list[Proposal]:
    """Those of one row: ``ranked`` holds (score, position), the first that is not proposed included."""
    return [
        Proposal(
            left=reasons.data.left[at].id,
            right=reasons.data.right[j].id,
            rank=rank,
            score=score,
            parts=reasons.parts(at, j, points[rank - 1], most),
            would_change=changes_of(points[rank - 1], ranked, rank - 1, k, floor, most),
        )
        for rank, (score, j) in enumerate(ranked[:k], start=1)
    ]


def best_of(scores: np.ndarray, most: int, floor: int) -> list[int]:
    """Positions of the best scores from ``floor`` up, ties in the order of positions.

    >>> best_of(np.array([300, 500, 500, 100]), 2, 250), best_of(np.array([10, 20]), 5, 250)
    ([1, 2], [])
    """
    kept = np.flatnonzero(scores >= max(floor, 0))
    if len(kept) > most:
        # The lowest score that may stay; those that have it are told apart by their positions.
        bar = np.partition(scores[kept], len(kept) - most)[len(kept) - most]
        kept = kept[scores[kept] >= bar]
    order = np.lexsort((kept, -scores[kept]))
    return [int(j) for j in kept[order[:most]]]


def _lessons(refusals: Sequence[Refusal], weights: Weights) -> dict[str, Lesson]:
    by_left: dict[str, list[Refusal]] = defaultdict(list)
    for each in refusals:
        by_left[each.left].append(each)
    return {left: lesson_of(told, weights) for left, told in by_left.items()}


def _closed(
    left: Sequence[Item], right: Sequence[Item], known: Pairs, refusals: Sequence[Refusal]
) -> dict[int, set[int]]:
    """The columns that are not proposed, by row."""
    rows = {each.id: rank for rank, each in enumerate(left)}
    columns = {each.id: rank for rank, each in enumerate(right)}
    closed: dict[int, set[int]] = defaultdict(set)
    for one, other in (*known, *((each.left, each.right) for each in refusals)):
        if one in rows and other in columns:
            closed[rows[one]].add(columns[other])
    busy = {columns[each.right] for each in refusals if each.reason == NO_TIME and each.right in columns}
    if busy:
        for row in range(len(left)):
            closed[row] |= busy
    return dict(closed)


def _shut(scores: Block, rows: slice, closed: dict[int, set[int]]) -> None:
    for row in range(rows.start, rows.stop):
        if row in closed:
            scores[row - rows.start, sorted(closed[row])] = -1


def most_of(weights: Weights, lesson: Lesson | None) -> dict[str, int]:
    """The most points of each part for a seeker who has learnt this."""
    moved = lesson.themes_more if lesson else 0
    most = {name: getattr(weights, name) for name in PARTS}
    return {**most, "text": most["text"] - moved, "themes": most["themes"] + moved}


def _digest(
    left: Sequence[Item],
    right: Sequence[Item],
    parameters: dict[str, Any],
    closed: dict[int, set[int]],
    refusals: Sequence[Refusal],
) -> str:
    """SHA-256 of all that was read, in a fixed order: the same input has the same digest."""
    read = hashlib.sha256()
    for words in _as_text(left, right, parameters, closed, refusals):
        read.update(words.encode())
    return read.hexdigest()


def _as_text(
    left: Sequence[Item],
    right: Sequence[Item],
    parameters: dict[str, Any],
    closed: dict[int, set[int]],
    refusals: Sequence[Refusal],
) -> Iterator[str]:
    """One JSON object in the order of its keys, item by item, so that it never stands whole in memory."""
    shut = {str(row): sorted(columns) for row, columns in sorted(closed.items())}
    said = sorted([each.left, each.right, each.reason] for each in refusals)
    yield f'{{"closed": {_json(shut)}, "left": ['
    for rank, each in enumerate(left):
        yield f"{', ' if rank else ''}{_json(as_json(each))}"
    yield f'], "parameters": {_json(parameters)}, "refusals": {_json(said)}, "right": ['
    for rank, each in enumerate(right):
        yield f"{', ' if rank else ''}{_json(as_json(each))}"
    yield "]}"


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
