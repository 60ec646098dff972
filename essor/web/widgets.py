"""Form controls that a long list does not slow down."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class PlainSelect(forms.Select):
    """A select written in one go. Django renders one template an option: on 200 communes and meetings that
    is most of a page's time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The same HTML as Django's, options and groups included."""
        widget = self.get_context(name, value, attrs)["widget"]
        groups = [
            format_html('<optgroup label="{}">{}</optgroup>', label, self._written(options))
            if label
            else self._written(options)
            for label, options, _index in widget["optgroups"]
        ]
        outside = {"name": widget["name"], **widget["attrs"]}
        return format_html(
            "<select{}>{}</select>",
            flatatt(outside),
            format_html_join("", "{}", [(each,) for each in groups]),
        )

    @staticmethod
    def _written(options: list[dict[str, Any]]) -> SafeString:
        return format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            [(option["value"], flatatt(option["attrs"]), option["label"]) for option in options],
        )
