"""Two people write the same form: what it said at the start travels with it, and what clashes is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

from essor.common.merging import Clash
from essor.common.moments import day

_SALT = "essor.web.together"


@dataclass(frozen=True)
class Difference:
    """A field filled in twice, in words: its label, what one wrote, what is kept."""

    label: str
    mine: str
    theirs: str


def start_token(values: Mapping[str, Any]) -> str:
    """What the form said when it was opened, signed, for its hidden field."""
    return signing.dumps(dict(values), salt=_SALT, compress=True)


def read_token(text: str) -> dict[str, Any]:
    """What a token holds; nothing if it is missing or was touched, so that every difference is shown."""
    try:
        held = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return {}
    return held if isinstance(held, dict) else {}


def differences_of(form: forms.Form, clashes: Iterable[Clash]) -> list[Difference]:
    """The clashes as a page shows them."""
    return [
        Difference(str(form.fields[name].label), _said(form, name, mine), _said(form, name, theirs))
        for clash in clashes
        for name, mine, theirs in zip(clash.fields, clash.mine, clash.theirs, strict=True)
        if mine != theirs
    ]


def _said(form: forms.Form, name: str, value: Any) -> str:
    if not value:
        return str(_("rien"))
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.filter(pk=value).first() or value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    return day(date.fromisoformat(value)) if isinstance(field, forms.DateField) else str(value)
