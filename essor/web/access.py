"""Who may open which page. Closed by default: every view says it with ``page``, and a test checks it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect

from essor.ground.people import policies
from essor.ground.territories.models import Territory
from essor.web.sign_in import sign_in_address

View = Callable[..., HttpResponse]
Rule = Callable[[HttpRequest], bool]


def anyone(request: HttpRequest) -> bool:
    """Everybody, without an account."""
    return True


def signed_in(request: HttpRequest) -> bool:
    """People with an account, about their own things."""
    return request.user.is_authenticated


def member(request: HttpRequest) -> bool:
    """Members of this territory."""
    return policies.can_take_part(request.user, request.territory)


def moderator(request: HttpRequest) -> bool:
    """Moderators of this territory, and those above."""
    return policies.can_moderate(request.user, request.territory)


def facilitator(request: HttpRequest) -> bool:
    """Facilitators and administrators of this territory."""
    return policies.can_facilitate(request.user, request.territory)


def administrator(request: HttpRequest) -> bool:
    """Administrators of this territory."""
    return policies.can_administer(request.user, request.territory)


def page(who: Rule, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """Open a view to ``who`` for these methods; ``<slug:territory>`` becomes ``request.territory``.

    Views fetch everything through ``.in_territory(request.territory)``, so a stranger's key gives 404.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            slug = kwargs.pop("territory", None)
            if slug is not None:
                request.territory = get_object_or_404(Territory, slug=slug)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if not who(request):
                if request.user.is_authenticated:
                    raise PermissionDenied
                return redirect(sign_in_address(request, methods))
            answer = view(request, *args, **kwargs)
            if who is not anyone and not answer.has_header("Cache-Control"):
                answer["Cache-Control"] = (
                    "private, no-store"  # after signing out, nothing is left to go back to
                )
            return answer

        opened.access = who
        return opened

    return wrap


FORM = ("GET", "HEAD", "POST")
ACT = ("POST",)
