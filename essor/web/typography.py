"""How text and numbers are set: French spaces, thousands, quotation marks."""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

NARROW = "\u202f"
_TAG = re.compile(r"(<[^>]*>)")
_BEFORE = re.compile(r"[ \u00a0]([;:!?»](?!\w))")
_INSIDE = re.compile(r"«[ \u00a0]?(?=\S)|(?<=[^\s«])[ \u00a0]?»")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))")
_UNIT = re.compile(r"(?<=\d)[ \u00a0](?=(?:€|%|h|min|km|m²|ans)(?![^\W\d_]))")


def nombre(value: int | float | Decimal | str | None) -> str:
    """A number as one reads it: 1 243 with narrow no-break spaces in French, 1,243 in English.

    >>> nombre(1243).replace(NARROW, "_")
    '1_243'
    """
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        if not value.lstrip("-").isdecimal():
            return value
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = number_format(value, use_l10n=True, force_grouping=True)
    return text.replace("\u00a0", NARROW) if _is_french() else text


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: 0 besoin, 1 besoin, 2 besoins in French; 0 needs, 1 need in English."""
    singular = number == 1 or (number == 0 and _is_french())
    return f"{nombre(number)} {one if singular else many}"


def spaced(text: str) -> str:
    """French spacing of plain text: narrow no-break spaces where the rules want one.

    >>> spaced("« Oui » : 1 200 € !").replace(NARROW, "_")
    '«_Oui_»_: 1_200_€_!'
    """
    text = _BEFORE.sub(NARROW + r"\1", text)
    text = _INSIDE.sub(lambda found: "«" + NARROW if found[0][0] == "«" else NARROW + "»", text)
    text = _THOUSANDS.sub(NARROW, text)
    return _UNIT.sub(NARROW, text)


def typo(text: object) -> SafeString:
    """Escaped text (or safe HTML, whose tags are left alone) with French spacing.

    >>> typo("<b> ?").replace(NARROW, "_")
    '&lt;b&gt;_?'
    """
    parts = _TAG.split(conditional_escape(text))
    return mark_safe("".join(part if part.startswith("<") else spaced(part) for part in parts))


def guillemets(text: object) -> SafeString:
    """Words someone said, between the quotation marks of the reader's language; never doubled.

    >>> guillemets("Oui ?").replace(NARROW, "_")
    '«_Oui_?_»'
    """
    bare = str(conditional_escape(text)).strip()
    if bare.startswith("«") and bare.endswith("»") and bare.count("«") == 1:
        bare = bare[1:-1].strip()
    if _is_french():
        return mark_safe(f"«{NARROW}{typo(mark_safe(bare))}{NARROW}»")
    return mark_safe(f"“{bare}”")


def _is_french() -> bool:
    return (get_language() or "fr").startswith("fr")
