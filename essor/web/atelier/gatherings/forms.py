"""Forms of the atelier's gatherings."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.models import Gathering
from essor.ground.people.enums import StakeholderFamily
from essor.ground.territories.models import Territory

AGENDA_MOST = 40
_MOMENT = "%Y-%m-%dT%H:%M"


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        input_formats=[_MOMENT, "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
    )


class GatheringForm(forms.Form):
    """What people need to know to come."""

    kind = forms.ChoiceField(label=gettext_lazy("Forme"))
    title = forms.CharField(label=gettext_lazy("Titre"), max_length=160)
    summary = forms.CharField(
        label=gettext_lazy("Présentation"), required=False, max_length=4000, widget=forms.Textarea
    )
    starts_at = _moment(gettext_lazy("Début"))
    ends_at = _moment(gettext_lazy("Fin"))
    commune_code = forms.ChoiceField(label=gettext_lazy("Commune"), required=False)
    place_name = forms.CharField(label=gettext_lazy("Lieu"), required=False, max_length=120)
    address = forms.CharField(label=gettext_lazy("Adresse"), required=False, max_length=200)
    access_notes = forms.CharField(
        label=gettext_lazy("Accès"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Transports, accès en fauteuil, garde d’enfants…"),
    )
    registration_open = forms.BooleanField(label=gettext_lazy("Ouvrir les inscriptions"), required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Nombre de places"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=gettext_lazy("Laissez vide s’il n’y a pas de limite."),
    )
    agenda = forms.CharField(
        label=gettext_lazy("Ordre du jour"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Un point par ligne ; les minutes au début si vous voulez : « 20 Accueil »."),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (value, label) for value, label in GatheringKind.choices if value != GatheringKind.INTERVIEW
        ]
        communes = territory.communes.values_list("code", "name")
        self.fields["commune_code"].choices = [("", "—"), *communes]

    @staticmethod
    def initial_of(gathering: Gathering) -> dict[str, Any]:
        """What the form shows for a gathering that exists."""
        agenda = "\n".join(
            f"{item.minutes} {item.title}" if item.minutes else item.title for item in gathering.agenda.all()
        )
        names = (
            "kind", "title", "summary", "starts_at", "ends_at", "commune_code", "place_name", "address",
            "access_notes", "registration_open", "capacity",
        )  # fmt: skip
        return {"agenda": agenda, **{name: getattr(gathering, name) for name in names}}

    def clean_agenda(self) -> list[tuple[str, int | None]]:
        """Lines as (title, minutes or None)."""
        lines = [line.strip() for line in self.cleaned_data["agenda"].splitlines() if line.strip()]
        if len(lines) > AGENDA_MOST:
            raise forms.ValidationError(
                _("L’ordre du jour a %(n)s points : gardez-en %(most)s au plus.")
                % {"n": len(lines), "most": AGENDA_MOST}
            )
        return [_agenda_item(line) for line in lines]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if isinstance(starts, datetime) and isinstance(ends, datetime) and ends <= starts:
            self.add_error("ends_at", _("La fin doit venir après le début."))
        return cleaned


def _agenda_item(line: str) -> tuple[str, int | None]:
    first, _space, rest = line.partition(" ")
    if first.isdecimal() and rest and int(first) <= 600:
        return rest.strip()[:200], int(first)
    return line[:200], None


class CancelForm(forms.Form):
    """Why a meeting is cancelled."""

    because = forms.CharField(label=gettext_lazy("Pourquoi est-elle annulée ?"), max_length=240)


class AttendanceForm(forms.Form):
    """How many came, by family."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in StakeholderFamily.choices:
            self.fields[value] = forms.IntegerField(
                label=str(label).capitalize(), min_value=0, max_value=100_000, required=False
            )

    def counts(self) -> dict[str, int]:
        """The families that were filled in."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class MinutesForm(forms.Form):
    """The minutes, in light Markdown."""

    body = forms.CharField(
        label=gettext_lazy("Compte rendu"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=gettext_lazy("Titres avec ##, listes avec -. N’écrivez aucun nom sans accord."),
    )
