"""Forms of the public pages of listening. They clean what comes in, nothing else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.listening import personal_data
from essor.chain.listening.enums import Channel, HideReason
from essor.chain.listening.models import Consultation, Contribution, Question
from essor.chain.listening.services.voices import LONGEST
from essor.ground.gatherings.models import Gathering
from essor.ground.people.enums import StakeholderFamily
from essor.ground.territories.models import Territory, Theme
from essor.web.listening.stamps import TOO_FAST, TOO_OLD, new_stamp, read_stamp
from essor.web.widgets import PlainSelect

ALIGNMENTS = [
    ("0", _("Je complète ou je nuance")),
    ("1", _("Je suis d’accord")),
    ("-1", _("Je ne suis pas d’accord")),
]


class ContributeForm(forms.Form):
    """One voice: a field, a button; the rest helps those who wish to say more."""

    question = forms.ModelChoiceField(Question.objects.none(), required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Votre voix"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Écrivez au moins quelques mots : c’est votre voix qui compte.")},
    )
    alignment = forms.ChoiceField(
        label=_("Votre avis sur cette voix"),
        choices=ALIGNMENTS,
        initial="0",
        required=False,
        widget=forms.RadioSelect,
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        label=_("Thème"),
        required=False,
        widget=forms.RadioSelect,
        empty_label=_("Aucun en particulier"),
    )
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    family = forms.ChoiceField(
        label=_("Vous parlez en tant que"),
        choices=StakeholderFamily,
        initial=StakeholderFamily.CITIZEN,
        required=False,
    )
    pseudonym = forms.CharField(
        label=_("Prénom ou pseudonyme"),
        required=False,
        max_length=80,
        help_text=_("Il peut paraître à côté de votre voix. Laissez vide pour rester anonyme."),
    )
    website = forms.CharField(
        label=_("Ne pas remplir"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    anyway = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, territory: Territory, questions: list[Question], is_reply: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.findings: list[personal_data.Finding] = []
        self.once = ""
        self.fields["question"].queryset = Question.objects.filter(pk__in=[each.pk for each in questions])
        self.fields["theme"].queryset = Theme.objects.in_territory(territory).in_use().tops()
        communes = [(each.code, each.name) for each in territory.communes.all()]
        self.fields["commune"].choices = [("", _("Je ne précise pas")), *communes]
        if not is_reply:
            self.fields.pop("alignment")
        self.initial["stamp"] = new_stamp()

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            self._write_again("website", "")
            raise forms.ValidationError(
                _("Un champ caché a été rempli, sans doute par votre navigateur. Envoyez de nouveau.")
            )
        return ""

    def clean_stamp(self) -> str:
        stamp = read_stamp(self.cleaned_data["stamp"])
        if stamp is None or stamp.age > TOO_OLD:
            self._write_again("stamp", new_stamp(stamp.once if stamp else ""))
            raise forms.ValidationError(
                _("Cette page était ouverte depuis longtemps. Vos mots sont gardés : envoyez de nouveau.")
            )
        if stamp.age < TOO_FAST:
            raise forms.ValidationError(
                _("C’était très rapide. Relisez votre texte, puis envoyez de nouveau : il est gardé.")
            )
        self.once = stamp.once
        return stamp.once

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.findings = personal_data.find(given.get("words", ""))
        if self.findings and not given.get("anyway"):
            self.add_error(
                "words", _("Ce texte contient peut-être une donnée personnelle : voyez plus haut.")
            )
        return given

    def _write_again(self, name: str, value: str) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value  # type: ignore[index]


class VoiceFilters(forms.Form):
    """What a reader of voices looks for."""

    q = forms.CharField(label=_("Chercher dans les voix"), required=False, max_length=100)
    consultation = forms.ModelChoiceField(
        Consultation.objects.none(), label=_("Concertation"), required=False, empty_label=_("Toutes")
    )
    question = forms.ModelChoiceField(
        Question.objects.none(), label=_("Question"), required=False, empty_label=_("Toutes")
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Thème"), required=False, empty_label=_("Tous")
    )
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    channel = forms.ChoiceField(label=_("Moyen"), required=False, choices=[("", _("Tous")), *Channel.choices])
    family = forms.ChoiceField(
        label=_("Qui parle"), required=False, choices=[("", _("Tout le monde")), *StakeholderFamily.choices]
    )
    gathering = forms.ModelChoiceField(
        Gathering.objects.none(), label=_("Rencontre"), required=False, empty_label=_("Toutes")
    )
    became = forms.ChoiceField(
        label=_("Ce qu’elles sont devenues"),
        required=False,
        choices=[("", _("Toutes")), ("nothing", _("Encore sans suite"))],
    )
    sort = forms.ChoiceField(
        label=_("Ordre"),
        required=False,
        choices=[("recent", _("Les plus récentes")), ("ancien", _("Les plus anciennes"))],
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.widget = PlainSelect(choices=field.choices)
        public = Consultation.objects.in_territory(territory).public()
        self.fields["consultation"].queryset = public
        self.fields["question"].queryset = Question.objects.filter(consultation__in=public)
        self.fields["theme"].queryset = Theme.objects.in_territory(territory)
        self.fields["gathering"].queryset = Gathering.objects.in_territory(territory).public().meetings()
        communes = [(each.code, each.name) for each in territory.communes.all()]
        self.fields["commune"].choices = [("", _("Toutes")), *communes]


class ReportForm(forms.Form):
    """Why a voice would break the charter."""

    reason = forms.ChoiceField(
        label=_("Quelle règle cette voix enfreint-elle ?"), choices=HideReason, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("Précision"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    website = forms.CharField(
        label=_("Ne pas remplir"), required=False, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )


class CodeForm(forms.Form):
    """The receipt of a voice."""

    code = forms.CharField(
        label=_("Votre code de reçu"),
        max_length=40,
        help_text=_("Douze signes, par exemple K7QF-M2XD-90AB. Majuscules et tirets sont sans importance."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class CorrectForm(forms.Form):
    """A new wording."""

    words = forms.CharField(
        label=_("Votre voix"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
    )
    why = forms.CharField(
        label=_("Pourquoi cette correction ?"),
        required=False,
        max_length=200,
        help_text=_("Par exemple : une faute, un oubli, une précision."),
    )

    def __init__(self, *args: Any, voice: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, initial={"words": voice.words}, **kwargs)


class AppealForm(forms.Form):
    """Why a voice should be read again."""

    words = forms.CharField(
        label=_("Pourquoi cette voix devrait-elle être rétablie ?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
