"""What a person says of their own account."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Nom affiché"),
        max_length=80,
        required=False,
        help_text=_("Un pseudonyme convient très bien. Votre adresse n’est jamais montrée."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES)


class SignInLinkForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse électronique"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class ErasureForm(forms.Form):
    KEEP, ERASE = "keep", "erase"
    voices = forms.ChoiceField(
        label=_("Vos voix"),
        choices=[
            (KEEP, _("Les garder, sous un pseudonyme qui ne mène à personne")),
            (ERASE, _("Les effacer aussi : elles ne compteront plus pour aucun besoin")),
        ],
        initial=KEEP,
        widget=forms.RadioSelect,
    )
    sure = forms.CharField(
        label=_("Pour confirmer, écrivez votre adresse électronique"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_sure(self):
        typed = self.cleaned_data["sure"].strip().lower()
        if typed != self.email.lower():
            raise forms.ValidationError(
                _("Ce n’est pas l’adresse de ce compte : écrivez %(email)s."), params={"email": self.email}
            )
        return typed
