"""Who sits around a table: a seat for each, filled when they said yes, with what each brings."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from essor.web.drawings import picture as draw
from essor.web.drawings.picture import Picture

WIDE, PHONE = 660.0, 340.0
MOST_SEATS = 14
_STEPS = ("listen", "need", "challenge", "project", "alliance", "decide")


@dataclass(frozen=True)
class Seat:
    """A member: name, family (number and word), role, whether it said yes, its page."""

    name: str
    family: int
    family_name: str
    role: str
    is_taken: bool
    url: str = ""


def round_table(seats: Sequence[Seat], *, title: str) -> Picture:
    """The members around the table, those of a family side by side; the first fourteen on the picture."""
    ordered = sorted(seats, key=lambda seat: (not seat.is_taken, seat.family, seat.name))
    said = _("%(taken)d ont dit oui, %(waiting)d n’ont pas encore répondu.") % {
        "taken": sum(seat.is_taken for seat in seats),
        "waiting": sum(not seat.is_taken for seat in seats),
    }
    state = {True: _("a dit oui"), False: _("invité")}
    return Picture(
        svg=_drawn(ordered[:MOST_SEATS], WIDE, title, said),
        narrow=_drawn(ordered[:MOST_SEATS], PHONE, title, said),
        title=title,
        columns=(_("Membre"), _("Famille"), _("Rôle"), _("Réponse")),
        rows=tuple((seat.name, seat.family_name, seat.role, str(state[seat.is_taken])) for seat in ordered),
        size="medium",
    )


def _drawn(seats: Sequence[Seat], width: float, title: str, said: str) -> SafeString:
    height = 330.0 if width == WIDE else 90.0 + 34.0 * max(4, len(seats))
    body = _around(seats, width, height) if width == WIDE else _listed(seats)
    return draw.svg(width, height, body, title=title, description=said, links=any(seat.url for seat in seats))


def _around(seats: Sequence[Seat], width: float, height: float) -> list[str]:
    middle, level = width / 2, height / 2
    body = [
        draw.tag(
            "ellipse", cx=middle, cy=level, rx=118, ry=72, fill="none", stroke=draw.THREAD,
            stroke_width=3, class_="d-thread",
        )
    ]  # fmt: skip
    for rank, seat in enumerate(seats):
        angle = 2 * math.pi * (rank + 0.5) / len(seats) - math.pi / 2
        x, y = middle + 150 * math.cos(angle), level + 104 * math.sin(angle)
        right = x >= middle
        label_x = x + (16 if right else -16)
        room = (width - label_x if right else label_x) - 6
        body.append(_seat(seat, x, y, label_x, room, "start" if right else "end"))
    return body


def _listed(seats: Sequence[Seat]) -> list[str]:
    bottom = 30.0 + 34.0 * max(0, len(seats) - 1)
    thread = draw.tag(
        "path", d=f"M20 30V{draw.figure(bottom)}", fill="none", stroke=draw.THREAD, stroke_width=3,
        class_="d-thread",
    )  # fmt: skip
    return [
        thread,
        *(_seat(seat, 20, 30 + 34.0 * rank, 42, PHONE - 48, "start") for rank, seat in enumerate(seats)),
    ]


def _seat(seat: Seat, x: float, y: float, label_x: float, room: float, anchor: str) -> str:
    step = _STEPS[seat.family % len(_STEPS)]
    mark = draw.tag(
        "circle", cx=x, cy=y, r=9, stroke=draw.HUES[step], stroke_width=3,
        fill=draw.HUES[step] if seat.is_taken else draw.CARD,
        class_="d-step" if seat.is_taken else "d-knot-plain",
    )  # fmt: skip
    label = draw.words(
        draw.shorten(seat.name, room, 14), label_x, y + 5, "" if seat.is_taken else "d-soft",
        font_size=14, text_anchor=anchor, fill=draw.INK if seat.is_taken else draw.SOFT,
    )  # fmt: skip
    return draw.tag("g", draw.link(seat.url, mark + label, label=seat.name), data_step=step)
