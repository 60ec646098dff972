"""What a drawing gives back, and the few words of SVG every drawing is made of."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

# Colours of the light theme, written on the shapes so that the SVG also stands alone (PDF, download);
# on a page the classes of pages.css take over, in both themes.
INK, SOFT, LINE, CARD, THREAD = "#1d2a2c", "#52605f", "#e3dccf", "#fffdf9", "#c9542f"
HUES = {
    "listen": "#0b6b6b",
    "need": "#8a5200",
    "challenge": "#2f6b2f",  # a challenge stands on the step of projects
    "project": "#2f6b2f",
    "alliance": "#7a3467",
    "decide": "#36489b",
    "finance": "#9a3b22",
    "place": "#5d5b1c",
    "impact": "#1c5c86",
}
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW_LETTERS = frozenset("fijlrtI1.,;:!'’|()[] ")
_WIDE_LETTERS = frozenset("mwMWœæŒÆ@%—")


@dataclass(frozen=True)
class Picture:
    """A drawing in two widths, with its text twin: the columns and rows of a table that says the same."""

    svg: SafeString
    narrow: SafeString
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    size: str = "large"  # small, medium, large: below which room the narrow drawing is shown instead
    urls: tuple[str, ...] = ()  # where each row leads, when it leads somewhere

    @property
    def linked_rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each row with its address, and its cells with the name of their column."""
        urls = self.urls or ("",) * len(self.rows)
        return [
            (url, list(zip(self.columns, row, strict=False)))
            for url, row in zip(urls, self.rows, strict=True)
        ]


def clean(text: object) -> str:
    """Text that may stand in XML: characters XML forbids are dropped, the others escaped."""
    return escape(_FORBIDDEN.sub("", str(text)), quote=True)


def figure(number: float) -> str:
    """A coordinate, short: one decimal at most."""
    return f"{round(float(number), 1):g}" if abs(number) < 1e5 else f"{number:.0f}"


def tag(name: str, content: str = "", **attributes: object) -> str:
    """One element; ``class_`` gives class, ``_`` in names becomes ``-``; empty values are left out.

    >>> tag("rect", x=1.25, class_="d-card", data_step="need")
    '<rect x="1.2" class="d-card" data-step="need"/>'
    """
    written = []
    for key, value in attributes.items():
        if value is None or value == "":
            continue
        shown = figure(value) if isinstance(value, int | float) else clean(value)
        written.append(f' {key.rstrip("_").replace("_", "-")}="{shown}"')
    inside = f">{content}</{name}>" if content else "/>"
    return f"<{name}{''.join(written)}{inside}"


def words(content: object, x: float, y: float, class_: str = "", **attributes: object) -> str:
    """A line of text."""
    attributes.setdefault("font_size", 16)
    attributes.setdefault("fill", INK)
    return tag("text", clean(content) or "\u00a0", x=x, y=y, class_=class_, **attributes)


def link(url: str, content: str, label: str = "") -> str:
    """``content`` inside a link when there is somewhere to go; only addresses of web pages are followed."""
    if not url or not (url.startswith(("/", "#", "?", "https://", "http://")) and not url.startswith("//")):
        return content
    return tag("a", content, href=url, aria_label=label)


def svg(
    width: float, height: float, body: Iterable[str], *, title: str, description: str, links: bool
) -> SafeString:
    """The whole drawing, named for screen readers.

    A drawing with links is a group (its links stay reachable), one without is an image.
    """
    inside = "".join(body)
    key = hashlib.blake2s(f"{title}{description}{width}{inside}".encode("utf-8", "replace")).hexdigest()[:10]
    named = tag("title", clean(title), id=f"t{key}") + (
        tag("desc", clean(description), id=f"d{key}") if clean(description) else ""
    )
    described = f"d{key}" if clean(description) else ""
    return mark_safe(
        tag(
            "svg",
            named + inside,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {figure(width)} {figure(height)}",
            width=width,
            height=height,
            role="group" if links else "img",
            aria_labelledby=f"t{key}",
            aria_describedby=described,
        )
    )


def width_of(text: str, size: float = 16) -> float:
    """About how wide a line of text is, on the large side."""
    letters = sum(0.32 if c in _NARROW_LETTERS else 0.86 if c in _WIDE_LETTERS else 0.535 for c in str(text))
    return letters * size


def shorten(text: str, width: float, size: float = 16) -> str:
    """The text cut with an ellipsis so that it fits."""
    text = " ".join(str(text).split())
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip(" ,;:") + "…"


def lines_of(text: str, width: float, size: float = 16, most: int = 2) -> list[str]:
    """The text on at most ``most`` lines, the last one cut when it must be.

    >>> lines_of("Être soigné sans faire quarante kilomètres", 190)
    ['Être soigné sans faire', 'quarante kilomètres']
    """
    lines: list[str] = []
    pending = str(text).split()
    while pending and len(lines) < most - 1:
        line = pending.pop(0)
        while pending and width_of(f"{line} {pending[0]}", size) <= width:
            line = f"{line} {pending.pop(0)}"
        lines.append(shorten(line, width, size))
    if pending:
        lines.append(shorten(" ".join(pending), width, size))
    return lines or [""]


def tint(step: str, share: float = 0.11) -> str:
    """The hue of a step thinned on a card, as a colour of the light theme."""
    hue, ground = HUES.get(step, SOFT), CARD
    mixed = (
        round(int(hue[i : i + 2], 16) * share + int(ground[i : i + 2], 16) * (1 - share)) for i in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)
