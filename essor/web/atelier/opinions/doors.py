"""Which opinion vote an address of the atelier names, and the few gestures its pages share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation
from essor.chain.opinions.services.refusals import OpinionRefused


def conversation_of(request: HttpRequest, slug: str) -> Conversation:
    """The opinion vote of this territory at this address, or 404."""
    rows = Conversation.objects.in_territory(request.territory).select_related("consultation", "gathering")
    found = get_object_or_404(rows, slug=slug)
    found.territory = request.territory
    return found


def tried(request: HttpRequest, act: Callable[[], Any], said: str) -> bool:
    """Do it and say so; a refusal is said as it is."""
    try:
        act()
    except OpinionRefused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, said)
    return True


def crumbs(request: HttpRequest, found: Conversation | None = None, *more: Any) -> list[tuple[str, Any]]:
    """Where one is in the atelier."""
    slug = request.territory.slug
    trail = [(_("Avis partagés"), reverse("territory:atelier_conversations", args=[slug]))]
    if found is not None:
        here = reverse("territory:atelier_statements", args=[slug, found.slug])
        trail.append((found.title, here if more else None))
    return [*trail, *((each, None) for each in more)]
