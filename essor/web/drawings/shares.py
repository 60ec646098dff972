"""How people answered a statement, as one bar: agree, pass, disagree, each with its own shade."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from essor.web.drawings import picture as draw
from essor.web.typography import nombre

WIDE, TALL, GAP = 320.0, 14.0, 2.0


def share_bar(agrees: int, passes: int, disagrees: int) -> SafeString:
    """The three shares from left to right, with their figures as the name of the picture."""
    seen = agrees + passes + disagrees
    said = _("%(agrees)s d’accord, %(passes)s passent, %(disagrees)s pas d’accord") % {
        "agrees": nombre(agrees), "passes": nombre(passes), "disagrees": nombre(disagrees),
    }  # fmt: skip
    parts, start = [], 0.0
    for count, name in ((agrees, "agree"), (passes, "pass"), (disagrees, "disagree")):
        width = WIDE * count / seen if seen else 0.0
        if width:
            shown = max(1.0, width - GAP)
            parts.append(draw.tag("rect", x=start, y=0, width=shown, height=TALL, rx=2, class_=f"d-{name}"))
        start += width
    return draw.svg(WIDE, TALL, parts, title=said, description="", links=False)
