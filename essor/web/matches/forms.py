"""What is asked about a proposal. Forms only clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.chain.matches.enums import Answer, Reason
from essor.ground.territories.models import Territory, Theme
from essor.web.widgets import PlainSelect

ANSWERS = [
    (Answer.ACCEPTED, _("Oui, faisons connaissance")),
    (Answer.POSTPONED, _("Plus tard")),
    (Answer.DECLINED, _("Non")),
]


class AnswerForm(forms.Form):
    """Yes, later or no; a no says why."""

    answer = forms.ChoiceField(label=_("Votre réponse"), choices=ANSWERS, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Si c’est non, pourquoi ?"),
        choices=Reason.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Le prochain calcul en tiendra compte."),
    )
    until_on = forms.DateField(
        label=_("Si c’est plus tard, à partir du"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Sans date : dans trois mois."),
    )
    words = forms.CharField(
        label=_("Un mot de plus"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lu par l’autre côté et par la facilitation."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") == Answer.DECLINED and not given.get("reason"):
            self.add_error("reason", _("Dites pourquoi, d’un clic : le prochain calcul en tiendra compte."))
        return given


class MatchFilters(forms.Form):
    """What a facilitator looks for among the proposals."""

    q = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Pour"),
        required=False,
        choices=[("", _("Tout")), ("need", _("Les besoins")), ("project", _("Les projets"))],
        widget=PlainSelect,
    )
    theme = forms.ChoiceField(label=_("Thème"), required=False, widget=PlainSelect)
    state = forms.ChoiceField(
        label=_("Réponses"),
        required=False,
        choices=[
            ("", _("Toutes")),
            ("waiting", _("Personne n’a répondu")),
            ("accepted", _("Un oui au moins")),
            ("declined", _("Un non au moins")),
            ("postponed", _("Un plus tard au moins")),
        ],
        widget=PlainSelect,
    )
    unusual = forms.BooleanField(label=_("Inédites seulement"), required=False)

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = Theme.objects.in_territory(territory).in_use()
        self.fields["theme"].choices = [("", _("Tous")), *((each.slug, each.label) for each in themes)]
