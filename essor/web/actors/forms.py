"""What is asked about an actor. Forms only clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.ground.directory.enums import ActorState, Direction, ResourceKind
from essor.ground.directory.models import Actor
from essor.ground.people.enums import StakeholderFamily
from essor.ground.territories.models import Territory, Theme
from essor.web.widgets import PlainSelect


class ActorForm(forms.Form):
    """A card: what anybody will read."""

    name = forms.CharField(label=_("Le nom affiché"), max_length=160)
    family = forms.ChoiceField(
        label=_("Famille d’acteurs"), choices=StakeholderFamily.choices, widget=PlainSelect
    )
    presentation = forms.CharField(
        label=_("Présentation"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label=_("Thèmes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    commune_code = forms.ChoiceField(label=_("Commune"), required=False, widget=PlainSelect)
    communes = forms.MultipleChoiceField(
        label=_("Où vous agissez"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : dans tout le territoire."),
    )
    contact = forms.EmailField(
        label=_("Adresse de contact publique"),
        required=False,
        help_text=_("Tout le monde la lira. Laissez vide pour rester injoignable par ce moyen."),
    )
    website = forms.URLField(label=_("Site"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, territory: Territory, is_person: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["themes"].queryset = Theme.objects.in_territory(territory).in_use()
        communes = list(territory.communes.values_list("code", "name"))
        self.fields["commune_code"].choices = [("", _("Je ne précise pas")), *communes]
        self.fields["communes"].choices = communes
        if not communes:
            del self.fields["communes"]
        if not is_person:
            kept = [each for each in StakeholderFamily.choices if each[0] != StakeholderFamily.CITIZEN]
            self.fields["family"].choices = kept

    def words(self) -> dict[str, Any]:
        """As the services take them."""
        given = dict(self.cleaned_data)
        given.pop("agreed", None)
        given["commune_codes"] = given.pop("communes", [])
        return given


class MyselfForm(ActorForm):
    """Listing oneself: agreeing is a box of its own, never ticked beforehand."""

    agreed = forms.BooleanField(
        label=_("J’accepte que cette fiche soit publique. Je peux la retirer quand je veux."),
        error_messages={"required": _("Cochez cette case pour figurer dans l’annuaire.")},
    )


class ResourceForm(forms.Form):
    """Something offered or sought."""

    direction = forms.ChoiceField(
        label=_("Vous"),
        choices=[(Direction.OFFERS, _("proposez")), (Direction.SEEKS, _("cherchez"))],
        widget=forms.RadioSelect,
        initial=Direction.OFFERS,
    )
    kind = forms.ChoiceField(label=_("Quoi"), choices=ResourceKind.choices, widget=PlainSelect)
    words = forms.CharField(label=_("En quelques mots"), max_length=200)
    quantity = forms.CharField(label=_("Combien"), max_length=60, required=False)
    until_on = forms.DateField(
        label=_("Jusqu’au"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ClaimForm(forms.Form):
    """Who one is in an organisation."""

    words = forms.CharField(
        label=_("Qui vous y êtes"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Votre fonction, et comment la facilitation peut le vérifier."),
    )


class AnswerClaimForm(forms.Form):
    """A word to who asked."""

    answer = forms.CharField(
        label=_("Un mot"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ActorFilters(forms.Form):
    """What a visitor may ask of the directory."""

    q = forms.CharField(label=_("Chercher"), required=False, max_length=100)
    family = forms.ChoiceField(
        label=_("Famille"),
        required=False,
        choices=[("", _("Toutes")), *StakeholderFamily.choices],
        widget=PlainSelect,
    )
    theme = forms.ChoiceField(label=_("Thème"), required=False, widget=PlainSelect)
    commune = forms.ChoiceField(label=_("Commune"), required=False, widget=PlainSelect)
    offers = forms.ChoiceField(
        label=_("Propose"),
        required=False,
        choices=[("", _("Peu importe")), *ResourceKind.choices],
        widget=PlainSelect,
    )
    seeks = forms.ChoiceField(
        label=_("Cherche"),
        required=False,
        choices=[("", _("Peu importe")), *ResourceKind.choices],
        widget=PlainSelect,
    )
    sort = forms.ChoiceField(
        label=_("Trier"),
        required=False,
        choices=[("name", _("De A à Z")), ("recent", _("Les plus récents"))],
        widget=PlainSelect,
    )

    def __init__(self, *args: Any, territory: Territory, **more: Any) -> None:
        super().__init__(*args, **more)
        themes = Theme.objects.in_territory(territory).in_use()
        self.fields["theme"].choices = [("", _("Tous")), *((each.slug, each.label) for each in themes)]
        communes = territory.communes.values_list("code", "name")
        self.fields["commune"].choices = [("", _("Toutes")), *communes]

    def asked(self) -> dict[str, Any]:
        """The valid answers, whatever the others are."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        given["words"] = given.pop("q", "")
        return given


class AtelierActorFilters(ActorFilters):
    """For facilitators: every state."""

    state = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", _("Tous")), *(each for each in ActorState.choices if each[0] != ActorState.MERGED)],
        widget=PlainSelect,
    )


def start_of(actor: Actor) -> dict[str, Any]:
    """The card as its form begins."""
    names = ("name", "family", "presentation", "commune_code", "contact", "website")
    return {
        **{name: getattr(actor, name) for name in names},
        "themes": list(actor.actor_themes.values_list("theme", flat=True)),
        "communes": list(actor.communes.values_list("code", flat=True)),
    }
