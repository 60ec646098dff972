"""The links of the account menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.ground.notices.selectors import unread_count


def mine(request: HttpRequest) -> dict[str, Any]:
    """``account_links``: read only when the page shows the menu, so that other pages ask nothing."""
    return {"account_links": lambda: _links(request)}


def _links(request: HttpRequest) -> list[dict[str, Any]]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return [
        {"label": _("Mon compte"), "url": reverse("my_account")},
        {"label": _("Mes voix"), "url": reverse("my_voices")},
        {"label": _("Mes avis"), "url": reverse("notices"), "count": unread_count(user)},
    ]
