"""The thread of one object: what it grew from, the object, what it became."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from essor.web.drawings import picture as draw
from essor.web.drawings.picture import Picture
from essor.web.typography import nombre

STEP_NAMES = {
    "listen": gettext_lazy("Voix"),
    "need": gettext_lazy("Besoin"),
    "challenge": gettext_lazy("Défi"),
    "project": gettext_lazy("Projet"),
    "alliance": gettext_lazy("Alliance"),
    "decide": gettext_lazy("Décision"),
    "finance": gettext_lazy("Financement"),
    "place": gettext_lazy("Lieu"),
    "impact": gettext_lazy("Impact"),
}
_MANY: dict[str, Callable[[int], str]] = {
    "listen": lambda n: ngettext("%(n)s voix", "%(n)s voix", n),
    "need": lambda n: ngettext("%(n)s besoin", "%(n)s besoins", n),
    "challenge": lambda n: ngettext("%(n)s défi", "%(n)s défis", n),
    "project": lambda n: ngettext("%(n)s projet", "%(n)s projets", n),
    "alliance": lambda n: ngettext("%(n)s alliance", "%(n)s alliances", n),
    "decide": lambda n: ngettext("%(n)s décision", "%(n)s décisions", n),
    "finance": lambda n: ngettext("%(n)s financement", "%(n)s financements", n),
    "place": lambda n: ngettext("%(n)s lieu", "%(n)s lieux", n),
    "impact": lambda n: ngettext("%(n)s effet mesuré", "%(n)s effets mesurés", n),
}
MOST_ON_A_SIDE = 8
_SIZE, _LINE, _GAP, _REACH = 16.0, 20.0, 14.0, 84.0
_PHONE = 340.0


@dataclass(frozen=True)
class Knot:
    """One object, or several of the same kind (``count``), on the thread."""

    step: str
    label: str
    url: str = ""
    count: int = 1
    note: str = ""  # where it stands, in a word


@dataclass(frozen=True)
class _Box:
    knot: Knot
    lines: list[str]
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def thread(
    *, before: Sequence[Knot], centre: Knot, after: Sequence[Knot] = (), next_label: str = "", title: str = ""
) -> Picture:
    """The thread both ways. A side with many knots is gathered by step: “412 voix”.

    ``next_label`` draws a dotted continuation when nothing came after yet.
    """
    title = title or _("Le fil")
    rows = (
        *(_row(_("D’où cela vient"), knot) for knot in before),
        (*_row(_("Ici"), centre)[:3], ""),
        *(_row(_("Ce que c’est devenu"), knot) for knot in after),
    )
    said = _("%(before)s à l’origine, %(after)s ensuite.") % {
        "before": nombre(sum(knot.count for knot in before)),
        "after": nombre(sum(knot.count for knot in after)),
    }
    left, right = gathered(before), gathered(after)
    following = "" if right else str(next_label)
    return Picture(
        svg=_wide(left, centre, right, following, title, said),
        narrow=_tall(left, centre, right, following, title, said),
        title=title,
        columns=(_("Sens"), _("Étape"), _("Quoi"), _("Voix")),
        rows=rows,
        urls=tuple(knot.url for knot in (*before, centre, *after)),
        size="large" if left and right else "small",
    )


def gathered(knots: Sequence[Knot], most: int = MOST_ON_A_SIDE) -> list[Knot]:
    """The knots as they are when few; otherwise the most numerous steps become one knot with their sum."""
    by_step: dict[str, list[Knot]] = {}
    for knot in knots:
        by_step.setdefault(knot.step, []).append(knot)
    shown = len(knots)
    for step in sorted(by_step, key=lambda step: -len(by_step[step])):
        if shown > most:
            shown -= len(by_step[step]) - 1
            by_step[step] = [_summed(step, by_step[step])]
    return [knot for kept in by_step.values() for knot in kept] if len(knots) > most else list(knots)


def _summed(step: str, knots: list[Knot]) -> Knot:
    if len(knots) == 1:
        return knots[0]
    total = sum(knot.count for knot in knots)
    many = _MANY.get(step, lambda n: ngettext("%(n)s objet", "%(n)s objets", n))
    return Knot(step, many(total) % {"n": nombre(total)}, count=total)


def _row(side: str, knot: Knot) -> tuple[str, ...]:
    voices = nombre(knot.count) if knot.step == "listen" and not knot.url else ""
    return side, str(STEP_NAMES.get(knot.step, "")), str(knot.label), voices


def _column(knots: Sequence[Knot], x: float, widest: float) -> list[_Box]:
    """Boxes one under the other, all as wide as the longest line asks."""
    texts = [draw.lines_of(str(knot.label), widest - 28, _SIZE) for knot in knots]
    longest = max((draw.width_of(line, _SIZE) for text in texts for line in text), default=0)
    width = min(widest, max(92.0, longest + 28))
    boxes, y = [], 0.0
    for knot, text in zip(knots, texts, strict=True):
        height = 20 + _LINE * len(text)
        boxes.append(_Box(knot, text, x, y, width, height))
        y += height + _GAP
    return boxes


def _centred(boxes: list[_Box], height: float) -> list[_Box]:
    if not boxes:
        return boxes
    shift = (height - boxes[-1].y - boxes[-1].height) / 2
    return [_Box(b.knot, b.lines, b.x, b.y + shift, b.width, b.height) for b in boxes]


def _wide(
    before: list[Knot], centre: Knot, after: list[Knot], following: str, title: str, said: str
) -> SafeString:
    left = _column(before, 0, 190)
    centre_x = left[0].width + _REACH if left else 0
    middle = _column([centre], centre_x, 200)
    edge = centre_x + middle[0].width
    right = _column(after, edge + _REACH, 190)
    total = (
        right[0].x + right[0].width
        if right
        else edge + (max(90, draw.width_of(following) + 16) if following else 0)
    )
    height = max([60.0, *(column[-1].y + column[-1].height for column in (left, middle, right) if column)])
    left, middle, right = _centred(left, height), _centred(middle, height), _centred(right, height)
    heart = middle[0]
    body = [_curve(b.x + b.width, b.middle, heart.x, heart.middle) for b in left]
    body += [_curve(edge, heart.middle, b.x, b.middle) for b in right]
    if following:
        body.append(_dotted(f"M{draw.figure(edge)} {draw.figure(heart.middle)}H{draw.figure(total - 4)}"))
        body.append(
            draw.words(
                following,
                (edge + total) / 2 + 2,
                heart.middle - 12,
                "d-soft",
                text_anchor="middle",
                fill=draw.SOFT,
            )
        )
    body += [_box(b, here=b is heart) for b in (*left, heart, *right)]
    return draw.svg(
        max(total, 400),
        height,
        body,
        title=title,
        description=said,
        links=any(k.url for k in (*before, *after)),
    )


def _tall(
    before: list[Knot], centre: Knot, after: list[Knot], following: str, title: str, said: str
) -> SafeString:
    """For a phone or a side card: boxes in one column, the thread down their left edge."""
    knots = [*before, centre, *after]
    boxes, y, x = [], 0.0, 34.0
    for knot in knots:
        lines = draw.lines_of(str(knot.label), _PHONE - x - 30, _SIZE)
        height = 24 + _LINE * len(lines)
        boxes.append(_Box(knot, lines, x, y, _PHONE - x, height))
        y += height + 12
    heart = boxes[len(before)]
    body = [_elbow(b.middle, heart.middle, x) for b in boxes if b is not heart]
    if following:
        start = draw.figure(heart.middle)
        body.append(_dotted(f"M{draw.figure(x)} {start}Q12 {start} 12 {draw.figure(y + 12)}"))
        body.append(draw.words(following, x, y + 16, "d-soft", fill=draw.SOFT))
        y += 24
    body += [_box(b, here=b is heart) for b in boxes]
    return draw.svg(
        _PHONE, y, body, title=title, description=said, links=any(k.url for k in (*before, *after))
    )


def _box(box: _Box, *, here: bool) -> str:
    hue = draw.HUES.get(box.knot.step, draw.SOFT)
    top = box.middle - _LINE * (len(box.lines) - 1) / 2 + 5.5
    content = draw.tag(
        "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=9,
        fill=hue if here else draw.tint(box.knot.step, 0.13), class_="d-step" if here else "d-tint d-hover",
    ) + "".join(
        draw.words(
            line, box.x + box.width / 2, top + i * _LINE, "d-on d-bold" if here else "", text_anchor="middle",
            fill=draw.CARD if here else draw.INK, font_weight=600 if here else None,
        )
        for i, line in enumerate(box.lines)
    )  # fmt: skip
    linked = content if here else draw.link(box.knot.url, content, label=str(box.knot.label))
    return draw.tag("g", linked, data_step=box.knot.step)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    middle = (x + to_x) / 2
    return _line(
        f"M{draw.figure(x)} {draw.figure(y)}C{draw.figure(middle)} {draw.figure(y)} "
        f"{draw.figure(middle)} {draw.figure(to_y)} {draw.figure(to_x)} {draw.figure(to_y)}"
    )


def _elbow(y: float, to_y: float, x: float) -> str:
    bend = 22 if to_y > y else -22
    return _line(
        f"M{draw.figure(x)} {draw.figure(y)}Q12 {draw.figure(y)} 12 {draw.figure(y + bend)}"
        f"V{draw.figure(to_y - bend)}Q12 {draw.figure(to_y)} {draw.figure(x)} {draw.figure(to_y)}"
    )


def _line(path: str) -> str:
    return draw.tag("path", d=path, fill="none", stroke=draw.THREAD, stroke_width=3, class_="d-thread")


def _dotted(path: str) -> str:
    return draw.tag(
        "path", d=path, fill="none", stroke=draw.THREAD, stroke_width=3.5, stroke_dasharray="1 8",
        stroke_linecap="round", class_="d-thread",
    )  # fmt: skip
