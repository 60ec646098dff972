"""The sentences of the readers in the language of the page, or of the terminal when Django is not running."""

from __future__ import annotations

import gettext as catalogue
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import translation

_LOCALE = Path(__file__).resolve().parents[1] / "locale"


@cache
def _terminal() -> catalogue.NullTranslations:
    return catalogue.translation("django", str(_LOCALE), fallback=True)


def gettext(message: str) -> str:
    return translation.gettext(message) if settings.configured else _terminal().gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    if settings.configured:
        return translation.ngettext(singular, plural, number)
    return _terminal().ngettext(singular, plural, number)
