"""What the methods that choose between several things share: the end of the count."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from essor.engines.tally.result import Elsewhere, Method, Step, Tally
from essor.engines.tally.rules import Quorum, TieRule, attendance


@dataclass(frozen=True, slots=True)
class Count:
    """The rows of choices, the best first, and the steps that led to them."""

    ranking: tuple[tuple[str, ...], ...]
    steps: tuple[Step, ...]


def rows_by(values: dict[str, Any], choices: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Choices in rows of equal value, the highest first; inside a row, in the order of the vote."""
    levels = sorted(set(values.values()), reverse=True)
    return tuple(tuple(name for name in choices if values[name] == level) for level in levels)


def conclude(ranking: Sequence[Sequence[str]], tie: TieRule) -> tuple[str, str | None, tuple[Step, ...]]:
    """The outcome, the winner, and the step of the tie when several are first."""
    first = tuple(ranking[0])
    if len(first) == 1:
        return "chosen", first[0], ()
    winner = tie.between(first)
    step = Step("tie", {"between": first, "rule": tie.rule, "seed": tie.seed, "winner": winner})
    return ("chosen" if winner else "tied"), winner, (step,)


def finish(
    count: Count,
    *,
    method: Method,
    people: int,
    tie: TieRule,
    quorum: Quorum | None,
    others: Sequence[tuple[str, str, Count]] = (),
) -> Tally:
    """The result, with the same ballots under the conventions that were not chosen."""
    enough, needed = attendance(quorum, people)
    opening = [Step("people", {"people": people})]
    if needed is not None:
        opening.append(Step("quorum", {"needed": needed, "people": people, "reached": enough}))
    outcome, winner, ending = conclude(count.ranking, tie)
    elsewhere = []
    for parameter, value, other in others:
        told, name, _ = conclude(other.ranking, tie)
        elsewhere.append(
            Elsewhere(parameter, value, told if enough else "no_quorum", name if enough else None)
        )
    if not enough:
        outcome, winner, ending = "no_quorum", None, ()
    end = Step("result", {"outcome": outcome, "winner": winner})
    return Tally(
        outcome=outcome,
        method=method,
        people=people,
        steps=(*opening, *count.steps, *ending, end),
        winner=winner,
        ranking=count.ranking,
        elsewhere=tuple(elsewhere),
    )
