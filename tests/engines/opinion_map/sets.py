"""The real sets that lie beside the checkout, read plainly, without the readers under test elsewhere."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from essor.engines.opinion_map.votes import Votes, votes_from_events

HERE = Path(__file__).resolve().parent
POLIS = HERE.parents[2].parent / "shared" / "data" / "polis"
GOLDEN = ("150ptpt-3gp-no-strict-no-meta", "25ptpt-3gp-no-strict-with-meta")
PEER = json.loads((HERE / "peer.json").read_text(encoding="utf-8"))
SETS = tuple(sorted(PEER))


@dataclass(frozen=True)
class RealSet:
    votes: Votes
    moderated: tuple[str, ...]


@cache
def real_set(name: str) -> RealSet:
    with (POLIS / name / "participants-votes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    names = rows[0][6:]
    events = [
        (row[0], each, int(cell))
        for row in rows[1:]
        for each, cell in zip(names, row[6:], strict=True)
        if cell
    ]
    with (POLIS / name / "comments.csv").open(encoding="utf-8", newline="") as stream:
        moderated = tuple(row["comment-id"] for row in csv.DictReader(stream) if row["moderated"] == "-1")
    return RealSet(votes_from_events(events), moderated)


@cache
def golden(name: str) -> tuple[Votes, dict]:
    """The votes of a conversation and what Polis's own engine answered."""
    folder = POLIS / "golden" / name
    log = json.loads((folder / "votes.json").read_text(encoding="utf-8"))
    answer = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))
    events = [(each["participant_id"], each["statement_id"], each["vote"]) for each in log]
    return votes_from_events(events, statements=answer["tids"]), answer


@cache
def peer() -> dict[str, np.ndarray]:
    with np.load(HERE / "peer.npz") as kept:
        return {name: kept[name] for name in kept.files}
