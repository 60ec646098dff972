"""Who is behind a request, with an account or without, and how a connection is known without being kept."""

from django.conf import settings
from django.http import HttpRequest

from essor.chain.listening.models import Speaker
from essor.common.codes import digest
from essor.ground.people.models import Person
from essor.web.guests import known_guest_key


def speaker_of(request: HttpRequest) -> Speaker | None:
    """The speaker this visitor already is in this territory, or None. Creates nothing."""
    speakers = Speaker.objects.in_territory(request.territory)
    if isinstance(request.user, Person):
        return speakers.of(request.user).first()
    key = known_guest_key(request)
    return speakers.filter(guest_digest=digest(key, "guest")).first() if key else None


def address_digest(request: HttpRequest) -> str:
    """A digest of the visitor's network address, for rate limits only; the address itself is not kept.

    Behind a proxy, ``settings.CLIENT_ADDRESS_HEADER`` names the header that the proxy sets itself.
    """
    return digest(request.META.get(settings.CLIENT_ADDRESS_HEADER, ""), "address")[:32]
