"""Which opinion vote and which of its maps an address names, or 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from essor.chain.opinions.models import Conversation, OpinionMap
from essor.chain.opinions.policies import can_see_conversation


def conversation_at(request: HttpRequest, slug: str) -> Conversation:
    """The opinion vote of this territory, unless it is a draft this visitor may not read."""
    rows = Conversation.objects.in_territory(request.territory)
    found = get_object_or_404(rows, slug=slug)
    found.territory = request.territory
    if not can_see_conversation(request.user, found):
        raise Http404
    return found


def map_at(conversation: Conversation, pk: int) -> OpinionMap:
    """One of the maps of this opinion vote, without where each person stands."""
    drawn = get_object_or_404(OpinionMap.objects.filter(conversation=conversation).defer("points"), pk=pk)
    drawn.conversation = conversation
    return drawn
