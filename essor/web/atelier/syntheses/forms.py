"""What is asked before a synthesis, and the filters of its pages. Forms only clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.enums import Channel, VoiceState
from essor.chain.listening.models import Consultation, Contribution, Question
from essor.chain.needs.enums import Grain, Stance
from essor.chain.needs.scopes import Scope
from essor.chain.needs.services.syntheses import MOST_SEED
from essor.ground.gatherings.models import Gathering
from essor.ground.people.enums import StakeholderFamily
from essor.ground.territories.models import Territory

COUNTED = (VoiceState.PUBLISHED, VoiceState.PRIVATE)


class SynthesisForm(forms.Form):
    """Which voices, how fine, which seed."""

    title = forms.CharField(
        label=_("Nom de la synthèse"),
        max_length=120,
        help_text=_("Pour la retrouver, par exemple « Ce que nous avons entendu au printemps »."),
    )
    consultation = forms.ModelChoiceField(
        Consultation.objects.none(),
        label=_("Concertation"),
        required=False,
        empty_label=_("Toutes les voix du territoire"),
    )
    channels = forms.MultipleChoiceField(
        choices=Channel.choices,
        label=_("Comment les voix sont arrivées"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : toutes."),
    )
    questions = forms.ModelMultipleChoiceField(
        Question.objects.none(),
        label=_("Questions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : toutes, et les voix sans question."),
    )
    gatherings = forms.ModelMultipleChoiceField(
        Gathering.objects.none(),
        label=_("Rencontres"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : toutes, et les voix reçues hors rencontre."),
    )
    since = forms.DateField(
        label=_("Depuis le"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    grain = forms.ChoiceField(
        choices=Grain.choices,
        label=_("Finesse"),
        initial=Grain.DETAIL,
        widget=forms.RadioSelect,
        help_text=_("Les deux finesses sont toujours calculées ; celle-ci s’ouvre en premier."),
    )
    seed = forms.IntegerField(
        label=_("Graine du hasard"),
        initial=1,
        min_value=0,
        max_value=MOST_SEED,
        help_text=_("Les mêmes voix et la même graine redonnent exactement le même résultat."),
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        here = Consultation.objects.in_territory(territory).public()
        self.fields["consultation"].queryset = here
        self.fields["questions"].queryset = Question.objects.filter(consultation__in=here).order_by(
            "consultation_id", "position"
        )[:200]
        heard = Contribution.objects.in_territory(territory).filter(gathering__isnull=False)
        self.fields["gatherings"].queryset = (
            Gathering.objects.in_territory(territory)
            .meetings()
            .filter(pk__in=heard.values("gathering"))
            .order_by("starts_at")
        )
        for name in ("questions", "gatherings"):
            if not self.fields[name].queryset:
                del self.fields[name]

    def scope(self) -> dict[str, Any]:
        """The choice of voices as a synthesis keeps it."""
        cleaned = self.cleaned_data
        return Scope(
            questions=tuple(each.pk for each in cleaned.get("questions", ())),
            gatherings=tuple(each.pk for each in cleaned.get("gatherings", ())),
            channels=tuple(cleaned["channels"]),
            since=cleaned["since"],
        ).to_json()


class SynthesisFilters(forms.Form):
    """The list of syntheses."""

    state = forms.ChoiceField(
        label=_("Montrer"),
        required=False,
        choices=[("", _("celles qui servent")), ("archived", _("les archivées"))],
    )


class GroupSort(forms.Form):
    """The order of groups."""

    sort = forms.ChoiceField(
        label=_("Ranger par"),
        required=False,
        choices=[
            ("diversity", _("diversité : familles, puis rencontres, puis personnes")),
            ("size", _("nombre de voix")),
            ("label", _("nom")),
        ],
    )


class VoiceFilters(forms.Form):
    """The voices of a group."""

    q = forms.CharField(label=_("Chercher dans ces voix"), required=False, max_length=100)
    family = forms.ChoiceField(
        label=_("Famille"), required=False, choices=[("", _("toutes")), *StakeholderFamily.choices]
    )
    stance = forms.ChoiceField(label=_("Avis"), required=False, choices=[("", _("tous")), *Stance.choices])
    copies = forms.ChoiceField(
        label=_("Presque identiques"),
        required=False,
        choices=[("", _("repliées")), ("shown", _("montrées"))],
    )

    def asked(self) -> dict[str, str]:
        """What was asked and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
