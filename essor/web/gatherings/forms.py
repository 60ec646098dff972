"""Forms of the public pages of gatherings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.ground.people.models import Person


class RegisterForm(forms.Form):
    """A place at a meeting: a first name is enough; an address only to be told of changes."""

    name = forms.CharField(label=_("Prénom ou pseudonyme"), max_length=80)
    email = forms.EmailField(
        label=_("Adresse électronique"),
        required=False,
        help_text=_(
            "Seulement pour vous prévenir d’un changement. Elle est effacée si vous rendez votre place."
        ),
    )
    needs_help_with = forms.CharField(
        label=_("De quoi avez-vous besoin pour venir ou suivre ?"),
        required=False,
        max_length=240,
        help_text=_("Par exemple : boucle magnétique, garde d’enfant, covoiturage."),
    )
    website = forms.CharField(
        label=_("Ne pas remplir"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is not None:
            self.fields["name"].initial = person.display_name
            self.fields.pop("email")

    def is_robot(self) -> bool:
        """Whether the field that nobody sees was filled in."""
        return bool(self.cleaned_data.get("website"))


class CodeForm(forms.Form):
    """The code received when the place was kept."""

    code = forms.CharField(
        label=_("Code de votre place"), max_length=30, help_text=_("Par exemple K7QF-M2XD-90AB.")
    )
