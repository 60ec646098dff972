"""The worked example as the page reads it: kept in ``example.json``, never computed by the web."""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from essor.web.methods.texts import VOICES


@dataclass(frozen=True)
class ExampleGroup:
    """A group of the example, with its words."""

    index: int
    label: str
    size: int
    terms: tuple[str, ...]
    voices: tuple[tuple[str, bool], ...]  # words, and whether it is quoted


@dataclass(frozen=True)
class Example:
    """All that the page of the method shows."""

    voices: tuple[str, ...]
    copies: tuple[tuple[str, ...], ...]
    aside: tuple[tuple[str, str], ...]
    groups: tuple[ExampleGroup, ...]
    spots: tuple[tuple[float, float, int], ...]
    method: dict[str, Any]


@dataclass(frozen=True)
class ExampleProposal:
    """A proposal of the example: who, its points, and each part (its key, its points, the most it has)."""

    name: str
    score: int
    parts: tuple[tuple[str, int, int], ...]


@lru_cache(maxsize=1)
def matching_example() -> tuple[tuple[ExampleProposal, ...], dict[str, Any]]:
    """The proposals of the example and the method that made them, read once."""
    stored = json.loads(files("essor.web.methods").joinpath("matching.json").read_text(encoding="utf-8"))
    proposals = tuple(
        ExampleProposal(
            each["name"],
            each["score"],
            tuple((part["name"], part["points"], part["most"]) for part in each["parts"]),
        )
        for each in stored["proposals"]
    )
    return proposals, stored["method"]


@lru_cache(maxsize=1)
def synthesis_example() -> Example:
    """The example, read once."""
    stored = json.loads(files("essor.web.methods").joinpath("example.json").read_text(encoding="utf-8"))
    groups = tuple(
        ExampleGroup(
            index=each["index"],
            label=each["label"],
            size=each["size"],
            terms=tuple(each["terms"][:5]),
            voices=tuple((VOICES[int(key)], key in each["quotes"]) for key in each["members"]),
        )
        for each in stored["groups"]
    )
    group_of = {key: each["index"] for each in stored["groups"] for key in each["members"]}
    return Example(
        voices=VOICES,
        copies=tuple(tuple(VOICES[int(key)] for key in family) for family in stored["duplicates"]),
        aside=tuple((VOICES[int(each["id"])], each["reason"]) for each in stored["left_aside"]),
        groups=groups,
        spots=tuple((x, y, group_of[key]) for key, (x, y) in stored["positions"].items()),
        method=stored["method"],
    )
