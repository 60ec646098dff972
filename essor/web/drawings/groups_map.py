"""The map of groups of voices: each dot a voice, each ring a group that one can open."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.web.drawings import picture as draw
from essor.web.drawings.picture import Picture
from essor.web.typography import nombre

WIDE, PHONE, MOST_DOTS = 720.0, 358.0, 2000
HUES = ("#0b6b6b", "#b0561c", "#36489b", "#8a3a6f", "#4d7a1f", "#1c6f9c", "#8f6a00", "#6a4bb0")
# Eight marks around a point, so that hue is never the only sign.
MARKS = (
    "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
    "m-2.6-2.6h5.2v5.2h-5.2z",
    "m0-3.6l3.4 6h-6.8z",
    "m0-3.8l3.6 3.8-3.6 3.8-3.6-3.8z",
    "m0 3.6l3.4-6h-6.8z",
    "m-3.6-1.2h7.2v2.4h-7.2z",
    "m-1.2-3.6h2.4v7.2h-2.4z",
    "m-3.4-1l2.4-2.4 4.4 4.4-2.4 2.4z",
)
_LEFT_ASIDE = "m-1.6 0a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0z"
_SIZE, _LINE, _FAR = 15.0, 18.0, 1e12
Point = tuple[float, float]


@dataclass(frozen=True)
class Group:
    """A group: key, words, number of voices, page."""

    key: str
    label: str
    size: int
    url: str = ""


@dataclass(frozen=True)
class Spot:
    """Where one voice stands on the map, and in which group (None: left aside)."""

    x: float
    y: float
    group: str | None = None


@dataclass
class _Island:
    """A group on the map: its ring and, below it, its label; ``x, y`` is the middle of both together."""

    group: Group
    rank: int
    radius: float
    lines: list[str]
    x: float = 0.0
    y: float = 0.0

    @property
    def half_width(self) -> float:
        return max(self.radius, *(draw.width_of(line, _SIZE) / 2 for line in self.lines)) + 5

    @property
    def half_height(self) -> float:
        return self.radius + _LINE * (len(self.lines) + 1) / 2 + 6

    @property
    def ring_y(self) -> float:
        return self.y - self.half_height + self.radius + 2


def groups_map(*, groups: Sequence[Group], voices: Sequence[Spot], title: str) -> Picture:
    """Groups as islands that never cover one another, near those that speak of near things.

    Beyond 2,000 voices, evenly chosen ones are drawn. Inside a ring the dots keep their places.
    """
    shown = sampled(voices)
    rows = tuple((str(group.label), nombre(group.size)) for group in groups)
    said = " ; ".join(f"{label} : {size}" for label, size in rows[:12])
    if 0 < len(shown) < len(voices):
        said += " ; " + _("un point sur %(n)s est dessiné") % {"n": nombre(round(len(voices) / len(shown)))}
    members = _members(groups, shown)
    return Picture(
        svg=_drawn(groups, members, WIDE, title, said),
        narrow=_drawn(groups, members, PHONE, title, said),
        title=title,
        columns=(_("Groupe"), _("Nombre de voix")),
        rows=rows,
        size="medium",
    )


def sampled(voices: Sequence[Spot], most: int = MOST_DOTS) -> list[Spot]:
    """At most ``most`` voices, evenly spread along the list: the same ones each time.

    >>> len(sampled([Spot(0, 0)] * 5001))
    2000
    """
    finite = [spot for spot in voices if abs(spot.x) < _FAR and abs(spot.y) < _FAR]  # also drops nan
    if len(finite) <= most:
        return finite
    return [finite[i * len(finite) // most] for i in range(most)]


def _members(groups: Sequence[Group], voices: Sequence[Spot]) -> dict[str | None, list[Point]]:
    known = {group.key for group in groups}
    members: dict[str | None, list[Point]] = {}
    for spot in voices:
        members.setdefault(spot.group if spot.group in known else None, []).append((spot.x, spot.y))
    return members


def _drawn(
    groups: Sequence[Group], members: dict[str | None, list[Point]], width: float, title: str, said: str
) -> SafeString:
    islands = _islands(groups, width)
    height = _settle(islands, members, width)
    body = [_island(island, members.get(island.group.key, [])) for island in islands]
    aside, height = _aside(members.get(None, []), width, height)
    links = any(group.url for group in groups)
    return draw.svg(width, max(height, 40), [*body, aside], title=title, description=said, links=links)


def _islands(groups: Sequence[Group], width: float) -> list[_Island]:
    """A ring's area follows the number of voices."""
    largest = max((group.size for group in groups), default=1) or 1
    widest = min(92.0, width / 5)
    return [
        _Island(
            group,
            rank,
            max(20.0, widest * math.sqrt(max(0, group.size) / largest)),
            draw.lines_of(str(group.label), min(170.0, width / 2 - 20), _SIZE),
        )
        for rank, group in enumerate(groups)
    ]


def _middle(points: Sequence[Point]) -> Point | None:
    if not points:
        return None
    xs, ys = sorted(p[0] for p in points), sorted(p[1] for p in points)
    return xs[len(xs) // 2], ys[len(ys) // 2]


def _settle(islands: list[_Island], members: dict[str | None, list[Point]], width: float) -> float:
    """Lay the islands in rows: from top to bottom and left to right as their voices lie; give the height.

    Nothing can overlap, whatever the number of groups, and near groups stay near.
    """
    middles = {island.rank: _middle(members.get(island.group.key, [])) or (0.0, 0.0) for island in islands}
    rows: list[list[_Island]] = []
    room = 0.0
    for island in sorted(islands, key=lambda one: (middles[one.rank][1], one.rank)):
        if not rows or room < 2 * island.half_width:
            rows.append([])
            room = width
        rows[-1].append(island)
        room -= 2 * island.half_width
    top = 0.0
    for row in rows:
        row.sort(key=lambda one: (middles[one.rank][0], one.rank))
        space = (width - sum(2 * island.half_width for island in row)) / (len(row) + 1)
        tallest = max(island.half_height for island in row)
        x = space
        for island in row:
            island.x, island.y = x + island.half_width, top + tallest
            x += 2 * island.half_width + space
        top += 2 * tallest + 8
    return top


def _island(island: _Island, points: list[Point]) -> str:
    hue = island.rank % len(HUES)
    ring = draw.tag(
        "circle",
        cx=island.x,
        cy=island.ring_y,
        r=island.radius,
        fill=HUES[hue],
        fill_opacity=0.1,
        stroke=HUES[hue],
        stroke_width=1.5,
        class_=f"d-g{hue} d-ring d-hover",
    )
    counted = ngettext("%(n)s voix", "%(n)s voix", island.group.size) % {"n": nombre(island.group.size)}
    top = island.ring_y + island.radius + 16
    label = "".join(
        draw.words(
            line, island.x, top + i * _LINE, "d-bold", text_anchor="middle", font_size=_SIZE, font_weight=600
        )
        for i, line in enumerate(island.lines)
    ) + draw.words(
        counted,
        island.x,
        top + len(island.lines) * _LINE,
        "d-soft",
        text_anchor="middle",
        font_size=14,
        fill=draw.SOFT,
    )
    dots = _dots(_inside(points, island), MARKS[island.rank % len(MARKS)], HUES[hue], f"d-g{hue} d-dot")
    return draw.link(island.group.url, ring + dots + label, label=f"{island.group.label} : {counted}")


def _inside(points: list[Point], island: _Island) -> list[Point]:
    """The dots of a group in its ring: same directions, distances brought into the ring."""
    middle = _middle(points)
    if middle is None:
        return []
    distances = sorted(math.dist(middle, p) for p in points)
    reach = distances[min(len(distances) - 1, int(len(distances) * 0.8))] or distances[-1] or 1.0
    placed = []
    for x, y in points:
        far = math.dist(middle, (x, y)) / reach
        # Far ones are drawn in towards the ring, never beyond it.
        share = (0.8 * far if far <= 1 else 0.8 + 0.12 * (1 - 1 / far)) * island.radius
        angle = math.atan2(y - middle[1], x - middle[0])
        placed.append((island.x + share * math.cos(angle), island.ring_y + share * math.sin(angle)))
    return placed


def _dots(points: list[Point], mark: str, colour: str, class_: str) -> str:
    """All the dots of one group as a single path: light to send and to draw."""
    if not points:
        return ""
    path = "".join(f"M{draw.figure(x)} {draw.figure(y)}{mark}" for x, y in points)
    return draw.tag("path", d=path, fill=colour, class_=class_, opacity=0.8)


def _aside(points: list[Point], width: float, height: float) -> tuple[str, float]:
    """The voices no group holds, in a strip below: seen, counted, never lost."""
    if not points:
        return "", height
    text = ngettext("%(n)s voix laissée de côté", "%(n)s voix laissées de côté", len(points))
    label = draw.words(
        text % {"n": nombre(len(points))}, 4, height + 24, "d-soft", font_size=14, fill=draw.SOFT
    )
    across = max(1, int((width - 8) // 8))
    rows = math.ceil(len(points) / across)
    strip = [(6 + 8 * (i % across), height + 40 + 8 * (i // across)) for i in range(len(points))]
    return label + _dots(strip, _LEFT_ASIDE, draw.SOFT, "d-soft"), height + 44 + 8 * rows
