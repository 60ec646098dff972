"""What is asked of those who write in a sheet, comment or answer. Forms only clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.listening import personal_data
from essor.chain.listening.enums import HideReason
from essor.chain.projects.enums import Position


class SectionForm(forms.Form):
    """The words of a section, and the version they were written from."""

    words = forms.CharField(
        label=_("Votre texte"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 14})
    )
    note = forms.CharField(
        label=_("Ce que vous avez changé"), required=False, max_length=200, help_text=_("Pour l’équipe.")
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class _WordsForm(forms.Form):
    """Words of one's own. Personal data are pointed at once; sent anyway, they wait to be read."""

    words = forms.CharField(
        label=_("Votre commentaire"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    anyway = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.findings = personal_data.find(given.get("words", ""))
        if self.findings and not given.get("anyway"):
            self.data = self.data.copy()
            self.data["anyway"] = "1"  # type: ignore[index]
            self.add_error(
                "words",
                _(
                    "Ce texte contient peut-être une donnée personnelle. Retirez-la, ou envoyez de nouveau : "
                    "quelqu’un le lira avant de le publier."
                ),
            )
        return given


class CommentForm(_WordsForm):
    """A comment, or an answer to one."""

    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CorrectionForm(_WordsForm):
    """One's own comment, mended: looked at like the first words."""


class CommentReportForm(forms.Form):
    """Why a comment would break the charter."""

    reason = forms.ChoiceField(
        label=_("Quelle règle ce commentaire enfreint-il ?"), choices=HideReason, widget=forms.RadioSelect
    )
    explanation = forms.CharField(
        label=_("Précision"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    """What a public body says of a project."""

    organisation = forms.ModelChoiceField(None, label=_("Au nom de"), empty_label=None)
    position = forms.ChoiceField(label=_("Position"), choices=Position.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("La réponse"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Publiée avec le nom de la collectivité. Une réponse plus récente la remplacera."),
    )

    def __init__(self, *args: Any, organisations: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].queryset = organisations
