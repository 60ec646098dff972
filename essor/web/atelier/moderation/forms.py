"""Forms of the moderators."""

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.enums import HideReason, ModerationAct


class DecisionForm(forms.Form):
    """A decision about one voice; hiding wants a reason of the charter."""

    act = forms.ChoiceField(choices=ModerationAct, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Règle de la charte"),
        choices=[("", _("Choisir une règle")), *HideReason.choices],
        error_messages={
            "required": _("Choisissez la règle de la charte qui justifie de masquer cette voix.")
        },
    )
    explanation = forms.CharField(
        label=_("Mot à l’auteur ou l’autrice"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Il ou elle le lira avec son code de reçu. Restez factuel et poli."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = self.data.get("act", ModerationAct.HIDE) == ModerationAct.HIDE


class SeveralForm(forms.Form):
    """The same decision about several voices."""

    act = forms.ChoiceField(choices=[(each.value, each.label) for each in (
        ModerationAct.PUBLISH, ModerationAct.KEEP, ModerationAct.HIDE)])  # fmt: skip
    reason = forms.ChoiceField(choices=[("", ""), *HideReason.choices], required=False)
    voices = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args, among: list[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voices"].choices = [(pk, pk) for pk in among]


class AnswerForm(forms.Form):
    """The answer to a contestation."""

    decision = forms.ChoiceField(
        label=_("Décision"),
        choices=[("accept", _("Rétablir la voix")), ("refuse", _("La laisser masquée"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Réponse à la personne"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
