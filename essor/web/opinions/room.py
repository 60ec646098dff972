"""In a room: the address behind the QR code, and the screen on the wall."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation
from essor.chain.opinions.policies import can_run_conversations, comes_from_the_room
from essor.chain.opinions.selectors.conversations import figures_of
from essor.chain.opinions.selectors.maps import latest_map
from essor.chain.opinions.selectors.statements import results_of
from essor.web.access import anyone, page
from essor.web.drawings.qr import qr_code
from essor.web.opinions.who import ROOM, visible_conversation

SHOWN = 3  # statements on the wall, and only once enough people answered


@page(who=anyone)
def room(request: HttpRequest, code: str) -> HttpResponse:
    """Straight to the vote, known to come from the room."""
    rows = Conversation.objects.in_territory(request.territory).public()
    found = next((each for each in rows.filter(room_code=code) if comes_from_the_room(each, code)), None)
    if found is None:
        raise Http404
    response = redirect("territory:opinion_vote", request.territory.slug, found.slug)
    response["Location"] += f"?{ROOM}={code}"
    return response


@page(who=anyone)
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """For a projector: the question, how to come in, and the figures, which refresh by themselves."""
    found = visible_conversation(request, slug)
    figures = figures_of(found)
    shown = {
        "conversation": found,
        "figures": figures,
        "shown": _most_agreed(found, figures.voters),
        "map": latest_map(found),
    }
    if request.htmx:
        return render(request, "opinions/_wall_figures.html", shown)
    runs = can_run_conversations(request.user, request.territory)
    address = room_address(request, found) if runs else request.build_absolute_uri(found.get_absolute_url())
    qr = qr_code(address, _("Code à photographier pour voter"))
    return render(request, "opinions/wall.html", {**shown, "address": address, "qr": qr})


def room_address(request: HttpRequest, found: Conversation) -> str:
    """The whole address that the QR code of a room holds."""
    path = reverse("territory:opinion_room", args=[request.territory.slug, found.room_code])
    return request.build_absolute_uri(path)


def _most_agreed(found: Conversation, voters: int) -> list:
    """What brings the room together, once nobody's answer can be guessed from it."""
    if voters < found.least_cell or found.is_open:
        return []
    return [each for each in results_of(found, sort="agreed") if each.seen >= found.least_cell][:SHOWN]
