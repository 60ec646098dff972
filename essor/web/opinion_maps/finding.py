"""Which of the maps of an opinion vote an address names, or 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from essor.chain.opinions.models import Conversation, OpinionMap
from essor.chain.opinions.selectors.maps import maps_for


def map_at(request: HttpRequest, conversation: Conversation, pk: int) -> OpinionMap:
    """One of the maps that this visitor may read, without where each person stands."""
    drawn = get_object_or_404(maps_for(request.user, conversation).defer("points"), pk=pk)
    drawn.conversation = conversation
    return drawn
