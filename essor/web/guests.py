"""Visitors without an account: a signed cookie holds the secret by which their voices are theirs."""

import secrets

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

COOKIE = "essor_guest"
SALT = "essor.guest"
SECONDS = 400 * 24 * 3600


def known_guest_key(request: HttpRequest) -> str:
    """The secret this browser already carries, or an empty text."""
    try:
        return request.get_signed_cookie(COOKIE, salt=SALT, max_age=SECONDS)
    except (KeyError, BadSignature):
        return ""


def guest_key_of(request: HttpRequest) -> str:
    """The secret of this visitor; a new one when the browser carries none (then ``remember_guest`` it)."""
    if not getattr(request, "guest_key", ""):
        request.guest_key = known_guest_key(request) or secrets.token_urlsafe(24)
    return request.guest_key


def remember_guest(response: HttpResponse, key: str) -> None:
    """Have the browser carry the secret for 400 days: no script can read it, no other site can send it."""
    response.set_signed_cookie(
        COOKIE,
        key,
        salt=SALT,
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget_guest(response: HttpResponse) -> None:
    """Have the browser forget the secret, once its voices belong to an account."""
    response.delete_cookie(COOKIE, samesite="Lax")
