"""Who works with whom: actors around, what ties them; families gathered when there are many."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from essor.web.drawings import picture as draw
from essor.web.drawings.picture import Picture
from essor.web.typography import nombre

WIDE, PHONE = 720.0, 340.0
MOST_NODES, MOST_ROWS = 60, 400
_STEPS = ("listen", "need", "finance", "decide", "alliance", "project")
# Eight marks would be too many: each family has its own, so that hue is never the only sign.
_MARKS = (
    "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "m-5.5-5.5h11v11h-11z",
    "m0-7l6.5 11.5h-13z",
    "m0-7.5l7 7.5-7 7.5-7-7.5z",
    "m0 7l6.5-11.5h-13z",
    "m-7-2.6h14v5.2h-14z",
)


@dataclass(frozen=True)
class Node:
    """An actor: key, name, its family (number and word), its page."""

    key: int
    name: str
    family: int
    family_name: str
    url: str = ""


@dataclass(frozen=True)
class Tie:
    """Two actors and what ties them (the name of an alliance or of a project)."""

    one: int
    other: int
    why: str


@dataclass(frozen=True)
class _Dot:
    label: str
    family: int
    weight: int
    url: str
    x: float
    y: float


def network(nodes: Sequence[Node], ties: Sequence[Tie], *, title: str) -> Picture:
    """The actors that have ties on a circle, those of a family side by side; beyond 60, one dot a family."""
    tied = {key for tie in ties for key in (tie.one, tie.other)}
    shown = [node for node in nodes if node.key in tied]
    said = _("%(actors)s acteurs liés, %(ties)s liens.") % {
        "actors": nombre(len(shown)),
        "ties": nombre(len(ties)),
    }
    many = len(shown) > MOST_NODES
    svg, narrow = (_drawn(shown, ties, width, many, title, said) for width in (WIDE, PHONE))
    return Picture(svg, narrow, title, (_("Acteur"), _("Famille"), _("Lié à"), _("Par")), _rows(nodes, ties))


def _rows(nodes: Sequence[Node], ties: Sequence[Tie]) -> tuple[tuple[str, ...], ...]:
    by_key = {node.key: node for node in nodes}
    rows = [
        (by_key[tie.one].name, by_key[tie.one].family_name, by_key[tie.other].name, tie.why)
        for tie in ties
        if tie.one in by_key and tie.other in by_key
    ]
    return tuple(sorted(rows)[:MOST_ROWS])


def _drawn(
    nodes: Sequence[Node], ties: Sequence[Tie], width: float, many: bool, title: str, said: str
) -> SafeString:
    dots, links = _families(nodes, ties, width) if many else _people(nodes, ties, width)
    height = _height(len(dots), width)
    body = [_link(dots, pair, count) for pair, count in sorted(links.items())]
    body += [_dot(dot, width, many) for dot in dots.values()]
    return draw.svg(
        width, height, body, title=title, description=said, links=any(d.url for d in dots.values())
    )


def _height(number: int, width: float) -> float:
    """Tall enough for a line of words at each place of a side."""
    return max(width * (0.55 if width == WIDE else 0.9), 68 + 18.0 * math.ceil(number / 2))


def _circle(number: int, width: float) -> list[tuple[float, float]]:
    """Places around a rounded table, at even heights on each side so that no two labels touch."""
    right = math.ceil(number / 2)
    return [_place(rank, right, 1, number, width) for rank in range(right)] + [
        _place(rank, number - right, -1, number, width) for rank in reversed(range(number - right))
    ]


def _place(rank: int, on_this_side: int, side: int, number: int, width: float) -> tuple[float, float]:
    height = _height(number, width)
    across = width / 2 - (150 if width == WIDE else 74)
    along = (rank + 0.5) / on_this_side * 2 - 1
    x = width / 2 + side * across * (0.25 + 0.75 * (1 - abs(along) ** 3))
    return x, height / 2 + along * (height / 2 - 34)


def _people(
    nodes: Sequence[Node], ties: Sequence[Tie], width: float
) -> tuple[dict[int, _Dot], dict[tuple[int, int], int]]:
    ordered = sorted(nodes, key=lambda node: (node.family, node.name, node.key))
    degree = Counter(key for tie in ties for key in (tie.one, tie.other))
    dots = {
        node.key: _Dot(node.name, node.family, degree[node.key], node.url, x, y)
        for node, (x, y) in zip(ordered, _circle(len(ordered), width), strict=True)
    }
    links = Counter(
        (min(tie.one, tie.other), max(tie.one, tie.other))
        for tie in ties
        if tie.one in dots and tie.other in dots
    )
    return dots, dict(links)


def _families(
    nodes: Sequence[Node], ties: Sequence[Tie], width: float
) -> tuple[dict[int, _Dot], dict[tuple[int, int], int]]:
    family = {node.key: node.family for node in nodes}
    names = {node.family: node.family_name for node in nodes}
    sizes = Counter(node.family for node in nodes)
    places = _circle(len(names), width)
    dots = {
        key: _Dot(f"{names[key]} ({nombre(sizes[key])})", key, sizes[key], f"?family_rank={key}", x, y)
        for key, (x, y) in zip(sorted(names), places, strict=True)
    }
    links: dict[tuple[int, int], int] = defaultdict(int)
    for tie in ties:
        if tie.one in family and tie.other in family:
            pair = sorted((family[tie.one], family[tie.other]))
            links[pair[0], pair[1]] += 1
    return dots, dict(links)


def _link(dots: dict[int, _Dot], pair: tuple[int, int], count: int) -> str:
    one, other = dots[pair[0]], dots[pair[1]]
    thick = min(9.0, 1.2 + 1.4 * math.log2(1 + count))
    if pair[0] == pair[1]:
        return draw.tag(
            "circle", cx=one.x, cy=one.y, r=22, fill="none", stroke=draw.THREAD, stroke_width=thick,
            opacity=0.45, class_="d-thread",
        )  # fmt: skip
    middle = (one.x + other.x) / 2, (one.y + other.y) / 2
    bend = tuple(each + (centre - each) * 0.35 for each, centre in zip(middle, _middle(dots), strict=True))
    path = (
        f"M{draw.figure(one.x)} {draw.figure(one.y)}Q{draw.figure(bend[0])} {draw.figure(bend[1])} "
        f"{draw.figure(other.x)} {draw.figure(other.y)}"
    )
    return draw.tag(
        "path", d=path, fill="none", stroke=draw.THREAD, stroke_width=thick, opacity=0.45, class_="d-thread"
    )


def _middle(dots: dict[int, _Dot]) -> tuple[float, float]:
    number = max(1, len(dots))
    return sum(dot.x for dot in dots.values()) / number, sum(dot.y for dot in dots.values()) / number


def _dot(dot: _Dot, width: float, many: bool) -> str:
    step = _STEPS[dot.family % len(_STEPS)]
    mark = draw.tag(
        "path", d=f"M{draw.figure(dot.x)} {draw.figure(dot.y)}{_MARKS[dot.family % len(_MARKS)]}",
        fill=draw.HUES[step], class_="d-step",
    )  # fmt: skip
    room = 138 if width == WIDE else 66
    on_the_right = dot.x >= width / 2
    label = draw.words(
        draw.shorten(dot.label, room if not many else room + 40, 13),
        dot.x + (11 if on_the_right else -11), dot.y + 4.5, font_size=13,
        text_anchor="start" if on_the_right else "end",
    )  # fmt: skip
    return draw.tag("g", draw.link(dot.url, mark + label, label=dot.label), data_step=step)
