"""Drawing the map, in a job. Pages never import it."""

from django.db import transaction
from django.db.models import Max

from essor.chain.opinions.models import Conversation, MapRequest, Vote


def draw_opinion_map(*, conversation_id: int) -> None:
    """Take the request away and draw the map of the votes that are there."""
    _begin(conversation_id)


@transaction.atomic
def _begin(conversation_id: int) -> int:
    """The last vote to take in. Locking the row waits for the votes under way: none is ever forgotten."""
    Conversation.objects.select_for_update().get(pk=conversation_id)
    MapRequest.objects.filter(conversation=conversation_id).delete()
    return Vote.objects.filter(conversation=conversation_id).aggregate(last=Max("id"))["last"] or 0
