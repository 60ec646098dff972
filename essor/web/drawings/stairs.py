"""The staircase of the chain: one block a step, its count, and the thread that climbs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from essor.web.drawings import picture as draw
from essor.web.drawings.picture import Picture
from essor.web.typography import nombre

WIDE, PHONE = 1072.0, 358.0
_GAP, _LOWEST, _LABEL, _WIDEST = 12.0, 84.0, 17.0, 214.0


@dataclass(frozen=True)
class Stair:
    """One step: its key, the word for what is counted, how many, where the block leads."""

    step: str
    label: str
    count: int
    url: str = ""


def stairs(steps: Sequence[Stair], *, title: str) -> Picture:
    """The staircase of these steps, lowest first; on a phone the blocks lie one above the other."""
    rows = tuple((str(stair.label), nombre(stair.count)) for stair in steps)
    said = " ; ".join(f"{label} : {count}" for label, count in rows)
    return Picture(
        svg=_wide(steps, title, said),
        narrow=_phone(steps, title, said),
        title=title,
        columns=(_("Étape"), _("Nombre")),
        rows=rows,
        size="large" if len(steps) > 3 else "medium",
    )


def _wide(steps: Sequence[Stair], title: str, said: str) -> SafeString:
    number = max(1, len(steps))
    width = min(WIDE, number * _WIDEST + _GAP * (number - 1))
    block = (width - _GAP * (number - 1)) / number
    rise = 19.0 if number > 5 else 28.0 if number > 3 else 44.0
    height = _LOWEST + rise * (number - 1) + 26
    tops = [height - _LOWEST - rise * i for i in range(len(steps))]
    lefts = [i * (block + _GAP) for i in range(len(steps))]
    body = [
        _block(stair, left, top, block, height) for stair, left, top in zip(steps, lefts, tops, strict=True)
    ]
    knots = [(left + block / 2, top - 9) for left, top in zip(lefts[1:], tops[1:], strict=True)]
    if steps:
        start = (lefts[0] + 9, tops[0] + 2)
        body.append(_climb([start, *knots]))
        body.extend(_knot(x, y) for x, y in knots)
    return draw.svg(width, height, body, title=title, description=said, links=any(s.url for s in steps))


def _block(stair: Stair, left: float, top: float, block: float, height: float) -> str:
    """A block with round upper corners, its number and its word."""
    radius, middle = min(10.0, block / 2), left + block / 2
    outline = (
        f"M{draw.figure(left)} {draw.figure(height)}V{draw.figure(top + radius)}"
        f"q0 {-radius:g} {radius:g} {-radius:g}h{draw.figure(block - 2 * radius)}"
        f"q{radius:g} 0 {radius:g} {radius:g}V{draw.figure(height)}z"
    )
    hue = draw.HUES.get(stair.step, draw.SOFT)
    content = (
        draw.tag("path", d=outline, fill=draw.tint(stair.step, 0.13), class_="d-tint d-hover")
        + draw.words(
            nombre(stair.count),
            middle,
            top + 41,
            "d-head d-step",
            text_anchor="middle",
            font_size=30,
            fill=hue,
        )
        + draw.words(
            draw.shorten(stair.label, block - 8, _LABEL),
            middle,
            top + 66,
            text_anchor="middle",
            font_size=_LABEL,
        )
    )
    return draw.tag("g", draw.link(stair.url, content), data_step=stair.step)


def _climb(points: Sequence[tuple[float, float]]) -> str:
    """The thread through these points: it rests above each block, then rises to the next knot."""
    path = [f"M{draw.figure(points[0][0])} {draw.figure(points[0][1])}"]
    for (x, y), (next_x, next_y) in pairwise(points):
        run, rest = next_x - x, (y + next_y) / 2 + 1
        middle = x + run * 0.42
        path.append(
            _curve(x + run * 0.14, rest, x + run * 0.2, rest, middle, rest)
            + _curve(next_x - run * 0.42, rest, next_x - run * 0.16, rest, next_x, next_y)
        )
    return draw.tag(
        "path",
        d="".join(path),
        fill="none",
        stroke=draw.THREAD,
        stroke_width=3,
        stroke_linecap="round",
        class_="d-thread",
    )


def _curve(*numbers: float) -> str:
    return "C" + " ".join(draw.figure(number) for number in numbers)


def _knot(x: float, y: float) -> str:
    return draw.tag(
        "circle", cx=x, cy=y, r=6.5, fill=draw.CARD, stroke=draw.THREAD, stroke_width=3, class_="d-knot"
    )


def _phone(steps: Sequence[Stair], title: str, said: str) -> SafeString:
    """Blocks one above the other, the lowest step at the bottom, each one set further in."""
    number, row, gap = max(1, len(steps)), 52.0, 6.0
    inset = min(34.0, 150.0 / number)
    height = number * (row + gap)
    body, points = [], []
    for i, stair in enumerate(steps):
        left, top = 14 + inset * i, height - (i + 1) * (row + gap) + gap
        hue = draw.HUES.get(stair.step, draw.SOFT)
        count = nombre(stair.count)
        number_width = draw.width_of(count, 29)
        room, word_at = PHONE - left - 46 - number_width, left + 30 + number_width
        size = 18 if draw.width_of(stair.label, 18) <= room else 15
        pale = draw.tint(stair.step, 0.13)
        content = (
            draw.tag(
                "rect",
                x=left,
                y=top,
                width=PHONE - left,
                height=row,
                rx=10,
                fill=pale,
                class_="d-tint d-hover",
            )
            + draw.words(count, left + 20, top + 35, "d-head d-step", font_size=25, fill=hue)
            + draw.words(draw.shorten(stair.label, room, size), word_at, top + 34, font_size=size)
        )
        body.append(draw.tag("g", draw.link(stair.url, content), data_step=stair.step))
        points.append((left, top + row / 2))
    if points:
        path = f"M{draw.figure(points[0][0])} {draw.figure(points[0][1])}" + "".join(
            _curve(x, y - row / 2, nx, ny + row / 2, nx, ny) for (x, y), (nx, ny) in pairwise(points)
        )
        body.append(
            draw.tag("path", d=path, fill="none", stroke=draw.THREAD, stroke_width=3, class_="d-thread")
        )
        body.extend(_knot(x, y) for x, y in points)
    return draw.svg(PHONE, height, body, title=title, description=said, links=any(s.url for s in steps))
