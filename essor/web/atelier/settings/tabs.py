"""The pages of the settings, as tabs: facilitators see those they may open."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.ground.people.policies import can_administer


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render a page of the settings below its tabs."""
    return render(request, template, {"tabs": _tabs(request), **context}, status=status)


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    every = [
        (_("Territoire"), "atelier_settings", True),
        (_("Périmètre"), "atelier_perimeter", True),
        (_("Thèmes"), "atelier_themes", True),
        (_("Membres"), "atelier_members", True),
        (_("Organisations"), "atelier_organisations", False),
        (_("Journal"), "atelier_journal", False),
    ]
    administers = can_administer(request.user, request.territory)
    tabs = []
    for label, name, for_administrators in every:
        url = reverse(f"territory:{name}", args=[request.territory.slug])
        if administers or not for_administrators:
            current = request.path == url or (name != "atelier_settings" and request.path.startswith(url))
            tabs.append({"label": label, "url": url, "current": current})
    return tabs
