"""What is asked about a challenge. Forms only clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.challenges.enums import ChallengeState, Ending, PhaseKind
from essor.chain.challenges.lifecycle import PUBLIC
from essor.chain.challenges.models import Challenge
from essor.chain.challenges.services.challenges import PhaseWords
from essor.chain.challenges.services.lacks import phases_of
from essor.chain.challenges.services.refusals import ChallengeRefused
from essor.chain.listening import personal_data
from essor.ground.territories.models import Territory, Theme
from essor.web.picking.fields import PickerForm, PickField
from essor.web.widgets import PlainSelect

NOT_A_NEED_OF_HERE = _("Ce besoin n’est pas publié dans ce territoire : choisissez-en un d’ici.")

_AIMS = {
    PhaseKind.LEARN: _("S’informer : que faut-il savoir d’abord ?"),
    PhaseKind.CREATE: _("Créer : qu’inventera-t-on ensemble ?"),
    PhaseKind.ACT: _("Agir : qu’essaiera-t-on pour de vrai ?"),
}


class ChallengeForm(PickerForm):
    """The challenge in a few words, then its three phases."""

    title = forms.CharField(label=_("Le défi, en quelques mots"), max_length=120)
    summary = forms.CharField(
        label=_("De quoi il s’agit"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce qui ne va pas, ce que vous voulez essayer, qui peut venir."),
    )
    need = PickField(
        "besoins",
        label=_("Le besoin qu’il prend en charge"),
        required=False,
        empty_label=_("Aucun : c’est une idée"),
        error_messages={
            "invalid_choice": _("Ce besoin n’est pas publié dans ce territoire : choisissez-en un d’ici.")
        },
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Thème"), required=False, empty_label=_("Celui du besoin, ou aucun")
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["need"].here(territory)
        self.fields["theme"].queryset = Theme.objects.in_territory(territory).in_use()
        for kind in PhaseKind:
            self.fields[f"{kind}_aim"] = forms.CharField(
                label=_AIMS[kind], max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            for side, label in (("starts_on", _("%(phase)s : du")), ("ends_on", _("%(phase)s : au"))):
                self.fields[f"{kind}_{side}"] = forms.DateField(
                    label=label % {"phase": kind.label.capitalize()},
                    required=False,
                    widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for kind in PhaseKind:
            starts, ends = given.get(f"{kind}_starts_on"), given.get(f"{kind}_ends_on")
            if starts and ends and ends < starts:
                said = {"phase": kind.label}
                reason = _("La phase « %(phase)s » finit avant de commencer : échangez ses dates.") % said
                self.add_error(f"{kind}_ends_on", reason)
        return given

    def refuse(self, refused: ChallengeRefused) -> None:
        """Say each thing that lacks at its own field."""
        for lack in refused.lacks:
            self.add_error(lack.field, lack.words)
        if not refused.lacks:
            self.add_error(None, str(refused))

    def words(self) -> dict[str, Any]:
        """As the services take them."""
        given = self.cleaned_data
        names = ("aim", "starts_on", "ends_on")
        phases = {
            kind.value: PhaseWords(
                **{name: given.get(f"{kind}_{name}") or ("" if name == "aim" else None) for name in names}
            )
            for kind in PhaseKind
        }
        return {**{name: given[name] for name in ("title", "summary", "need", "theme")}, "phases": phases}


class VoiceForm(forms.Form):
    """A contribution to a phase. Personal data are pointed at once."""

    words = forms.CharField(
        label=_("Votre contribution"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    website = forms.CharField(
        label=_("Ne pas remplir"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    anyway = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        found = personal_data.find(given.get("words", ""))
        if found and not given.get("anyway"):
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


class OutcomeForm(forms.Form):
    """What came out of a phase."""

    outcome = forms.CharField(
        label=_("Ce qui en est sorti"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class EndForm(forms.Form):
    """How the challenge ends."""

    ending = forms.ChoiceField(
        label=_("Comment se termine-t-il ?"), choices=Ending.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Ce qu’il en est resté"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Tout le monde le lira. Obligatoire s’il finit sans projet."),
    )


class GatheringForm(PickerForm):
    """A gathering of the territory, or a new one."""

    gathering = PickField(
        "rencontres-a-venir",
        label=_("Une rencontre déjà annoncée"),
        required=False,
        empty_label=_("Non, une nouvelle"),
    )
    title = forms.CharField(label=_("Titre de la nouvelle rencontre"), max_length=160, required=False)
    day = forms.DateField(
        label=_("Le"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    starts = forms.TimeField(label=_("De"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("À"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    place_name = forms.CharField(label=_("Lieu"), max_length=120, required=False)

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["gathering"].here(territory)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("gathering"):
            return given
        missing = [name for name in ("title", "day", "starts", "ends") if not given.get(name)]
        for name in missing:
            self.add_error(name, _("Donnez-le, ou choisissez une rencontre déjà annoncée."))
        if not missing and given["ends"] <= given["starts"]:
            self.add_error("ends", _("La rencontre finit après avoir commencé : corrigez l’heure."))
        return given


class RulesForm(forms.Form):
    """How challenges begin."""

    circle_size = forms.IntegerField(
        label=_("Combien de personnes forment le premier cercle ?"), min_value=1, max_value=500
    )
    read_before = forms.BooleanField(label=_("Relire chaque défi avant de le publier"), required=False)


class ChallengeFilters(forms.Form):
    """What a visitor may ask of the list."""

    STATES = PUBLIC
    q = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("État"), required=False, widget=PlainSelect)
    theme = forms.ChoiceField(label=_("Thème"), required=False, widget=PlainSelect)
    sort = forms.ChoiceField(
        label=_("Trier"),
        required=False,
        choices=[
            ("supported", _("Les plus soutenus")),
            ("new", _("Les plus récents")),
            ("name", _("De A à Z")),
        ],
        widget=PlainSelect,
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["state"].choices = [
            ("", _("Tous")),
            *((each, ChallengeState(each).label) for each in self.STATES),
        ]
        themes = Theme.objects.in_territory(territory).in_use()
        self.fields["theme"].choices = [("", _("Tous")), *((each.slug, each.label) for each in themes)]

    def asked(self) -> dict[str, Any]:
        """The valid answers, whatever the others are."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        given["words"] = given.pop("q", "")
        return given


class AtelierChallengeFilters(ChallengeFilters):
    """For facilitators: every state."""

    STATES = tuple(ChallengeState)


def start_of(challenge: Challenge) -> dict[str, Any]:
    """The challenge as its form begins."""
    start: dict[str, Any] = {
        "title": challenge.title,
        "summary": challenge.summary,
        "need": challenge.need_id,
        "theme": challenge.theme_id,
    }
    for phase in phases_of(challenge=challenge):
        for name in ("aim", "starts_on", "ends_on"):
            start[f"{phase.kind}_{name}"] = getattr(phase, name)
    return start
