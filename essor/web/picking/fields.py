"""A field that chooses one thing among thousands, and the form around it.

Without scripts: a search field, a button, and the first results to tick; everything else that was typed in
the form comes back with them. With scripts: a combobox that asks as one types (``picker.js``).
"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.urls import reverse

from essor.ground.territories.models import Territory
from essor.web.picking.kinds import KINDS, LONGEST, MOST, WITHOUT, Kind


class Picker(forms.Widget):
    """The control: ``<name>`` is what is chosen, ``<name>-q`` the words, ``<name>-asked`` those answered."""

    template_name = "parts/picker.html"
    kind: Kind
    url: str
    rows: QuerySet[Any]
    empty = ""
    asked = ""

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        self.asked = data.get(f"{name}-q", "")[:LONGEST]
        return data.get(name)

    def is_searching(self, data: Any, name: str) -> bool:
        """Whether the form was sent to search, by its button or by Enter among the words."""
        words = data.get(f"{name}-q", "").strip()
        return f"{name}-search" in data or bool(words and words != data.get(f"{name}-asked", "").strip())

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = self._chosen(value)
        found = self.kind.found(self.rows, self.asked)
        shown = [each for each in found[:MOST] if each != chosen]
        options = [*([chosen] if chosen is not None else []), *shown]
        context["widget"].update(
            url=self.url,
            options=[(each.pk, str(each), self.kind.told(each), each == chosen) for each in options],
            has_more=len(found) > MOST,
            asked=self.asked,
            empty=self.empty if not self.is_required else "",
            is_empty=chosen is None,
        )
        return context

    def _chosen(self, value: Any) -> Any:
        key = str(value or "")
        return self.rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None


class PickField(forms.ModelChoiceField):
    """One thing of a kind; ``here`` says where, before the form is shown."""

    widget: Any = Picker

    def __init__(self, kind: str, *, empty_label: Any = "", **more: Any) -> None:
        self.kind = kind
        super().__init__(None, empty_label=empty_label, **more)

    def here(
        self, territory: Territory, rows: QuerySet[Any] | None = None, without: QuerySet[Any] | None = None
    ) -> None:
        """Choose in this territory, among these rows (all that the kind shows), but those of ``without``."""
        known = KINDS[self.kind]
        rows = known.rows(territory) if rows is None else rows
        url = reverse("territory:pick", args=[territory.slug, self.kind])
        if without is not None:
            left_out = list(without[:WITHOUT])
            rows = rows.exclude(pk__in=left_out)
            url += f"?{urlencode({'sans': left_out}, doseq=True)}" if left_out else ""
        self.queryset = rows
        widget = self.widget
        widget.kind, widget.url, widget.rows, widget.empty = known, url, rows, self.empty_label or ""


class PickerForm(forms.Form):
    """A form with pickers: sent to search, it is not valid yet, says no error, and loses nothing."""

    has_picker = True

    @property
    def is_searching(self) -> bool:
        return self.is_bound and any(
            field.widget.is_searching(self.data, self.add_prefix(name))
            for name, field in self.fields.items()
            if isinstance(field.widget, Picker)
        )

    def full_clean(self) -> None:
        if not self.is_searching:
            super().full_clean()
            return
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, Any] = {}

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_searching
