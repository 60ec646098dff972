"""The receipt of what somebody just gave: a signed cookie that only the page of thanks reads, for an hour."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from essor.chain.listening.models import Contribution
from essor.chain.listening.services.voices import GivenVoice

COOKIE = "essor_receipt"
SALT = "essor.receipt"
HOUR = 3600


@dataclass(frozen=True)
class Receipt:
    """The code that finds the voice again, and the voice."""

    code: str
    voice: Contribution | None


def keep_receipt(response: HttpResponse, given: GivenVoice, path: str) -> None:
    """Have the browser carry the code to the pages under this path."""
    response.set_signed_cookie(
        COOKIE,
        f"{given.receipt}|{given.contribution.pk}",
        salt=SALT,
        max_age=HOUR,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def receipt_of(request: HttpRequest) -> Receipt | None:
    """What this browser was given in the hour, if anything."""
    try:
        code, _sep, pk = request.get_signed_cookie(COOKIE, salt=SALT, max_age=HOUR).partition("|")
    except (KeyError, BadSignature):
        return None
    voices = Contribution.objects.in_territory(request.territory)
    return Receipt(code, voices.filter(pk=pk).first())
