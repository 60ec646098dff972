"""In a room: the short address of the QR code, and the screen everybody looks at."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation
from essor.chain.opinions.policies import can_run_conversations, comes_from_the_room
from essor.chain.opinions.selectors.conversations import figures_of
from essor.common.codes import read_code
from essor.web.access import anyone, page
from essor.web.drawings.qr import qr_code
from essor.web.voters import ROOM, visible_conversation


@page(who=anyone)
def opinion_room(request: HttpRequest, code: str) -> HttpResponse:
    """Straight to voting, known to come from the room."""
    rows = Conversation.objects.in_territory(request.territory).public()
    asked = {code, read_code(code)}
    found = next((each for each in rows.filter(room_code__in=asked)), None)
    if found is None or not any(comes_from_the_room(found, each) for each in asked):
        raise Http404
    request.session[ROOM] = {**request.session.get(ROOM, {}), str(found.pk): found.room_code}
    return redirect("territory:opinion_vote", request.territory.slug, found.slug)


@page(who=anyone)
def opinion_wall(request: HttpRequest, slug: str) -> HttpResponse:
    """The question, where to vote, and how many do; few people are not counted aloud."""
    conversation = visible_conversation(request, slug)
    figures = figures_of(conversation)
    runs = can_run_conversations(request.user, request.territory)
    here = request.build_absolute_uri(conversation.get_absolute_url())
    address = room_address(request, conversation) if runs else here
    context = {
        "conversation": conversation,
        "figures": figures,
        "is_few": figures.voters < conversation.least_cell,
        "address": address,
        "qr": qr_code(address, _("Code à photographier pour voter")),
        "crumbs": [],
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "opinions/_wall.html" if part else "opinions/wall.html", context)


def room_address(request: HttpRequest, conversation: Conversation) -> str:
    """The whole address that the QR code of a room holds."""
    path = reverse("territory:opinion_room", args=[request.territory.slug, conversation.room_code])
    return request.build_absolute_uri(path)
