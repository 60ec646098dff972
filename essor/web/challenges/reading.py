"""The challenge at an address, for those who may read it or lead it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from essor.chain.challenges.enums import ChallengeState
from essor.chain.challenges.models import Challenge
from essor.chain.challenges.policies import can_lead_challenge, can_read_challenge
from essor.ground.people.policies import can_moderate


def may_publish_read(request: HttpRequest, found: Challenge) -> bool:
    """Moderators publish what waits to be read, once they have read it."""
    waits = found.state == ChallengeState.WAITING
    return waits and can_moderate(request.user, request.territory)


def readable_challenge(request: HttpRequest, slug: str) -> Challenge:
    """The challenge at this address, or 404 when this visitor may not read it."""
    rows = Challenge.objects.in_territory(request.territory).select_related("theme", "need", "launched_by")
    found = get_object_or_404(rows, slug=slug)
    found.territory = request.territory
    if not can_read_challenge(request.user, found):
        raise Http404
    return found


def led_challenge(request: HttpRequest, slug: str) -> Challenge:
    """The challenge, for somebody who leads it."""
    found = readable_challenge(request, slug)
    if not can_lead_challenge(request.user, found):
        raise PermissionDenied
    return found
