"""What is asked about a need. Forms only clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.needs.enums import NeedState, Stance
from essor.chain.needs.models import Need
from essor.ground.people.enums import StakeholderFamily
from essor.ground.territories.models import Territory, Theme


class NeedForm(forms.Form):
    """The words of a need, where it is felt, and its theme."""

    statement = forms.CharField(
        label=_("Le besoin, en une phrase"),
        max_length=160,
        help_text=_(
            "Commencez par « Pouvoir », par exemple « Pouvoir rentrer chez soi le soir sans voiture »."
        ),
    )
    concerns = forms.CharField(
        label=_("Qui est concerné"),
        max_length=300,
        required=False,
        help_text=_(
            "Par exemple « Les jeunes sans permis et les personnes qui travaillent en horaires décalés »."
        ),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Thème"), required=False, empty_label=_("Sans thème")
    )
    communes = forms.MultipleChoiceField(
        label=_("Où ce besoin se fait sentir"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : dans tout le territoire."),
    )
    context = forms.CharField(
        label=_("Ce que l’on en sait"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ce qui existe déjà, ce qui a été essayé, des chiffres avec leur source."),
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["theme"].queryset = Theme.objects.in_territory(territory).in_use()
        communes = list(territory.communes.values_list("code", "name"))
        self.fields["communes"].choices = communes
        if not communes:
            del self.fields["communes"]

    def words(self) -> dict[str, Any]:
        """As the services take them."""
        given = dict(self.cleaned_data)
        codes = given.pop("communes", [])
        return {**given, "commune_codes": codes}


class MoveForm(forms.Form):
    """A new state, and why."""

    state = forms.ChoiceField(label=_("Nouvel état"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Pourquoi, en un mot"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Affiché à tout le monde, et dit à celles et ceux dont la voix appuie ce besoin."),
    )

    def __init__(self, *args: Any, need: Need, moves: frozenset[str], **more: Any) -> None:
        super().__init__(*args, **more)
        kept = [NeedState(each) for each in NeedState.values if each in moves]
        self.fields["state"].choices = [
            (each.value, each.label) for each in kept if each != NeedState.WITHDRAWN
        ]


class WhyForm(forms.Form):
    """Why a need is withdrawn."""

    why = forms.CharField(
        label=_("Pourquoi, en un mot"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NeedListFilters(forms.Form):
    """The list of needs in the atelier."""

    q = forms.CharField(label=_("Chercher un besoin"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("État"), required=False, choices=[("", _("tous")), *NeedState.choices])
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Thème"), required=False, empty_label=_("tous"), to_field_name="slug"
    )
    sort = forms.ChoiceField(
        label=_("Ranger par"),
        required=False,
        choices=[
            ("", _("dernier changement")),
            ("evidence", _("diversité des preuves")),
            ("name", _("nom")),
        ],
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["theme"].queryset = Theme.objects.in_territory(territory)

    def asked(self) -> dict[str, Any]:
        """What was asked and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class EvidenceFilters(forms.Form):
    """The evidence of a need."""

    stance = forms.ChoiceField(label=_("Avis"), required=False, choices=[("", _("tous")), *Stance.choices])
    family = forms.ChoiceField(
        label=_("Famille"), required=False, choices=[("", _("toutes")), *StakeholderFamily.choices]
    )

    def asked(self) -> dict[str, str]:
        """What was asked and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SearchForm(forms.Form):
    """Words to find voices by."""

    q = forms.CharField(label=_("Chercher parmi les voix du territoire"), required=False, max_length=100)
