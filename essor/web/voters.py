"""Who votes behind a request: an account, a browser without one, or the bearer of a link."""

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from essor.chain.opinions.enums import Door
from essor.chain.opinions.models import Conversation, Participant
from essor.chain.opinions.policies import can_see_conversation, comes_from_the_room
from essor.chain.opinions.selectors.voting import guest_of, participant_of
from essor.chain.opinions.services.participants import Joined, guest_digest, join_conversation
from essor.chain.opinions.services.refusals import PleaseWait
from essor.common.codes import digest
from essor.common.limits import allowed
from essor.ground.people.models import Person
from essor.web.guests import guest_key_of, known_guest_key, remember_guest
from essor.web.refusals import not_found_unless
from essor.web.visitors import address_digest

RESUMED = "opinions_resumed"  # in the session: the participant of each conversation opened by its link
ROOM = "opinions_room"  # in the session: the code of each room this browser came through
LINK = "essor_opinion_link"
SALT = "essor.opinion-link"
HOUR = 3600
NEWCOMERS = 400  # who begin a vote in an hour from one connection: a school, a whole room


def visible_conversation(request: HttpRequest, slug: str) -> Conversation:
    """A conversation of this territory that this visitor may see, else 404."""
    found = get_object_or_404(Conversation.objects.in_territory(request.territory), slug=slug)
    found.territory = request.territory
    not_found_unless(can_see_conversation(request.user, found))
    return found


def participant_here(request: HttpRequest, conversation: Conversation) -> Participant | None:
    """The participant this visitor already is. Creates nothing."""
    if isinstance(request.user, Person):
        return participant_of(conversation, request.user)
    resumed = request.session.get(RESUMED, {}).get(str(conversation.pk))
    if resumed is not None:
        rows = Participant.objects.counted().filter(conversation=conversation, person=None)
        if (found := rows.select_related("conversation__territory").filter(pk=resumed).first()) is not None:
            return found
    return guest_of(conversation, guest_digest(conversation=conversation, guest_key=known_guest_key(request)))


def door_of(request: HttpRequest, conversation: Conversation) -> str:
    """In the room for whoever opened the address shown there."""
    code = request.session.get(ROOM, {}).get(str(conversation.pk), "")
    return Door.ROOM if comes_from_the_room(conversation, code) else Door.ONLINE


def join_here(request: HttpRequest, conversation: Conversation) -> Joined:
    """The participant this visitor is, joining now if they are nobody yet."""
    if (known := participant_here(request, conversation)) is not None:
        return Joined(known, "", is_new=False)
    person = request.user if isinstance(request.user, Person) else None
    times, here = NEWCOMERS * settings.RATE_LIMIT_SCALE, f"{conversation.pk}:{address_digest(request)}"
    if person is None and not allowed(f"opinion-join:{here}", times=times, seconds=HOUR):
        raise PleaseWait(_("Beaucoup d’essais depuis cette connexion. Réessayez dans dix minutes."), 600)
    browser = request.META.get("HTTP_USER_AGENT", "")[:300]
    return join_conversation(
        conversation=conversation,
        person=person,
        guest_key="" if person else guest_key_of(request),
        through=door_of(request, conversation),
        device=digest(f"{address_digest(request)}:{browser}", "opinion-browser"),
        language=(get_language() or "")[:2],
    )


def remember_joined(request: HttpRequest, response: HttpResponse, joined: Joined) -> None:
    """Have the browser carry its secret, and for an hour the link that it may show."""
    if not joined.is_new:
        return
    if joined.participant.person_id is None:
        remember_guest(response, guest_key_of(request))
    show_link(request, response, joined.participant, joined.token)


def show_link(request: HttpRequest, response: HttpResponse, participant: Participant, token: str) -> None:
    """The link is shown to this browser for an hour; only its digest is kept."""
    response.set_signed_cookie(
        LINK,
        f"{participant.pk}|{token}",
        salt=SALT,
        max_age=HOUR,
        path=_path(request),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def link_shown(request: HttpRequest, participant: Participant | None) -> str:
    """The address by which this participant comes back, when this browser received it within the hour."""
    try:
        pk, _sep, token = request.get_signed_cookie(LINK, salt=SALT, max_age=HOUR).partition("|")
    except (KeyError, BadSignature):
        return ""
    if participant is None or pk != str(participant.pk):
        return ""
    return request.build_absolute_uri(
        reverse("territory:opinion_resume", args=[request.territory.slug, token])
    )


def forget_link(request: HttpRequest, response: HttpResponse) -> None:
    """The next person on this device is not shown it."""
    response.delete_cookie(LINK, path=_path(request), samesite="Lax")


def _path(request: HttpRequest) -> str:
    return reverse("territory:conversations", args=[request.territory.slug])
