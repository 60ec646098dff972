"""What the mails about an account say: one table instead of one file a mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from essor.outside.mail import Letter


@dataclass(frozen=True, slots=True)
class Words:
    """A mail: subject, sentences, and the button with the name of its address in the context."""

    subject: str | Promise
    paragraphs: tuple[str | Promise, ...]
    action: str | Promise = ""
    url: str = ""


_WHY = gettext_lazy("Vous recevez ce message parce que cette adresse a été donnée sur le site.")
_CONFIRM = Words(
    gettext_lazy("Confirmez votre adresse"),
    (
        gettext_lazy("Bonjour,"),
        gettext_lazy("Quelqu’un, sans doute vous, a donné cette adresse pour un compte."),
        gettext_lazy("Un clic suffit à confirmer qu’elle est la vôtre. Sinon, laissez ce message de côté."),
    ),
    gettext_lazy("Confirmer mon adresse"),
    "activate_url",
)
_WORDS: dict[str, Words] = {
    "account/email/email_confirmation": _CONFIRM,
    "account/email/email_confirmation_signup": _CONFIRM,
    "account/email/password_reset_key": Words(
        gettext_lazy("Choisir un nouveau mot de passe"),
        (
            gettext_lazy("Bonjour,"),
            gettext_lazy("Quelqu’un, sans doute vous, a demandé à changer le mot de passe de ce compte."),
            gettext_lazy("Si ce n’est pas vous, laissez ce message de côté : rien ne change."),
        ),
        gettext_lazy("Choisir un mot de passe"),
        "password_reset_url",
    ),
    "account/email/account_already_exists": Words(
        gettext_lazy("Vous avez déjà un compte"),
        (
            gettext_lazy("Bonjour,"),
            gettext_lazy("Quelqu’un, sans doute vous, a voulu créer un compte avec cette adresse."),
            gettext_lazy("Elle en a déjà un : connectez-vous, ou choisissez un nouveau mot de passe."),
        ),
        gettext_lazy("Choisir un mot de passe"),
        "password_reset_url",
    ),
    "account/email/unknown_account": Words(
        gettext_lazy("Aucun compte à cette adresse"),
        (
            gettext_lazy("Bonjour,"),
            gettext_lazy("Quelqu’un, sans doute vous, a voulu se connecter avec cette adresse."),
            gettext_lazy("Elle n’a pas de compte ici. Peut-être en avez-vous un à une autre adresse ?"),
        ),
        gettext_lazy("Créer un compte"),
        "signup_url",
    ),
}
_CHANGES: dict[str, str | Promise] = {
    "account/email/email_changed": gettext_lazy("L’adresse principale de votre compte a changé."),
    "account/email/email_confirm": gettext_lazy("Une adresse de votre compte a été confirmée."),
    "account/email/email_deleted": gettext_lazy("Une adresse a été retirée de votre compte."),
    "account/email/password_changed": gettext_lazy("Votre mot de passe a été changé."),
    "account/email/password_reset": gettext_lazy("Votre mot de passe a été changé."),
    "account/email/password_set": gettext_lazy("Un mot de passe a été donné à votre compte."),
    "mfa/email/recovery_codes_generated": gettext_lazy("De nouveaux codes de secours ont été créés."),
    "mfa/email/totp_activated": gettext_lazy("Une application d’authentification a été ajoutée."),
    "mfa/email/totp_deactivated": gettext_lazy("L’application d’authentification a été retirée."),
    "mfa/email/webauthn_added": gettext_lazy("Une clé d’accès a été ajoutée."),
    "mfa/email/webauthn_removed": gettext_lazy("Une clé d’accès a été retirée."),
    "socialaccount/email/account_connected": gettext_lazy("Un compte extérieur a été relié au vôtre."),
    "socialaccount/email/account_disconnected": gettext_lazy("Un compte extérieur a été détaché du vôtre."),
}


def letter_for(template_prefix: str, email: str, context: Mapping[str, Any]) -> Letter | None:
    """The letter that stands for this mail, or None when it has no words of ours."""
    words = _WORDS.get(template_prefix)
    if words is not None:
        return _letter(email, words, {"action_url": context.get(words.url, ""), "why": _WHY})
    change = _CHANGES.get(template_prefix)
    if change is None:
        return None
    warning = _("Si ce n’est pas vous, changez votre mot de passe sans attendre, puis écrivez-nous.")
    said = Words(_("Un changement sur votre compte"), (_("Bonjour,"), change, warning))
    return _letter(email, said, {"why": _("Nous prévenons de tout changement de sécurité.")})


def sign_in_letter(email: str, url: str, language: str) -> Letter:
    """The letter that holds a link to sign in once."""
    words = Words(
        gettext_lazy("Votre lien de connexion"),
        (
            gettext_lazy("Bonjour,"),
            gettext_lazy("Voici le lien que vous avez demandé. Il sert une fois, pendant quinze minutes."),
            gettext_lazy("Si vous n’avez rien demandé, laissez ce message de côté."),
        ),
        gettext_lazy("Me connecter"),
    )
    return _letter(email, words, {"action_url": url, "why": _WHY}, language)


def _letter(email: str, words: Words, more: dict[str, Any], language: str = "") -> Letter:
    return Letter(
        to=email,
        subject=words.subject,
        template="letter",
        language=language or get_language() or "",
        context={"paragraphs": words.paragraphs, "action": words.action, **more},
    )
