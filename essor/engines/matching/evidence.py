"""What each part of a proposal rests on, for the pairs that are proposed only."""

from collections.abc import Mapping, Sequence
from typing import Any

from essor.engines.matching.prepared import Prepared, kilometres
from essor.engines.matching.result import Part
from essor.engines.matching.sides import Things
from essor.engines.matching.weights import PARTS

MOST_WORDS = 5
EVERYWHERE = -1


class Reasons:
    """Makes the parts of proposals. Parts that say the same are one object: there are few of most of them."""

    def __init__(self, data: Prepared) -> None:
        self.data = data
        self._known: dict[tuple[Any, ...], Part] = {}
        self._far: dict[tuple[int, int], int] = {}

    def parts(self, i: int, j: int, points: Sequence[int], most: Mapping[str, int]) -> tuple[Part, ...]:
        """The parts of the pair (i, j), whose points are given in the order of ``PARTS``."""
        left, right = self.data.left[i], self.data.right[j]
        by = dict(zip(PARTS, points, strict=True))
        new = (right.families - left.linked_families, right.themes - left.linked_themes)
        return (
            Part("text", by["text"], most["text"], {"words": self._words(i, j)}),
            self._shared("themes", by["themes"], most["themes"], (left.themes & right.themes,)),
            self._shared("distance", by["distance"], most["distance"], (self._kilometres(i, j),)),
            self._complement(by["complement"], most["complement"], i, j),
            self._shared("families", by["families"], most["families"], (left.missing & right.families,)),
            self._shared("unusual", by["unusual"], most["unusual"], new),
        )

    def _shared(self, name: str, points: int, most: int, rests_on: tuple[Any, ...]) -> Part:
        key = (name, points, most, rests_on)
        if key not in self._known:
            self._known[key] = Part(name, points, most, _told(name, rests_on))
        return self._known[key]

    def _words(self, i: int, j: int) -> list[str]:
        return common_words(self.data.vectors[0][i], self.data.vectors[1][j])

    def _kilometres(self, i: int, j: int) -> int:
        here, there = int(self.data.places[0][i]), int(self.data.places[1][j])
        if here < 0 or there < 0:
            return EVERYWHERE
        if (here, there) not in self._far:
            left, right = self.data.spots
            far = kilometres(left[here : here + 1], right[there : there + 1])
            self._far[here, there] = int(far[0, 0])
        return self._far[here, there]

    def _complement(self, points: int, most: int, i: int, j: int) -> Part:
        left, right = self.data.left[i], self.data.right[j]
        brings, receives = self._met(left.seeks, right.offers), self._met(right.seeks, left.offers)
        if not brings and not receives:
            return self._shared("complement", points, most, ())
        return Part("complement", points, most, {"brings": brings, "receives": receives})

    def _met(self, wanted: Things, given: Things) -> list[dict[str, Any]]:
        """Kinds that one seeks and the other offers, with the stems both say."""
        vectors = self.data.thing_vectors
        return [
            {
                "kind": kind,
                "words": common_words(vectors[tuple(wanted[kind])], vectors[tuple(given[kind])]),
            }
            for kind in sorted(wanted.keys() & given.keys())
        ]


def _told(name: str, rests_on: tuple[Any, ...]) -> dict[str, Any]:
    """Stems, themes, kilometres, kinds, families: what the pair has in common, as plain values."""
    if name == "themes":
        return {"shared": sorted(rests_on[0])}
    if name == "distance":
        return {"everywhere": True} if rests_on[0] == EVERYWHERE else {"kilometres": rests_on[0]}
    if name == "families":
        return {"brings": sorted(rests_on[0])}
    if name == "unusual":
        return {"families": sorted(rests_on[0]), "themes": sorted(rests_on[1])}
    return {"brings": [], "receives": []}


def common_words(one: Mapping[str, int], other: Mapping[str, int]) -> list[str]:
    """The stems that count most in the resemblance of two texts, the heaviest first.

    >>> common_words({"bus": 900, "soir": 300}, {"bus": 100, "soir": 800, "ecol": 3})
    ['soir', 'bus']
    """
    shared = [(-one[stem] * other[stem], stem) for stem in one.keys() & other.keys()]
    shared.sort()
    return [stem for _weight, stem in shared[:MOST_WORDS]]
