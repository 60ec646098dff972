"""Telling those who keep a place, by mail only when they left an address. Called after the write."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from essor.common.moments import day_and_hour
from essor.ground.gatherings.enums import RegistrationState
from essor.ground.gatherings.models import Gathering, Registration


def _address(registration: Registration) -> str:
    return registration.email or (registration.person.email if registration.person else "")


def _when(gathering: Gathering) -> str:
    return day_and_hour(gathering.starts_at, "l j F Y")


def _mail(registration: Registration, subject: str, lines: list[str]) -> None:
    address = _address(registration)
    if address:
        body = "\n\n".join([*lines, settings.SITE_URL + registration.gathering.get_absolute_url()])
        transaction.on_commit(lambda: send_mail(subject, body, None, [address], fail_silently=True))


def tell_registered(registration: Registration, code: str) -> None:
    """The place, when and where, and the code to give it back."""
    gathering = registration.gathering
    is_waiting = registration.state == RegistrationState.WAITING
    said = _("Vous êtes en liste d’attente.") if is_waiting else _("Votre place est gardée.")
    _mail(
        registration,
        gathering.title,
        [
            said,
            f"{_when(gathering)}, {gathering.place_name}",
            _("Pour rendre votre place, voici votre code : %(code)s") % {"code": code},
        ],
    )


def _language(registration: Registration) -> str:
    known = registration.person.language if registration.person else ""
    return known or next(iter(registration.gathering.territory.languages or []), "") or settings.LANGUAGE_CODE


def tell_let_in(registrations: Iterable[Registration]) -> None:
    """Those whom the waiting list lets in, each in their own language."""
    for each in registrations:
        with override(_language(each)):
            words = [_("Une place s’est libérée : elle est pour vous."), _when(each.gathering)]
            _mail(each, each.gathering.title, words)


def tell_changed(gathering: Gathering, what: Callable[[], str]) -> None:
    """Everybody with a place or waiting, each in their own language: the meeting changed or is cancelled."""
    living = gathering.registrations.exclude(state=RegistrationState.CANCELLED)
    for each in living.select_related("person"):
        with override(_language(each)):
            _mail(each, gathering.title, [what(), _when(gathering)])
