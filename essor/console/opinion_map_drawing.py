"""The drawing of a map of opinions: one SVG, each group with its colour and its shape."""

from html import escape

import numpy as np

from essor.console.french import spaced
from essor.console.opinion_map_style import GROUPS
from essor.console.opinion_map_words import FEW, group_name, people
from essor.console.words import _
from essor.engines.opinion_map.result import OpinionMap

WIDTH, HEIGHT, MARGIN = 760.0, 520.0, 28.0
DOTS = 2500
# A disc, a square, a triangle, a diamond, a cross and a bar, each about eight units wide.
SHAPES = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
    "M-3.5-3.5h7v7h-7z",
    "M0-4.5L4.5 3.5h-9z",
    "M0-5L5 0L0 5L-5 0z",
    "M-1.5-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z",
    "M-5-2h10v4h-10z",
)


def drawing(found: OpinionMap) -> str:
    """The plane of participants and its key; the table and the sentences beside say the same."""
    everybody = found.participants
    every = max(1, -(-len(everybody) // DOTS))
    shown = np.arange(0, len(everybody), every)
    x, y = _placed(found)
    place = {group.id: at for at, group in enumerate(found.groups)}
    dots = "".join(
        _dot(float(x[at]), float(y[at]), place.get(int(everybody.group[at]))) for at in shown.tolist()
    )
    middles = _names(found)
    alternative = _(
        "Carte : chaque marque est un participant, près de ceux qui votent comme lui. "
        "Le résumé, puis le tableau des groupes, disent la même chose."
    )
    box = f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" aria-label="{_say(alternative)}"'
    return f'<svg class="plot" {box}>{dots}{middles}</svg>{_key(found)}{_sample(every)}'


def _say(message: str) -> str:
    return escape(spaced(message))


def _reach(found: OpinionMap) -> tuple[float, float]:
    """How far the drawing goes on each side of the middle: 99 % of participants, the others at the edge."""
    sides = (found.participants.x, found.participants.y)
    across, up = (float(np.quantile(np.abs(each), 0.99)) or 1.0 for each in sides)
    return across, up


def _placed(found: OpinionMap) -> tuple[np.ndarray, np.ndarray]:
    across, up = _reach(found)
    x = np.clip(found.participants.x / across, -1, 1)
    y = np.clip(found.participants.y / up, -1, 1)
    return WIDTH / 2 + x * (WIDTH / 2 - MARGIN), HEIGHT / 2 - y * (HEIGHT / 2 - MARGIN)


def _dot(x: float, y: float, place: int | None) -> str:
    shape = SHAPES[0 if place is None else place % GROUPS]
    kind = "none" if place is None else f"g{place % GROUPS}"
    return f'<path class="{kind}" transform="translate({x:.1f} {y:.1f})" d="{shape}"/>'


def _names(found: OpinionMap) -> str:
    across, up = _reach(found)
    told = []
    for group in found.groups:
        x = WIDTH / 2 + max(-0.9, min(0.9, group.x / across)) * (WIDTH / 2 - MARGIN)
        y = HEIGHT / 2 - max(-0.9, min(0.9, group.y / up)) * (HEIGHT / 2 - MARGIN)
        told.append(f'<text x="{x:.1f}" y="{y + 5:.1f}">{escape(group_name(group.id))}</text>')
    return "".join(told)


def _key(found: OpinionMap) -> str:
    marks = [
        (f"g{at % GROUPS}", SHAPES[at % GROUPS], f"{group_name(group.id)} · {size_words(group.size)}")
        for at, group in enumerate(found.groups)
    ]
    alone = sum(found.participants.not_grouped().values())
    if alone:
        marks.append(("none", SHAPES[0], _("sans groupe · %(count)s") % {"count": people(alone)}))
    rows = "".join(
        f'<li><svg viewBox="-6 -6 12 12" aria-hidden="true"><path class="{kind}" d="{shape}"/></svg>'
        f"{_say(words)}</li>"
        for kind, shape, words in marks
    )
    return f'<ul class="key">{rows}</ul>'


def size_words(size: int) -> str:
    """How many people; a handful is not counted aloud."""
    if size < FEW:
        return _("moins de %(few)d personnes") % {"few": FEW}
    return _("%(count)s personnes") % {"count": people(size)}


def _sample(every: int) -> str:
    if every == 1:
        return ""
    told = _("Un participant sur %(every)d est dessiné ; tous sont comptés.") % {"every": every}
    return f"<p>{_say(told)}</p>"
