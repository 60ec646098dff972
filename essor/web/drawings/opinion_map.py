"""The map of opinions: a mark for each participant, near those who vote alike, an outline for each group."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.web.drawings import picture as draw
from essor.web.drawings.groups_map import HUES, MARKS
from essor.web.drawings.picture import Picture
from essor.web.typography import nombre

WIDE, PHONE, TALL, MOST_DOTS = 720.0, 358.0, 0.72, 2000
_MARGIN, _SIZE = 30.0, 15.0
_FAR = 1e12
_ASIDE = "m-1.6 0a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0z"
_HERE = "m0-11l2.9 7.1 7.6.6-5.8 5 1.8 7.4-6.5-4-6.5 4 1.8-7.4-5.8-5 7.6-.6z"
Point = tuple[float, float]
_Words = tuple[Point, str, str]  # where a label stands, its name, its count


@dataclass(frozen=True)
class Camp:
    """A group: key, name, number of people, its page."""

    key: str
    name: str
    size: int
    url: str = ""


@dataclass(frozen=True)
class Stand:
    """Where one participant stands, and in which group (None: in none)."""

    x: float
    y: float
    camp: str | None = None


def opinion_map(
    *, camps: Sequence[Camp], stands: Sequence[Stand], title: str, here: Point | None = None
) -> Picture:
    """The plane of the two directions that tell people apart best; `here` marks the reader's own place.

    Beyond 2,000 participants, evenly chosen ones are drawn; outlines hold nine tenths of each group.
    """
    placed = [each for each in stands if abs(each.x) < _FAR and abs(each.y) < _FAR]
    shown = placed
    if len(placed) > MOST_DOTS:
        shown = [placed[i * len(placed) // MOST_DOTS] for i in range(MOST_DOTS)]
    rows = tuple((each.name, nombre(each.size)) for each in camps)
    alone = sum(each.camp is None for each in stands)
    if alone:
        rows += ((_("Dans aucun groupe"), nombre(alone)),)
    said = " ; ".join(f"{name} : {size}" for name, size in rows)
    if len(shown) < len(placed):
        share = nombre(round(len(placed) / len(shown)))
        said += " ; " + _("une personne sur %(n)s est dessinée") % {"n": share}
    return Picture(
        svg=_drawn(camps, shown, here, WIDE, title, said),
        narrow=_drawn(camps, shown, here, PHONE, title, said),
        title=title,
        columns=(_("Groupe"), _("Nombre de personnes")),
        rows=rows,
        size="medium",
    )


def hull(points: Sequence[Point]) -> list[Point]:
    """The smallest convex outline, counter-clockwise (Andrew's monotone chain).

    >>> hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2)])
    [(0, 0), (2, 0), (2, 2), (0, 2)]
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _half(ordered)[:-1] + _half(ordered[::-1])[:-1]


def _half(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        while len(kept) >= 2 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _drawn(
    camps: Sequence[Camp], stands: Sequence[Stand], here: Point | None, width: float, title: str, said: str
) -> SafeString:
    height = round(width * (TALL if width == WIDE else 1.0))
    place = _frame([(each.x, each.y) for each in stands] + ([here] if here else []), width, height)
    known = {each.key: rank for rank, each in enumerate(camps)}
    members: dict[int | None, list[Point]] = {}
    for each in stands:
        members.setdefault(known.get(each.camp or ""), []).append(place((each.x, each.y)))
    body = [_marks(members.get(None, []), _ASIDE, draw.SOFT, "d-soft")]
    labels: list[_Words] = []
    for rank, camp in enumerate(camps):
        body.append(_camp(camp, rank, members.get(rank, [])))
        name = draw.shorten(camp.name, width * 0.6, _SIZE)
        labels.append((_heart(members.get(rank, [])), name, _count(camp.size)))
    reader = [_reader_words(place(here), width)] if here else []
    body.extend(_label(*each) for each in _apart(labels, width, reader))
    if here:
        body.append(_reader(place(here), reader[0]))
    links = any(each.url for each in camps)
    return draw.svg(width, height, body, title=title, description=said, links=links)


def _frame(points: Sequence[Point], width: float, height: float) -> Callable[[Point], Point]:
    """From the plane of opinions to the paper: the same scale both ways, the middle in the middle."""
    xs, ys = [p[0] for p in points] or [0.0], [p[1] for p in points] or [0.0]
    spread = max((max(xs) - min(xs)) / (width - 2 * _MARGIN), (max(ys) - min(ys)) / (height - 3 * _MARGIN))
    scale = 1 / spread if spread > 0 else 1.0
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)

    def place(point: Point) -> Point:
        across, down = (point[0] - middle[0]) * scale, (middle[1] - point[1]) * scale
        return width / 2 + across, height / 2 + _MARGIN / 2 + down

    return place


def _camp(camp: Camp, rank: int, points: list[Point]) -> str:
    hue = rank % len(HUES)
    outline = _outline(_core(points))
    ring = (
        draw.tag(
            "path",
            d=outline,
            fill=HUES[hue],
            fill_opacity=0.1,
            stroke=HUES[hue],
            stroke_width=1.5,
            stroke_linejoin="round",
            class_=f"d-g{hue} d-ring d-hover",
        )
        if outline
        else ""
    )
    dots = _marks(points, MARKS[rank % len(MARKS)], HUES[hue], f"d-g{hue} d-dot")
    return draw.link(camp.url, ring + dots, label=f"{camp.name} : {_count(camp.size)}")


def _core(points: list[Point]) -> list[Point]:
    """Nine tenths of a group, nearest to its middle: one person far away does not stretch its outline."""
    if len(points) < 10:
        return points
    middle = _middle(points)
    near = sorted(points, key=lambda p: (math.dist(p, middle), p))
    return near[: math.ceil(len(near) * 0.9)]


def _middle(points: Sequence[Point]) -> Point:
    xs, ys = sorted(p[0] for p in points), sorted(p[1] for p in points)
    return xs[len(xs) // 2], ys[len(ys) // 2]


def _outline(points: Sequence[Point]) -> str:
    """The outline a little outside the points."""
    if not points:
        return ""
    middle = _middle(points)
    round_ = [
        (p[0] + 9 * math.cos(2 * math.pi * i / 8), p[1] + 9 * math.sin(2 * math.pi * i / 8))
        for p in (points if len(points) < 400 else hull(points))
        for i in range(8)
    ]
    edge = hull(round_) or [middle]
    steps = " ".join(
        f"{'M' if i == 0 else 'L'}{draw.figure(x)} {draw.figure(y)}" for i, (x, y) in enumerate(edge)
    )
    return f"{steps}Z"


def _marks(points: Sequence[Point], mark: str, colour: str, class_: str) -> str:
    """All the marks of one group as a single path: light to send and to draw."""
    if not points:
        return ""
    path = "".join(f"M{draw.figure(x)} {draw.figure(y)}{mark}" for x, y in points)
    return draw.tag("path", d=path, fill=colour, class_=class_, opacity=0.75)


def _count(size: int) -> str:
    return ngettext("%(n)s personne", "%(n)s personnes", size) % {"n": nombre(size)}


def _heart(points: Sequence[Point]) -> Point:
    """A label stands in the middle of its own group: nobody reads it as another's."""
    return _middle(points) if points else (_MARGIN, _MARGIN)


def _half_of(name: str, count: str) -> float:
    return max(draw.width_of(name, _SIZE), draw.width_of(count, 14)) / 2 + 4


def _apart(labels: list[_Words], width: float, fixed: list[_Words]) -> list[_Words]:
    """Labels kept on the paper, and pushed up, from the lowest on, where they would stand on one another."""
    settled = list(fixed)
    for (x, y), name, count in sorted(labels, key=lambda each: -each[0][1]):
        half = _half_of(name, count)
        x = min(max(x, half), width - half)
        for (other_x, other_y), other_name, other_count in sorted(settled, key=lambda each: -each[0][1]):
            if abs(other_x - x) < half + _half_of(other_name, other_count) and abs(other_y - y) < 38:
                y = other_y - 38
        settled.append(((x, y), name, count))
    placed = settled[len(fixed) :]
    down = max(0.0, 34 - min((place[1] for place, _n, _c in placed), default=40.0))
    return [((x, y + down), name, count) for (x, y), name, count in placed]


def _label(place: Point, name: str, count: str) -> str:
    x = place[0]
    halo = {"stroke": draw.CARD, "stroke_width": 4, "paint_order": "stroke", "stroke_linejoin": "round"}
    return draw.words(
        name,
        x,
        place[1] - 17,
        "d-bold d-halo",
        text_anchor="middle",
        font_size=_SIZE,
        font_weight=600,
        **halo,
    ) + draw.words(
        count,
        x,
        place[1],
        "d-soft d-halo",
        text_anchor="middle",
        font_size=14,
        fill=draw.SOFT,
        **halo,
    )


def _reader_words(place: Point, width: float) -> _Words:
    text = _("Vous êtes ici")
    half = _half_of(text, "")
    return (min(max(place[0], half), width - half), place[1] + 28), text, ""


def _reader(place: Point, said: _Words) -> str:
    """The reader's own place: a star and a word, never only a colour."""
    star = draw.tag(
        "path",
        d=f"M{draw.figure(place[0])} {draw.figure(place[1])}{_HERE}",
        fill=draw.THREAD,
        stroke=draw.CARD,
        stroke_width=2,
        class_="d-here",
    )
    (x, y), text, _count_of = said
    halo = {"stroke": draw.CARD, "stroke_width": 4, "paint_order": "stroke"}
    return star + draw.words(
        text, x, y, "d-bold d-halo", text_anchor="middle", font_size=_SIZE, font_weight=600, **halo
    )
