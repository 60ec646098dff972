"""Forms of capture: a line of a meeting, paper slips, an interview with its consent."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.listening.enums import ConsentManner, ConsultationState
from essor.chain.listening.models import Consultation, Question
from essor.common import clock
from essor.ground.gatherings.models import Gathering
from essor.ground.people.enums import StakeholderFamily
from essor.ground.territories.models import Territory

_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
TABLES = [str(number) for number in range(1, 9)]
SAME = "+"
NOT_SAID = ("", _("non dite"))


def communes_of(territory: Territory) -> list[tuple[str, Any]]:
    return [NOT_SAID, *territory.communes.values_list("code", "name")]


def consultations_of(territory: Territory) -> Any:
    return Consultation.objects.in_territory(territory).exclude(state=ConsultationState.ARCHIVED)


def offer_consultations(form: forms.Form, territory: Territory) -> None:
    """The consultations of the territory; when there is only one, it is already chosen."""
    field = form.fields["consultation"]
    field.queryset = consultations_of(territory)
    first = list(field.queryset[:2])
    if len(first) == 1:
        field.initial = first[0].pk


class ChooseForm(forms.Form):
    """Which meeting, for which consultation."""

    gathering = forms.ModelChoiceField(
        label=_("Rencontre"), queryset=Gathering.objects.none(), empty_label=_("Choisir une rencontre")
    )
    consultation = forms.ModelChoiceField(
        label=_("Concertation"),
        queryset=Consultation.objects.none(),
        empty_label=_("Choisir une concertation"),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = Gathering.objects.in_territory(territory).meetings().exclude(state="cancelled")
        self.fields["gathering"].queryset = meetings
        offer_consultations(self, territory)


class LineForm(forms.Form):
    """One verbatim of a meeting. A ``+`` before the words gives them to the person of the line before."""

    words = forms.CharField(
        label=_("Ce qui est dit"), max_length=100_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    table = forms.CharField(label=_("Table"), max_length=20, required=False)
    question = forms.ModelChoiceField(
        label=_("Question"), queryset=Question.objects.none(), required=False, empty_label=_("sans question")
    )
    family = forms.ChoiceField(label=_("Qui parle"), choices=StakeholderFamily)
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, territory: Territory, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = consultation.questions.filter(is_retired=False)
        self.fields["commune"].choices = communes_of(territory)

    @property
    def same_speaker(self) -> bool:
        return str(self.cleaned_data["words"]).lstrip().startswith(SAME)

    @property
    def bare_words(self) -> str:
        return str(self.cleaned_data["words"]).lstrip().removeprefix(SAME).strip()

    @property
    def line_key(self) -> UUID:
        return self.cleaned_data["key"] or uuid4()


class CorrectionForm(forms.Form):
    """A line written better. The first wording is kept."""

    words = forms.CharField(
        label=_("Ce qui a été dit"), max_length=100_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class PaperForm(forms.Form):
    """Slips collected on paper, pasted together."""

    PARAGRAPH, LINE = "paragraph", "line"
    consultation = forms.ModelChoiceField(
        label=_("Concertation"),
        queryset=Consultation.objects.none(),
        empty_label=_("Choisir une concertation"),
    )
    gathering = forms.ModelChoiceField(
        label=_("Rencontre"),
        queryset=Gathering.objects.none(),
        required=False,
        empty_label=_("hors rencontre"),
    )
    question = forms.ModelChoiceField(
        label=_("Question"), queryset=Question.objects.none(), required=False, empty_label=_("sans question")
    )
    family = forms.ChoiceField(label=_("Qui écrit"), choices=StakeholderFamily)
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    cut = forms.ChoiceField(
        label=_("Un papier, c’est"),
        choices=[(PARAGRAPH, _("un paragraphe (séparé par une ligne vide)")), (LINE, _("une ligne"))],
        initial=PARAGRAPH,
        widget=forms.RadioSelect,
    )
    slips = forms.CharField(
        label=_("Les papiers"), max_length=1_000_000, widget=forms.Textarea(attrs={"rows": 12}), strip=False
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        consultations = consultations_of(territory)
        self.fields["consultation"].queryset = consultations
        self.fields["gathering"].queryset = Gathering.objects.in_territory(territory).meetings()
        self.fields["question"].queryset = Question.objects.filter(
            consultation__in=consultations, is_retired=False
        ).select_related("consultation")
        self.fields["commune"].choices = communes_of(territory)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        question, consultation = data.get("question"), data.get("consultation")
        if question and consultation and question.consultation_id != consultation.pk:
            self.add_error("question", _("Cette question n’est pas de la concertation choisie."))
        return data


class ConsentForm(forms.Form):
    """What somebody met agrees to."""

    purpose = forms.CharField(
        label=_("À quoi serviront ses mots"),
        max_length=240,
        initial=_("La synthèse de la concertation et les besoins qui en sortent."),
    )
    may_quote = forms.TypedChoiceField(
        label=_("Ses mots peuvent être"),
        choices=[
            ("1", _("cités publiquement, sous le pseudonyme")),
            ("0", _("comptés seulement, jamais montrés")),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    until_on = forms.DateField(
        label=_("Jusqu’au"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Passé ce jour, ses mots quittent le site d’eux-mêmes."),
    )
    given = forms.ChoiceField(label=_("Consentement donné"), choices=ConsentManner, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_on"].initial = clock.today() + timedelta(days=730)


class InterviewForm(ConsentForm):
    """An interview: somebody without a name, and what they agree to."""

    pseudonym = forms.CharField(
        label=_("Pseudonyme"),
        max_length=80,
        help_text=_("Jamais le nom : « Habitante, 40-59 ans », « Artisan du bourg »…"),
    )
    family = forms.ChoiceField(label=_("Famille d’acteurs"), choices=StakeholderFamily)
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    held_at = forms.DateTimeField(label=_("Date et heure de l’entretien"), widget=_MOMENT)
    field_order = ("pseudonym", "family", "commune", "held_at", "may_quote", "purpose", "until_on", "given")

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].choices = communes_of(territory)
        self.fields["held_at"].initial = clock.now() - timedelta(hours=1)


class NotesForm(forms.Form):
    """The notes of an interview, before they are cut."""

    consultation = forms.ModelChoiceField(
        label=_("Concertation"),
        queryset=Consultation.objects.none(),
        empty_label=_("Choisir une concertation"),
    )
    notes = forms.CharField(
        label=_("Notes de l’entretien"),
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Une parole par paragraphe. Une ligne « --- » coupe aussi."),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_consultations(self, territory)
