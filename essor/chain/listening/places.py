"""Finding a commune of the perimeter from what a file says of a place: its code, its name, or a point."""

import re
from collections.abc import Iterable, Sequence

from essor.common.text import plain
from essor.ground.territories.models import PerimeterCommune, Territory

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
Ring = Sequence[Sequence[float]]


class Places:
    """The communes of one territory, read once."""

    def __init__(self, communes: Iterable[PerimeterCommune]) -> None:
        self._by_code: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._outlines: list[tuple[str, list[Ring]]] = []
        for each in communes:
            self._by_code[each.code] = each.code
            self._by_name[_name(each.name)] = each.code
            if each.outline:
                self._outlines.append((each.code, each.outline))

    @classmethod
    def of(cls, territory: Territory) -> "Places":
        return cls(territory.communes.all())

    def named(self, text: str) -> str:
        """The code of the commune written so (``59350``, ``Saint-Rémy``, ``Lille (59)``), or ``""``."""
        text = text.strip()
        bare = re.sub(r"\(.*?\)|\b\d{5}\b", " ", text)
        return self._by_code.get(text.upper()) or self._by_name.get(_name(bare), "")

    def at(self, latitude: float, longitude: float) -> str:
        """The code of the commune whose outline contains the point, or ``""``."""
        for code, rings in self._outlines:
            if sum(_contains(ring, longitude, latitude) for ring in rings) % 2:
                return code
        return ""


def _name(text: str) -> str:
    words = _NOT_A_LETTER.sub(" ", plain(text)).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def _contains(ring: Ring, x: float, y: float) -> bool:
    """Even-odd rule; rings may be closed or not."""
    inside = False
    before = ring[-1]
    for point in ring:
        if (point[1] > y) != (before[1] > y) and x < before[0] + (point[0] - before[0]) * (y - before[1]) / (
            point[1] - before[1]
        ):
            inside = not inside
        before = point
    return inside
