"""The story of the demonstration, as its files tell it. Nothing here touches the database."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
EVERYWHERE = "*"
Row = dict[str, str]


@dataclass(frozen=True)
class NeedRow:
    """A need as people worded it, and where it stands at the end."""

    key: str
    statement: str
    concerns: str
    theme: str
    communes: tuple[str, ...]
    context: str
    state: str
    why: str


@dataclass(frozen=True)
class EvidenceRow:
    """A voice that speaks for a need or against it; ``quote`` is its rank among those shown, or 0."""

    voice: str
    need: str
    stance: str
    quote: int


def rows(name: str) -> list[Row]:
    """The rows of one of the tables, as text."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def story() -> dict[str, Any]:
    """Names, titles, long texts and small facts."""
    parts = (json.loads((HERE / f"{name}.json").read_text(encoding="utf-8")) for name in ("story", "answers"))
    return {key: value for part in parts for key, value in part.items()}


@cache
def listed(name: str) -> list[dict[str, Any]]:
    """One of the lists: challenges, projects, alliances."""
    return list(json.loads((HERE / f"{name}.json").read_text(encoding="utf-8")))


@cache
def map_of_the_val() -> dict[str, Any]:
    """The communes with their outlines, and the river."""
    return dict(json.loads((HERE / "communes.json").read_text(encoding="utf-8")))


def charter() -> bytes:
    """The text of the charter, as the file that people take away."""
    return (HERE / "charter.txt").read_bytes()


def needs() -> list[NeedRow]:
    """Every need of the demonstration, in the order in which they are worded."""
    return [
        NeedRow(
            key=row["key"],
            statement=row["statement"],
            concerns=row["concerns"],
            theme=row["theme"],
            communes=() if row["communes"] == EVERYWHERE else tuple(row["communes"].split(";")),
            context=row["context"],
            state=row["state"],
            why=row["why"],
        )
        for row in rows("needs")
    ]


def evidence() -> list[EvidenceRow]:
    """Which voice speaks for which need. A voice is named by its file and row: ``meetings:12``."""
    return [
        EvidenceRow(row["voice"], row["need"], row["stance"], int(row["quote"] or 0))
        for row in rows("evidence")
    ]
