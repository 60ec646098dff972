"""What is asked of those who vote. Forms only clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.opinions.enums import ConversationState
from essor.chain.opinions.models import Conversation
from essor.ground.people.enums import StakeholderFamily
from essor.web.widgets import PlainSelect

STATES = (ConversationState.OPEN, ConversationState.CLOSED, ConversationState.ARCHIVED)
SORTS = (
    ("agreed", _("Les plus partagées")),
    ("divided", _("Celles qui divisent")),
    ("disagreed", _("Les plus contestées")),
    ("seen", _("Les plus répondues")),
    ("recent", _("Les plus récentes")),
    ("number", _("Par numéro")),
)


class ConversationFilters(forms.Form):
    """What a visitor may ask of the list."""

    q = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("État"), required=False, widget=PlainSelect)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        states = [(each, each.label) for each in STATES]
        self.fields["state"].choices = [("", _("Tous")), *states]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """The valid answers, whatever the others are."""
        self.is_valid()
        return {"words": self.cleaned_data.get("q", ""), "state": self.cleaned_data.get("state", "")}


class ResultFilters(forms.Form):
    """What a reader may ask of the statements."""

    q = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    sort = forms.ChoiceField(label=_("Trier"), required=False, choices=SORTS, widget=PlainSelect)

    def asked(self) -> dict[str, str]:
        """The valid answers, whatever the others are."""
        self.is_valid()
        given = self.cleaned_data
        return {"words": given.get("q", ""), "sort": given.get("sort") or "agreed"}


class ProposeForm(forms.Form):
    """A statement of one's own."""

    text = forms.CharField(
        label=_("Votre affirmation"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une seule idée, en une phrase, avec laquelle on peut être d’accord ou non."),
    )
    website = forms.CharField(
        label=_("Ne pas remplir"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    seen = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, conversation: Conversation, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["text"]
        field.max_length, field.min_length = conversation.longest, conversation.shortest  # type: ignore[attr-defined]
        field.widget.attrs.update(maxlength=conversation.longest, minlength=conversation.shortest)


class FamilyForm(forms.Form):
    """From where one speaks, if one agrees to say it."""

    family = forms.ChoiceField(
        label=_("Vous répondez plutôt en tant que"),
        required=False,
        choices=[("", _("je préfère ne pas le dire")), *StakeholderFamily.choices],
        widget=PlainSelect,
    )
    consent = forms.BooleanField(
        label=_("J’accepte que ma famille serve à comparer les réponses, jamais à moins de gens qu’annoncé."),
        required=False,
    )
