"""The forms of the entrance, with our words: no placeholder that vanishes, one name for an address."""

from allauth.account import forms as account_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

ADDRESS = _("Adresse électronique")
PASSWORD = _("Mot de passe")


def _plain(form: forms.Form, **labels) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label


class LoginForm(account_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self, login=ADDRESS, password=PASSWORD)
        self.fields["password"].help_text = ""  # the page says where to go when it is forgotten


class SignupForm(account_forms.SignupForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self, email=ADDRESS, password1=PASSWORD)
        self.fields["password1"].help_text = _("Douze signes au moins. Une phrase est plus facile à retenir.")

    def try_save(self, request: HttpRequest):
        """An address that has an account takes as long as a new one: the time of the answer tells nothing."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ResetPasswordForm(account_forms.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self, email=ADDRESS)


class AddEmailForm(account_forms.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self, email=ADDRESS)


class AddKeyForm(webauthn_forms.AddWebAuthnForm):
    """A passkey opens the account by itself; without that, it is a second factor only."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self, name=_("Nom de la clé"), passwordless=_("Me connecter avec cette clé seule"))
        self.fields["name"].help_text = _("Par exemple « téléphone » ou « clé du bureau ».")
        if "passwordless" in self.fields:
            self.fields["passwordless"].initial = True
            self.fields["passwordless"].help_text = _(
                "L’appareil demande alors l’empreinte, le visage ou le code. Décochez pour une clé qui "
                "s’ajoute au mot de passe."
            )
