"""A map of communes: the more, the darker; hatched where there is nothing; a table says the same."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from essor.web.drawings import picture as draw
from essor.web.drawings.picture import Picture
from essor.web.typography import counted, nombre

WIDE, PHONE, TALLEST, CLASSES = 640.0, 358.0, 620.0, 4
_LABELLED = 80  # beyond that many communes, names would only be dust
Point = tuple[float, float]


@dataclass(frozen=True)
class Commune:
    """One commune: INSEE code, name, count; its outline as rings of (lon, lat), or only its centre."""

    code: str
    name: str
    count: int
    rings: Sequence[Sequence[Point]] = field(default_factory=tuple)
    centre: Point | None = None
    url: str = ""


@dataclass(frozen=True)
class _Unit:
    """What is counted, for one and for several."""

    one: str
    many: str

    def of(self, number: int) -> str:
        return counted(number, self.one, self.many)


@dataclass(frozen=True)
class _Frame:
    """From degrees to points of the drawing."""

    west: float
    north: float
    stretch: float
    scale: float
    width: float
    height: float

    def place(self, point: Point) -> Point:
        return (point[0] - self.west) * self.stretch * self.scale + 4, (
            self.north - point[1]
        ) * self.scale + 4


def commune_map(
    communes: Sequence[Commune],
    *,
    title: str,
    unit: str,
    one: str = "",
    step: str = "need",
    legend: bool = True,
) -> Picture:
    """Communes shaded by count, each a link when it has an address, with the legend below."""
    ordered = sorted(communes, key=lambda commune: (-commune.count, commune.name, commune.code))
    limits = class_limits([commune.count for commune in communes])
    said = " ; ".join(f"{commune.name} : {nombre(commune.count)}" for commune in ordered[:10])
    noun = _Unit(str(one or unit), str(unit))
    svg, narrow = (
        _drawn(communes, width, limits, title, said, noun, step, legend) for width in (WIDE, PHONE)
    )
    rows = tuple((commune.name, nombre(commune.count)) for commune in ordered)
    return Picture(svg, narrow, title, (_("Commune"), str(unit)), rows, size="medium")


def class_limits(counts: Sequence[int], classes: int = CLASSES) -> list[int]:
    """The highest count of each class: quantiles of the counts above zero, each limit once.

    >>> class_limits([0, 1, 2, 3, 4, 5, 6, 7, 40])
    [2, 4, 6, 40]
    """
    above = sorted(count for count in counts if count > 0)
    limits: list[int] = []
    for i in range(1, classes + 1):
        if above:
            limit = above[max(0, math.ceil(len(above) * i / classes) - 1)]
            if not limits or limit > limits[-1]:
                limits.append(limit)
    return limits


def _shade(count: int, limits: Sequence[int]) -> int:
    """0 for nothing, then 1 (pale) to 4 (full)."""
    if count <= 0 or not limits:
        return 0
    rank = next((i for i, limit in enumerate(limits) if count <= limit), len(limits) - 1)
    return CLASSES - (len(limits) - 1 - rank)


def _drawn(
    communes: Sequence[Commune],
    width: float,
    limits: list[int],
    title: str,
    said: str,
    unit: _Unit,
    step: str,
    legend: bool,
) -> SafeString:
    frame = _frame(communes, width)
    few = len(communes) <= _LABELLED
    key = f"h{int(width)}{len(communes)}"
    shapes = [_commune(commune, frame, limits, unit, step, key) for commune in communes]
    names = [_name(commune, frame, limits) for commune in communes if few]
    height = frame.height
    body = [_hatching(key), draw.tag("g", "".join(shapes) + "".join(names), data_step=step)]
    if legend:
        keys, height = _legend(limits, frame, unit, step, key)
        body.append(keys)
    links = any(commune.url for commune in communes)
    return draw.svg(width, height, body, title=title, description=said, links=links)


def _frame(communes: Sequence[Commune], width: float) -> _Frame:
    points = [p for commune in communes for p in _points(commune)]
    if not points:
        return _Frame(0, 0, 1, 1, width, 40)
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    stretch = max(0.05, math.cos(math.radians((south + north) / 2)))
    across, down = max((east - west) * stretch, 1e-6), max(north - south, 1e-6)
    scale = min((width - 8) / across, (min(TALLEST, width * 1.15) - 8) / down)
    slack = (width - 8 - across * scale) / 2 / scale / stretch
    return _Frame(west - slack, north, stretch, scale, width, down * scale + 8)


def _points(commune: Commune) -> list[Point]:
    outline = [point for ring in commune.rings for point in ring]
    return outline or ([commune.centre] if commune.centre else [])


def _outline(commune: Commune, frame: _Frame) -> str:
    """The rings as one path; points that fall on the same spot of the drawing are dropped."""
    parts = []
    for ring in commune.rings:
        last: Point | None = None
        kept = []
        for point in ring:
            x, y = frame.place(point)
            if last is None or abs(x - last[0]) + abs(y - last[1]) >= 0.8:
                kept.append(f"{draw.figure(x)} {draw.figure(y)}")
                last = (x, y)
        if len(kept) > 2:
            parts.append("M" + "L".join(kept) + "Z")
    return "".join(parts)


def _commune(commune: Commune, frame: _Frame, limits: list[int], unit: _Unit, step: str, key: str) -> str:
    shade = _shade(commune.count, limits)
    look = {"fill": _colour(shade, step), "class_": f"d-q{shade} d-shape d-hover", "stroke": draw.CARD}
    path = _outline(commune, frame)
    if path:
        shape = draw.tag("path", d=path, fill_rule="evenodd", **look)
        if shade == 0:
            shape += draw.tag("path", d=path, fill=f"url(#{key})")
    elif commune.centre:
        x, y = frame.place(commune.centre)
        highest = limits[-1] if limits else 1
        radius = 5 + 19 * math.sqrt(max(0, commune.count) / highest)
        shape = draw.tag("circle", cx=x, cy=y, r=min(radius, 24), **look)
    else:
        return ""
    label = f"{commune.name} : {unit.of(commune.count)}"
    return draw.link(commune.url, draw.tag("title", draw.clean(label)) + shape, label=label)


def _name(commune: Commune, frame: _Frame, limits: list[int]) -> str:
    """Name and count where they fit inside the outline; the count alone where only that fits."""
    placed = [frame.place(point) for point in _points(commune)]
    if not placed or not commune.rings:
        return ""
    left, right = min(p[0] for p in placed), max(p[0] for p in placed)
    top, bottom = min(p[1] for p in placed), max(p[1] for p in placed)
    x, y, room = (left + right) / 2, (top + bottom) / 2, (right - left) * 0.86
    on = {CLASSES: "d-on", CLASSES - 1: "d-on3"}.get(_shade(commune.count, limits), "")
    fill, count = (draw.CARD if on == "d-on" else draw.INK), nombre(commune.count)
    silent = {"fill": fill, "text_anchor": "middle", "pointer_events": "none", "aria_hidden": "true"}
    if draw.width_of(commune.name, 14) <= room and bottom - top > 44:
        return draw.words(commune.name, x, y - 3, on, font_size=14, **silent) + draw.words(
            count, x, y + 14, f"{on} d-bold".strip(), font_size=15, font_weight=600, **silent
        )
    if draw.width_of(count, 14) <= room and bottom - top > 18:
        return draw.words(count, x, y + 5, f"{on} d-bold".strip(), font_size=14, font_weight=600, **silent)
    return ""


def _hatching(key: str) -> str:
    line = draw.tag("path", d="M0 7L7 0", stroke=draw.LINE, stroke_width=1.5, class_="d-line")
    return draw.tag(
        "defs", draw.tag("pattern", line, id=key, width=7, height=7, patternUnits="userSpaceOnUse")
    )


def _colour(shade: int, step: str) -> str:
    return "#f3eee4" if shade == 0 else draw.tint(step, (0, 0.22, 0.42, 0.66, 1)[shade])


def _legend(limits: list[int], frame: _Frame, unit: _Unit, step: str, key: str) -> tuple[str, float]:
    """Swatches with their bounds, wrapped to the width; gives back the new height as well."""
    entries = [(0, unit.of(0))]
    low = 1
    for limit in limits:
        entries.append(
            (_shade(limit, limits), nombre(limit) if low == limit else f"{nombre(low)} – {nombre(limit)}")
        )
        low = limit + 1
    x, y, body = 0.0, frame.height + 14, []
    for shade, text in entries:
        width = 30 + draw.width_of(text, 15) + 16
        if x and x + width > frame.width:
            x, y = 0.0, y + 26
        swatch = {"x": x, "y": y, "width": 22, "height": 16, "rx": 3}
        body.append(draw.tag("rect", fill=_colour(shade, step), class_=f"d-q{shade}", **swatch))
        if shade == 0:
            body.append(draw.tag("rect", fill=f"url(#{key})", **swatch))
        body.append(draw.words(text, x + 30, y + 13.5, font_size=15))
        x += width
    return draw.tag("g", "".join(body), data_step=step, aria_hidden="true"), y + 24
