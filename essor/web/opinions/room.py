"""In a room: the short address of the QR code, and the screen everybody looks at."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from essor.chain.opinions.models import Conversation
from essor.chain.opinions.policies import comes_from_the_room
from essor.chain.opinions.selectors.conversations import figures_of
from essor.common.codes import read_code
from essor.web.access import anyone, page
from essor.web.opinions.who import ROOM, visible_conversation


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
    address = reverse("territory:opinion_room", args=[request.territory.slug, conversation.room_code])
    context = {
        "conversation": conversation,
        "figures": figures,
        "is_few": figures.voters < conversation.least_cell,
        "address": request.build_absolute_uri(address),
        "crumbs": [],
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "opinions/_wall.html" if part else "opinions/wall.html", context)
