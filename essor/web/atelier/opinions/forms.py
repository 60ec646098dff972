"""What facilitators are asked about opinion votes. Forms only clean."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.models import Consultation
from essor.chain.opinions.enums import (
    Proposers,
    RejectReason,
    StatementModeration,
    StatementSource,
    StatementStatus,
)
from essor.chain.opinions.models import Conversation
from essor.chain.opinions.models.conversations import LONGEST
from essor.ground.territories.models import Territory
from essor.web.picking.fields import PickerForm, PickField
from essor.web.widgets import PlainSelect

REASONS = [each for each in RejectReason if each not in (RejectReason.TAKEN_BACK, RejectReason.ELSEWHERE)]


class ConversationForm(PickerForm):
    """The question, and the rules of the vote."""

    title = forms.CharField(label=_("Titre"), max_length=120)
    question = forms.CharField(
        label=_("La question posée"),
        max_length=240,
        help_text=_(
            "Une question ouverte : « Comment… », « Que faudrait-il pour… ». Elle ne change plus ensuite."
        ),
    )
    introduction = forms.CharField(
        label=_("Présentation"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    consultation = forms.ModelChoiceField(
        Consultation.objects.none(),
        label=_("Dans quelle concertation"),
        required=False,
        empty_label=_("Aucune"),
    )
    gathering = PickField(
        "rencontres", label=_("Pour une rencontre"), required=False, empty_label=_("Aucune en particulier")
    )
    proposers = forms.ChoiceField(label=_("Qui peut proposer une affirmation"), choices=Proposers.choices)
    moderation = forms.ChoiceField(label=_("Relecture"), choices=StatementModeration.choices)
    shortest = forms.IntegerField(label=_("Signes au moins"), min_value=1, max_value=LONGEST, initial=10)
    longest = forms.IntegerField(
        label=_("Signes au plus"),
        min_value=10,
        max_value=LONGEST,
        initial=140,
        help_text=_("Court : une seule idée, qui se lit en une fois."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Langues des affirmations"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=["fr"],
    )
    allow_guests = forms.BooleanField(label=_("On peut voter sans compte"), required=False, initial=True)
    closes_at = forms.DateTimeField(
        label=_("Fin prévue"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Facultatif. Vous pourrez clore à tout moment."),
    )
    least_votes = forms.IntegerField(
        label=_("Votes avant de figurer sur la carte"), min_value=1, max_value=100, initial=7
    )
    least_cell = forms.IntegerField(
        label=_("Personnes au moins dans une comparaison par famille"),
        min_value=3,
        max_value=1000,
        initial=10,
        help_text=_("En dessous, les chiffres ne sont montrés à personne."),
    )
    map_shared_devices = forms.BooleanField(
        label=_("Compter sur la carte les appareils partagés"),
        required=False,
        initial=True,
        help_text=_("Une famille, une médiathèque. Leurs réponses comptent toujours dans les résultats."),
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        here = Consultation.objects.in_territory(territory).order_by("-created_at")
        self.fields["consultation"].queryset = here
        self.fields["gathering"].here(territory)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("shortest") and given.get("longest") and given["longest"] < given["shortest"]:
            self.add_error("longest", _("Le plus ne peut pas être moins que le moins : échangez-les."))
        return given


class SeedForm(forms.Form):
    """Statements written by the team, one a line."""

    texts = forms.CharField(
        label=_("Affirmations, une par ligne"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Chacune dit une seule idée, avec laquelle on peut être d’accord ou non."),
    )

    def lines(self) -> list[str]:
        """The lines that say something."""
        return [line for line in self.cleaned_data["texts"].splitlines() if line.strip()]


class RewordForm(forms.Form):
    """Another wording, and why."""

    text = forms.CharField(label=_("L’affirmation"), widget=forms.Textarea(attrs={"rows": 3}))
    why = forms.CharField(
        label=_("Raison de la correction"),
        max_length=200,
        help_text=_("Tout le monde la lira, avec les mots d’avant et le nombre de réponses déjà données."),
    )


class StatementFilters(forms.Form):
    """What the team may ask of the statements."""

    q = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("État"),
        required=False,
        widget=PlainSelect,
        choices=[("", _("Toutes")), *StatementStatus.choices],
    )
    source = forms.ChoiceField(
        label=_("Origine"),
        required=False,
        widget=PlainSelect,
        choices=[("", _("Toutes")), *StatementSource.choices],
    )

    def asked(self) -> dict[str, str]:
        """The valid answers, whatever the others are."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "words": given.get("q", ""),
            "status": given.get("status", ""),
            "source": given.get("source", ""),
        }


class PaperForm(PickerForm):
    """Slips as they are typed: one a line."""

    slips = forms.CharField(
        label=_("Bulletins, un par ligne"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_(
            "Pour chaque bulletin : les numéros suivis de + (d’accord), - (pas d’accord) ou 0 (passe). "
            "Par exemple : 1+ 2- 3+ 7 0. Son numéro peut venir devant : « 12 : 1+ 2- »."
        ),
    )
    gathering = PickField(
        "rencontres", label=_("Rencontre"), required=False, empty_label=_("Celle du vote, ou aucune")
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["gathering"].here(territory)


class EvidenceForm(PickerForm):
    """The need that statements throw light on."""

    need = PickField("besoins", label=_("Le besoin"))

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["need"].here(territory)


def start_of(conversation: Conversation) -> dict[str, Any]:
    """The opinion vote as its form begins."""
    return {name: getattr(conversation, name) for name in ConversationForm.base_fields}
