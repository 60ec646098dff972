"""The items of one side, checked once: what they say, work on, offer and seek, and where they are."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from essor.engines.matching.errors import BadSide

Words = Sequence[str]
Things = Mapping[int, Words]  # kind of thing → stemmed words that say which


@dataclass(frozen=True)
class Item:
    """One need, project, actor or place.

    ``id``: its name, which breaks ties. ``words``: stems of its text, repeats count. ``themes``: keys.
    ``latitude``, ``longitude``: degrees (WGS 84), both None when it acts everywhere. ``families``: its own.
    ``missing``: families not yet around its table. ``linked_families``, ``linked_themes``: those it has
    already worked with. ``offers``, ``seeks``: kind (a number) → stems.

    >>> Item("lavoir", ("epiceri", "bourg"), themes=frozenset({1}), seeks={2: ("local",)}).themes
    frozenset({1})
    """

    id: str
    words: Words = ()
    themes: frozenset[int] = frozenset()
    latitude: float | None = None
    longitude: float | None = None
    families: frozenset[int] = frozenset()
    missing: frozenset[int] = frozenset()
    linked_families: frozenset[int] = frozenset()
    linked_themes: frozenset[int] = frozenset()
    offers: Things = field(default_factory=dict)
    seeks: Things = field(default_factory=dict)

    @property
    def is_somewhere(self) -> bool:
        return self.latitude is not None and self.longitude is not None


def checked(items: Sequence[Item], side: str) -> tuple[Item, ...]:
    """The items in the order of their ids, which is the order in which ties are broken.

    Raises ``BadSide`` naming the first item and field that cannot be used: an id twice or empty, one
    coordinate without the other, a coordinate that is not finite or not on Earth.
    """
    seen: set[str] = set()
    for rank, item in enumerate(items):
        where = f"{side}[{rank}]"
        if not item.id:
            raise BadSide(f"{where}.id", "it is empty: give each item a name")
        if item.id in seen:
            raise BadSide(f"{where}.id", f"{item.id!r} stands twice: give each item its own name")
        seen.add(item.id)
        _check_place(item, where)
    return tuple(sorted(items, key=lambda item: item.id))


def _check_place(item: Item, where: str) -> None:
    if (item.latitude is None) != (item.longitude is None):
        missing = "latitude" if item.latitude is None else "longitude"
        raise BadSide(f"{where}.{missing}", "it is missing: give both coordinates, or neither")
    for name, value, most in (("latitude", item.latitude, 90), ("longitude", item.longitude, 180)):
        if value is not None and not (math.isfinite(value) and -most <= value <= most):
            raise BadSide(f"{where}.{name}", f"{value} is no {name}: write degrees from -{most} to {most}")


def as_json(item: Item) -> dict[str, Any]:
    """The item as plain values in a fixed order, for the digest of what was read."""
    return {
        "id": item.id,
        "words": list(item.words),
        "themes": sorted(item.themes),
        "place": [item.latitude, item.longitude],
        "families": sorted(item.families),
        "missing": sorted(item.missing),
        "linked": [sorted(item.linked_families), sorted(item.linked_themes)],
        "offers": {str(kind): list(words) for kind, words in sorted(item.offers.items())},
        "seeks": {str(kind): list(words) for kind, words in sorted(item.seeks.items())},
    }
