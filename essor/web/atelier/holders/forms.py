"""What is asked about those who are met. Forms only clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.holders.enums import HolderStage, Manner, NotePrivacy
from essor.chain.holders.services.holders import HolderWords
from essor.common import clock
from essor.ground.territories.models import Territory, Theme
from essor.web.picking.fields import PickerForm, PickField
from essor.web.picking.kinds import team_of
from essor.web.widgets import PlainSelect

_DAY = {"type": "date"}


class HolderForm(PickerForm):
    """No more than what helps to meet somebody again."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    email = forms.EmailField(label=_("Adresse électronique"), required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=30, required=False)
    idea = forms.CharField(
        label=_("Son idée"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Thème"), required=False, empty_label=_("Aucun")
    )
    commune_code = forms.ChoiceField(label=_("Commune"), required=False, widget=PlainSelect)
    referent = PickField(
        "equipe",
        label=_("Qui la suit"),
        required=False,
        empty_label=_("Personne en particulier"),
    )
    next_step = forms.CharField(label=_("Prochain pas"), max_length=200, required=False)
    next_on = forms.DateField(
        label=_("Pour le"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["theme"].queryset = Theme.objects.in_territory(territory).in_use()
        self.fields["referent"].here(territory)
        communes = territory.communes.order_by("name").values_list("code", "name")
        self.fields["commune_code"].choices = [("", _("Aucune")), *communes]

    def words(self) -> HolderWords:
        """As the services take them."""
        return HolderWords(**{name: value for name, value in self.cleaned_data.items() if name != "base"})


class EncounterForm(forms.Form):
    """A meeting, its note, and the next step."""

    manner = forms.ChoiceField(label=_("Comment"), choices=Manner.choices, widget=PlainSelect)
    on = forms.DateField(
        label=_("Le"), initial=clock.today, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    note = forms.CharField(
        label=_("Ce qui s’est dit"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    privacy = forms.ChoiceField(
        label=_("Qui lit cette note ?"),
        choices=NotePrivacy.choices,
        initial=NotePrivacy.TEAM,
        widget=forms.RadioSelect,
    )
    next_step = forms.CharField(label=_("Prochain pas"), max_length=200, required=False)
    next_on = forms.DateField(
        label=_("Pour le"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """A note taken up again."""

    note = forms.CharField(
        label=_("Ce qui s’est dit"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    privacy = forms.ChoiceField(
        label=_("Qui lit cette note ?"), choices=NotePrivacy.choices, widget=forms.RadioSelect
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """A column, and a rank when the card was dropped somewhere."""

    stage = forms.ChoiceField(choices=HolderStage.choices)
    position = forms.IntegerField(required=False, min_value=0, max_value=100_000)


class HolderFilters(forms.Form):
    """What a facilitator may ask of the board and of the list."""

    q = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Colonne"),
        required=False,
        widget=PlainSelect,
        choices=[("", _("Toutes")), *HolderStage.choices],
    )
    theme = forms.ChoiceField(label=_("Thème"), required=False, widget=PlainSelect)
    referent = forms.ChoiceField(label=_("Qui suit"), required=False, widget=PlainSelect)
    due = forms.ChoiceField(
        label=_("Prochain pas"),
        required=False,
        choices=[
            ("", _("Peu importe")),
            ("late", _("En retard")),
            ("soon", _("Dans les sept jours")),
            ("none", _("Rien de prévu")),
            ("erased", _("Fiche bientôt effacée")),
        ],
        widget=PlainSelect,
    )
    sort = forms.ChoiceField(
        label=_("Trier"),
        required=False,
        choices=[("", _("Les plus récents")), ("next", _("Par prochain pas")), ("name", _("De A à Z"))],
        widget=PlainSelect,
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        themes = Theme.objects.in_territory(territory).in_use()
        self.fields["theme"].choices = [("", _("Tous")), *((each.slug, each.label) for each in themes)]
        team = team_of(territory).order_by("display_name").values_list("pk", "display_name")
        self.fields["referent"].choices = [("", _("Tout le monde")), *((str(pk), name) for pk, name in team)]

    def asked(self) -> dict[str, Any]:
        """The valid answers, whatever the others are."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        given["words"] = given.pop("q", "")
        return given
