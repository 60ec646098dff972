"""Who votes behind a request: an account, a browser, or whoever holds a link."""

from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.opinions.enums import Door
from essor.chain.opinions.models import Conversation, Participant
from essor.chain.opinions.policies import can_see_conversation, comes_from_the_room, is_theirs
from essor.chain.opinions.selectors.voting import guest_of, participant_of
from essor.chain.opinions.services.participants import (
    guest_digest,
    join_conversation,
    resume_participant,
)
from essor.ground.people.models import Person
from essor.ground.people.policies import can_facilitate
from essor.web.guests import guest_key_of, known_guest_key, remember_guest
from essor.web.visitors import address_digest

CONVERSATIONS = _("Avis partagés")
SALT = "essor.opinion"
SECONDS = 400 * 24 * 3600
ROOM = "salle"  # in the address, for those who came by the QR code of a room


def visible_conversation(request: HttpRequest, slug: str) -> Conversation:
    """The conversation at this address, or 404 when this visitor may not see it."""
    rows = Conversation.objects.in_territory(request.territory).select_related("consultation", "gathering")
    found = get_object_or_404(rows, slug=slug)
    found.territory = request.territory
    if not can_see_conversation(request.user, found):
        raise Http404
    return found


def participant_here(request: HttpRequest, conversation: Conversation) -> Participant | None:
    """Who this visitor already is in the conversation. Creates nothing.

    An account first; then the link kept by the browser, then the browser itself.
    """
    if isinstance(request.user, Person) and (found := participant_of(conversation, request.user)):
        return found
    if token := link_kept(request, conversation):
        held = resume_participant(conversation=conversation, token=token)
        if held is not None and is_theirs(request.user, held):
            return held
    if isinstance(request.user, Person):
        return None
    key = known_guest_key(request)
    return guest_of(conversation, guest_digest(conversation=conversation, guest_key=key))


def join(
    request: HttpRequest, conversation: Conversation, room: str, language: str
) -> tuple[Participant, str]:
    """Take part; the secret of the link is told when it is new. Raises NotTaking, PleaseWait."""
    person = request.user if isinstance(request.user, Person) else None
    in_room = comes_from_the_room(conversation, room)
    joined = join_conversation(
        conversation=conversation,
        person=person,
        guest_key="" if person else guest_key_of(request),
        through=Door.ROOM if in_room else Door.ONLINE,
        device=f"{address_digest(request)} {request.headers.get('user-agent', '')[:200]}",
        language=language,
    )
    return joined.participant, joined.token


def remember(request: HttpRequest, response: HttpResponse, conversation: Conversation, token: str) -> None:
    """Have the browser keep the link of this participant, for this territory's pages alone."""
    if not isinstance(request.user, Person):
        remember_guest(response, guest_key_of(request))
    if token:
        response.set_signed_cookie(
            _name(conversation),
            token,
            salt=SALT,
            max_age=SECONDS,
            path=_path(conversation),
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def forget(response: HttpResponse, conversation: Conversation) -> None:
    """Have the browser forget the link."""
    response.delete_cookie(_name(conversation), path=_path(conversation), samesite="Lax")


def link_kept(request: HttpRequest, conversation: Conversation) -> str:
    """The secret of the link that this browser keeps, or an empty text."""
    try:
        return request.get_signed_cookie(_name(conversation), salt=SALT, max_age=SECONDS)
    except (KeyError, BadSignature):
        return ""


def sees_results(request: HttpRequest, conversation: Conversation, participant: Participant | None) -> bool:
    """Results are read once the vote is over; before, by those who answered enough to be on the map.

    So nobody answers after the others. The team reads them at any time.
    """
    if not conversation.is_open or can_facilitate(request.user, request.territory):
        return True
    return participant is not None and participant.votes_count >= conversation.least_votes


def crumbs(conversation: Conversation, *more: tuple[str, Any]) -> list[tuple[str, Any]]:
    """Where one is, from the list of votes."""
    from_list = (str(CONVERSATIONS), reverse("territory:conversations", args=[conversation.territory.slug]))
    here = (conversation.title, conversation.get_absolute_url() if more else None)
    return [from_list, here, *more]


def _name(conversation: Conversation) -> str:
    return f"essor_avis_{conversation.pk}"


def _path(conversation: Conversation) -> str:
    return reverse("territory:home", args=[conversation.territory.slug])
