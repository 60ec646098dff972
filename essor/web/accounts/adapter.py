"""What happens around signing in: our words in mails, the person's language, the voices said as a guest."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from essor.ground.people.models import Person
from essor.journeys.claim_guest_voices import claim_guest_voices
from essor.outside import mail
from essor.web.accounts.letters import letter_for
from essor.web.guests import forget_guest, known_guest_key


def shown_name(person: Person) -> str:
    """How pages and mails call a person: never by the address."""
    return person.shown_name


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letter = letter_for(template_prefix, email, context)
        if letter is None:
            super().send_mail(template_prefix, email, context)
        else:
            mail.send(letter)

    def post_login(self, request: HttpRequest, user: Person, **more: Any) -> HttpResponse:
        """Once really signed in, second factor included."""
        response = super().post_login(request, user, **more)
        if user.language:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        key = known_guest_key(request)
        if key:
            claimed = claim_guest_voices(user, key)
            forget_guest(response)
            if claimed:
                messages.success(request, _found(claimed))
        return response


def _found(claimed: int) -> str:
    return ngettext(
        "La voix que vous aviez donnée sans compte est maintenant dans « Mes voix ».",
        "Les %(n)d voix que vous aviez données sans compte sont maintenant dans « Mes voix ».",
        claimed,
    ) % {"n": claimed}
