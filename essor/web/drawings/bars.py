"""Horizontal bars: the word and the figure above, the bar below."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from essor.web.drawings import picture as draw
from essor.web.drawings.picture import Picture
from essor.web.typography import nombre

WIDE, PHONE, _ROW = 560.0, 340.0, 46.0


@dataclass(frozen=True)
class Bar:
    """One line: what, how many, out of how many (``of``), where it leads, a note for the text twin."""

    label: str
    value: float
    url: str = ""
    note: str = ""
    of: float | None = None


def bars(lines: Sequence[Bar], *, title: str, unit: str = "", step: str = "listen") -> Picture:
    """Bars drawn to one scale: the largest value, or the largest ``of``."""
    said = " ; ".join(f"{line.label} : {_figures(line)} {unit}".strip() for line in lines[:12])
    return Picture(
        svg=_drawn(lines, WIDE, title, said, step),
        narrow=_drawn(lines, PHONE, title, said, step),
        title=title,
        columns=(_("Quoi"), str(unit) or _("Nombre"), _("Précision")),
        rows=tuple((str(line.label), _figures(line), str(line.note)) for line in lines),
        size="medium",
    )


def _figures(line: Bar) -> str:
    if line.of is None:
        return nombre(line.value)
    return _("%(part)s sur %(whole)s") % {"part": nombre(line.value), "whole": nombre(line.of)}


def _drawn(lines: Sequence[Bar], width: float, title: str, said: str, step: str) -> SafeString:
    largest = max([line.of if line.of is not None else line.value for line in lines], default=0) or 1
    body = [_bar(line, i * _ROW, width, max(largest, line.value), step) for i, line in enumerate(lines)]
    height = max(1, len(lines)) * _ROW
    whole = draw.tag("g", "".join(body), data_step=step)
    return draw.svg(width, height, [whole], title=title, description=said, links=any(b.url for b in lines))


def _bar(line: Bar, top: float, width: float, largest: float, step: str) -> str:
    shown = _figures(line)
    room = width - draw.width_of(shown, 16) - 24
    length = max(0.0, min(1.0, line.value / largest)) * width
    content = draw.words(draw.shorten(line.label, room), 0, top + 18) + draw.words(
        shown, width, top + 18, "d-bold", text_anchor="end", font_weight=600
    )
    ground = draw.tag(
        "rect", x=0, y=top + 26, width=width, height=8, rx=4, fill=draw.tint(step, 0.18), class_="d-tint"
    )
    bar = draw.tag(
        "rect", x=0, y=top + 26, width=max(length, 2 if line.value > 0 else 0), height=8, rx=4,
        fill=draw.HUES.get(step, draw.SOFT), class_="d-step",
    )  # fmt: skip
    return draw.link(line.url, content + ground + bar, label=f"{line.label} : {shown}")
