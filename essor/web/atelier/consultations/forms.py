"""Forms of the facilitator's consultations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.enums import Moderation, PhaseKind

_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ConsultationForm(forms.Form):
    """What a consultation says of itself."""

    title = forms.CharField(label=_("Titre"), max_length=120)
    summary = forms.CharField(
        label=_("En une phrase"),
        max_length=240,
        help_text=_("Ce que vous demandez aux gens, avec leurs mots."),
    )
    description = forms.CharField(
        label=_("Présentation"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Pourquoi, pour qui, avec qui. Titres, listes et liens en Markdown."),
    )
    engagement = forms.CharField(
        label=_("Notre engagement"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce que vous promettez de faire des voix, et quand. Il paraît bien en vue."),
    )
    moderation = forms.ChoiceField(
        label=_("Modération"), choices=Moderation, initial=Moderation.AFTER, widget=forms.RadioSelect
    )
    allow_guests = forms.BooleanField(
        label=_("Participation sans compte"),
        required=False,
        initial=True,
        help_text=_("Recommandé : la plupart des gens ne viennent qu’une fois."),
    )


class QuestionForm(forms.Form):
    """An open question."""

    text = forms.CharField(
        label=_("Question"), max_length=300, help_text=_("Ouverte, courte, sans réponse suggérée.")
    )
    help_text = forms.CharField(label=_("Précision"), required=False, max_length=300)


class PhaseForm(forms.Form):
    """A dated phase."""

    kind = forms.ChoiceField(
        label=_("Type"),
        choices=PhaseKind,
        initial=PhaseKind.LISTEN,
        help_text=_("Les voix ne sont reçues que pendant les étapes « donner sa voix »."),
    )
    title = forms.CharField(label=_("Titre"), max_length=120)
    starts_at = forms.DateTimeField(label=_("Début"), widget=_MOMENT)
    ends_at = forms.DateTimeField(label=_("Fin"), widget=_MOMENT)
    description = forms.CharField(
        label=_("Description"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
