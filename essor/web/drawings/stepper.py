"""The stages of something, one after the other: what is done, where it stands, what is to come."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from essor.web.drawings import picture as draw
from essor.web.drawings.picture import Picture

WIDE, PHONE, _SIZE = 660.0, 340.0, 15.0
MARKS = {"done": "✓", "here": "●", "stopped": "✕", "to_come": "○"}


@dataclass(frozen=True)
class Stage:
    """One stage: its word, and “done”, “here”, “stopped” or “to_come”."""

    label: str
    state: str


def stepper(stages: Sequence[Stage], *, title: str, step: str = "project") -> Picture:
    """The stages in a line (in a column on a phone), with the thread as far as it has come."""
    said = {"done": _("passée"), "here": _("en cours"), "stopped": _("arrêté ici"), "to_come": _("à venir")}
    rows = tuple((stage.label, str(said[stage.state])) for stage in stages)
    now = "; ".join(f"{label} : {state}" for label, state in rows)
    return Picture(
        svg=_line(stages, title, now, step),
        narrow=_column(stages, title, now, step),
        title=title,
        columns=(_("Étape"), _("Où elle en est")),
        rows=rows,
        size="medium",
    )


def _reached(stages: Sequence[Stage]) -> int:
    return max((rank for rank, stage in enumerate(stages) if stage.state != "to_come"), default=0)


def _line(stages: Sequence[Stage], title: str, said: str, step: str) -> SafeString:
    number = max(1, len(stages))
    width = WIDE / number
    middle = [width * (rank + 0.5) for rank in range(number)]
    body = [_thread(f"M{draw.figure(middle[0])} 22H{draw.figure(middle[-1])}", draw.LINE, "d-line")]
    reached = _reached(stages)
    if reached:
        body.append(
            _thread(f"M{draw.figure(middle[0])} 22H{draw.figure(middle[reached])}", draw.THREAD, "d-thread")
        )
    for x, stage in zip(middle, stages, strict=False):
        body.append(_dot(x, 22, stage, step))
        for rank, line in enumerate(draw.lines_of(stage.label, width - 8, _SIZE)):
            body.append(_word(line, x, 54 + 18 * rank, stage, text_anchor="middle"))
    return draw.svg(WIDE, 80, body, title=title, description=said, links=False)


def _column(stages: Sequence[Stage], title: str, said: str, step: str) -> SafeString:
    height = 34.0 * max(1, len(stages))
    tops = [17 + 34.0 * rank for rank in range(max(1, len(stages)))]
    body = [_thread(f"M17 {draw.figure(tops[0])}V{draw.figure(tops[-1])}", draw.LINE, "d-line")]
    reached = _reached(stages)
    if reached:
        body.append(
            _thread(f"M17 {draw.figure(tops[0])}V{draw.figure(tops[reached])}", draw.THREAD, "d-thread")
        )
    for y, stage in zip(tops, stages, strict=False):
        body.append(_dot(17, y, stage, step))
        body.append(_word(stage.label, 40, y + 5.5, stage))
    return draw.svg(PHONE, height, body, title=title, description=said, links=False)


def _thread(path: str, stroke: str, class_: str) -> str:
    return draw.tag("path", d=path, fill="none", stroke=stroke, stroke_width=3, class_=class_)


def _dot(x: float, y: float, stage: Stage, step: str) -> str:
    filled = stage.state in ("done", "here")
    circle = draw.tag(
        "circle", cx=x, cy=y, r=10, stroke_width=3,
        stroke=draw.HUES[step] if stage.state != "to_come" else draw.SOFT,
        fill=draw.HUES[step] if filled else draw.CARD,
        class_="d-step" if filled else "d-knot-plain",
    )  # fmt: skip
    mark = MARKS[stage.state] if stage.state in ("done", "stopped") else ""
    sign = (
        draw.words(
            mark, x, y + 4.5, "d-on d-bold" if filled else "d-bold", text_anchor="middle", font_size=12,
            fill=draw.CARD if filled else draw.INK,
        )
        if mark
        else ""
    )  # fmt: skip
    return draw.tag("g", circle + sign, data_step=step)


def _word(line: str, x: float, y: float, stage: Stage, **attributes: object) -> str:
    here = stage.state in ("here", "stopped")
    return draw.words(
        line, x, y, "d-bold" if here else "d-soft" if stage.state == "to_come" else "",
        font_size=_SIZE, font_weight=600 if here else None,
        fill=draw.SOFT if stage.state == "to_come" else draw.INK, **attributes,
    )  # fmt: skip
