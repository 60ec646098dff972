"""What each part of a proposal rests on, for the pairs that are proposed only."""

from collections.abc import Mapping
from typing import Any

from essor.engines.matching.prepared import Prepared
from essor.engines.matching.sides import Things

MOST_WORDS = 5


def evidence_of(data: Prepared, i: int, j: int) -> dict[str, dict[str, Any]]:
    """By part, what the pair (i, j) has in common: stems, themes, kilometres, kinds, families."""
    left, right = data.left[i], data.right[j]
    return {
        "text": {"words": common_words(data.vectors[0][i], data.vectors[1][j])},
        "themes": {"shared": sorted(left.themes & right.themes)},
        "distance": _distance(data, i, j),
        "complement": {
            "brings": _met(data, left.seeks, right.offers),
            "receives": _met(data, right.seeks, left.offers),
        },
        "families": {"brings": sorted(left.missing & right.families)},
        "unusual": {
            "families": sorted(right.families - left.linked_families),
            "themes": sorted(right.themes - left.linked_themes),
        },
    }


def common_words(one: Mapping[str, int], other: Mapping[str, int]) -> list[str]:
    """The stems that count most in the resemblance of two texts, the heaviest first.

    >>> common_words({"bus": 900, "soir": 300}, {"bus": 100, "soir": 800, "ecol": 3})
    ['soir', 'bus']
    """
    shared = {stem: weight * other[stem] for stem, weight in one.items() if stem in other}
    return sorted(shared, key=lambda stem: (-shared[stem], stem))[:MOST_WORDS]


def _distance(data: Prepared, i: int, j: int) -> dict[str, Any]:
    here, there = int(data.places[0][i]), int(data.places[1][j])
    if here < 0 or there < 0:
        return {"everywhere": True}
    return {"kilometres": int(data.kilometres[here, there])}


def _met(data: Prepared, wanted: Things, given: Things) -> list[dict[str, Any]]:
    """Kinds that one seeks and the other offers, with the stems both say."""
    return [
        {
            "kind": kind,
            "words": common_words(
                data.thing_vectors[tuple(wanted[kind])], data.thing_vectors[tuple(given[kind])]
            ),
        }
        for kind in sorted(set(wanted) & set(given))
    ]
