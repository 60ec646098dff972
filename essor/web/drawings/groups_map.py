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
_HUES = ("#0b6b6b", "#b0561c", "#36489b", "#8a3a6f", "#4d7a1f", "#1c6f9c", "#8f6a00", "#6a4bb0")
# Eight marks around a point, so that hue is never the only sign.
_MARKS = (
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
class _Ring:
    group: Group
    rank: int
    x: float
    y: float
    radius: float
    lines: list[str]
    label_y: float = 0.0


def groups_map(*, groups: Sequence[Group], voices: Sequence[Spot], title: str) -> Picture:
    """Dots and rings, in the order of the groups. Beyond 2,000 voices, evenly chosen ones are drawn."""
    shown = sampled(voices)
    rows = tuple((str(group.label), nombre(group.size)) for group in groups)
    said = " ; ".join(f"{label} : {size}" for label, size in rows[:12])
    if len(shown) < len(voices):
        said += " ; " + _("un point sur %(n)s est dessiné") % {"n": nombre(round(len(voices) / len(shown)))}
    return Picture(
        svg=_drawn(groups, shown, WIDE, title, said),
        narrow=_drawn(groups, shown, PHONE, title, said),
        title=title,
        columns=(_("Groupe"), _("Nombre de voix")),
        rows=rows,
    )


def sampled(voices: Sequence[Spot], most: int = MOST_DOTS) -> list[Spot]:
    """At most ``most`` voices, evenly spread along the list: the same ones each time.

    >>> len(sampled([Spot(0, 0)] * 5001))
    2000
    """
    finite = [spot for spot in voices if math.isfinite(spot.x) and math.isfinite(spot.y)]
    if len(finite) <= most:
        return finite
    return [finite[i * len(finite) // most] for i in range(most)]


def _drawn(
    groups: Sequence[Group], voices: Sequence[Spot], width: float, title: str, said: str
) -> SafeString:
    height = round(width * (0.78 if width > PHONE else 1.15))
    placed = _placed(voices, width, height)
    ranks = {group.key: i for i, group in enumerate(groups)}
    members: dict[str | None, list[tuple[float, float]]] = {}
    for spot, point in zip(voices, placed, strict=True):
        members.setdefault(spot.group if spot.group in ranks else None, []).append(point)
    rings = [_ring(group, ranks[group.key], members.get(group.key, []), width, height) for group in groups]
    _spread(rings, height)
    body = [_dots(members.get(None, []), None)]
    body += [_dots(members.get(group.key, []), ranks[group.key]) for group in groups]
    body += [_linked(ring, width) for ring in rings]
    return draw.svg(width, height, body, title=title, description=said, links=any(g.url for g in groups))


def _placed(voices: Sequence[Spot], width: float, height: float) -> list[tuple[float, float]]:
    """The spots stretched to the frame, a margin left for labels."""
    if not voices:
        return []
    left, right = min(v.x for v in voices), max(v.x for v in voices)
    top, bottom = min(v.y for v in voices), max(v.y for v in voices)
    across, down = (right - left) or 1.0, (bottom - top) or 1.0
    margin = 34.0
    return [
        (
            margin + (v.x - left) / across * (width - 2 * margin),
            margin + (v.y - top) / down * (height - 2 * margin),
        )
        for v in voices
    ]


def _ring(group: Group, rank: int, points: list[tuple[float, float]], width: float, height: float) -> _Ring:
    """A circle around the middle of the group that holds most of its dots."""
    if points:
        xs, ys = sorted(p[0] for p in points), sorted(p[1] for p in points)
        x, y = xs[len(xs) // 2], ys[len(ys) // 2]
        far = sorted(math.dist((x, y), p) for p in points)[int(len(points) * 0.7) - (len(points) > 1)]
    else:
        x, y, far = width / 2, height / 2, 0.0
    radius = min(max(22.0, far + 8), width / 5)
    return _Ring(group, rank, x, y, radius, draw.lines_of(str(group.label), 170, 15), y)


def _spread(rings: list[_Ring], height: float) -> None:
    """Move labels up and down until none covers another (a few rounds are enough to read)."""
    ordered = sorted(rings, key=lambda ring: (ring.label_y, ring.rank))
    for _round in range(40):
        moved = False
        for i, first in enumerate(ordered):
            for second in ordered[i + 1 :]:
                if abs(first.x - second.x) > _span(first) / 2 + _span(second) / 2 + 6:
                    continue
                wanted = 20 + 9 * (len(first.lines) + len(second.lines))
                lack = wanted - abs(second.label_y - first.label_y)
                if lack > 0.5:
                    sign = 1 if second.label_y >= first.label_y else -1
                    first.label_y -= sign * lack / 2
                    second.label_y += sign * lack / 2
                    moved = True
        for ring in ordered:
            ring.label_y = min(max(ring.label_y, 24.0), height - 26.0)
        if not moved:
            return


def _span(ring: _Ring) -> float:
    return max(draw.width_of(line, 15) for line in ring.lines)


def _dots(points: list[tuple[float, float]], rank: int | None) -> str:
    """All the dots of one group as a single path: light to send and to draw."""
    if not points:
        return ""
    mark = _LEFT_ASIDE if rank is None else _MARKS[rank % len(_MARKS)]
    path = "".join(f"M{draw.figure(x)} {draw.figure(y)}{mark}" for x, y in points)
    if rank is None:
        return draw.tag("path", d=path, fill=draw.SOFT, class_="d-soft", opacity=0.5)
    hue = rank % len(_HUES)
    return draw.tag("path", d=path, fill=_HUES[hue], class_=f"d-g{hue} d-dot", opacity=0.75)


def _linked(ring: _Ring, width: float) -> str:
    hue = ring.rank % len(_HUES)
    circle = draw.tag(
        "circle", cx=ring.x, cy=ring.y, r=ring.radius, fill=_HUES[hue], fill_opacity=0.1, stroke=_HUES[hue],
        stroke_width=1.5, class_=f"d-g{hue} d-ring d-hover",
    )  # fmt: skip
    half = _span(ring) / 2
    x = min(max(ring.x, half + 4), width - half - 4)
    top = ring.label_y - 9 * (len(ring.lines) - 1)
    halo = {
        "text_anchor": "middle",
        "font_size": 15,
        "class_": "d-halo",
        "stroke": draw.CARD,
        "stroke_width": 4,
        "paint_order": "stroke",
        "stroke_linejoin": "round",
    }
    label = "".join(
        draw.words(line, x, top + i * 18, font_weight=600, **halo) for i, line in enumerate(ring.lines)
    )
    counted = ngettext("%(n)s voix", "%(n)s voix", ring.group.size) % {"n": nombre(ring.group.size)}
    label += draw.words(counted, x, top + len(ring.lines) * 18, **halo)
    return draw.link(ring.group.url, circle + label, label=f"{ring.group.label} : {counted}")
