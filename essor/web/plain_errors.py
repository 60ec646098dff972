"""What a form says of a field that is not well filled: what to do, in plain words, on every page at once.

Django’s own sentences say what is wrong (“this field is required”); ours say what to write instead. A form
may still have better words for one of its fields: its own ``error_messages`` come before these.
"""

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

_CHOOSE = _("Choisissez une réponse : il en faut une pour continuer.")
_LISTED = _("Choisissez une réponse de la liste : celle-ci n’en est pas, ou n’en est plus.")
_FILE = _("Choisissez un fichier sur votre appareil.")
_DATE = _("Donnez une date qui existe : le jour, le mois et l’année.")
_NUMBER = _("Écrivez un nombre, en chiffres.")

_OF_FIELDS: dict[type[forms.Field], dict[str, object]] = {
    forms.Field: {"required": _("Remplissez ce champ : il faut une réponse ici pour continuer.")},
    forms.BooleanField: {"required": _("Cochez cette case pour continuer.")},
    forms.ChoiceField: {"required": _CHOOSE, "invalid_choice": _LISTED},
    forms.MultipleChoiceField: {"required": _CHOOSE, "invalid_choice": _LISTED, "invalid_list": _LISTED},
    forms.ModelChoiceField: {"required": _CHOOSE, "invalid_choice": _LISTED},
    forms.ModelMultipleChoiceField: {
        "required": _CHOOSE,
        "invalid_choice": _LISTED,
        "invalid_list": _LISTED,
        "invalid_pk_value": _LISTED,
    },
    forms.IntegerField: {"invalid": _("Écrivez un nombre entier, en chiffres.")},
    forms.FloatField: {"invalid": _NUMBER},
    forms.DecimalField: {"invalid": _NUMBER},
    forms.DateField: {"invalid": _DATE},
    forms.DateTimeField: {"invalid": _("Donnez une date et une heure qui existent.")},
    forms.TimeField: {"invalid": _("Donnez une heure, par exemple 18:30.")},
    forms.URLField: {"invalid": _("Écrivez une adresse entière, qui commence par https://.")},
    forms.FileField: {
        "required": _FILE,
        "missing": _FILE,
        "invalid": _("Le fichier n’est pas arrivé : choisissez-le de nouveau."),
        "empty": _("Ce fichier est vide : choisissez-en un autre."),
    },
}
_OF_CHECKS: dict[type[object], object] = {
    validators.EmailValidator: _("Écrivez une adresse électronique entière, comme nom@exemple.fr."),
    validators.MinValueValidator: _("Écrivez %(limit_value)s, ou plus."),
    validators.MaxValueValidator: _("Écrivez %(limit_value)s, ou moins."),
    validators.MaxLengthValidator: ngettext_lazy(
        "Ce texte a %(show_value)d signes : raccourcissez-le à %(limit_value)d signe au plus.",
        "Ce texte a %(show_value)d signes : raccourcissez-le à %(limit_value)d signes au plus.",
        "limit_value",
    ),
}


def speak_plainly() -> None:
    """Give every field and every check its words. Once, when the site starts."""
    for field, words in _OF_FIELDS.items():
        own = field.__dict__.get("default_error_messages", {})
        field.default_error_messages = {**own, **words}  # type: ignore[dict-item]
    for check, said in _OF_CHECKS.items():
        check.message = said
