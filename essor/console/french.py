"""French spacing: ordinary spaces of the sources become narrow no-break spaces where the rules want one."""

import re

NARROW = "\u202f"
# HTML tags, addresses and %(placeholders)s are left alone; what is between them is set.
_UNTOUCHED = re.compile(r"(<[^<>]*>|https?://\S+|%\([a-zA-Z_]\w*\)[-#0-9. +]*[a-zA-Z])")
_BEFORE = re.compile(r"[ \u00a0](?=[;:!?»€]|%%|%(?![\w(%]))")
_AFTER = re.compile(r"«[ \u00a0]")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))")


def spaced(text: str) -> str:
    """The message as it should be shown.

    >>> spaced("« Oui » : %(n)s %% !").replace(NARROW, "_")
    '«_Oui_»_: %(n)s_%%_!'

    The space before a mark is set even when a placeholder or a tag ends just before it:

    >>> spaced("Effacer <b>%(name)s</b> ? Voir https://example.org/?a=1 : 1 200 €").replace(NARROW, "_")
    'Effacer <b>%(name)s</b>_? Voir https://example.org/?a=1_: 1_200_€'
    """
    parts = _UNTOUCHED.split(text)
    return "".join(part if place % 2 else _set(part) for place, part in enumerate(parts))


def _set(text: str) -> str:
    text = _BEFORE.sub(NARROW, text)
    text = _AFTER.sub("«" + NARROW, text)
    return _THOUSANDS.sub(NARROW, text)
