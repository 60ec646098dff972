"""Saying that a need concerns me too, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from essor.chain.listening.models import Speaker
from essor.chain.listening.services.voices import speaker_for
from essor.chain.needs.models import Concern, Need
from essor.chain.needs.services.needs import say_concern, take_back_concern
from essor.common.limits import allowed
from essor.ground.people.models import Person
from essor.web.access import ACT, anyone, page
from essor.web.guests import guest_key_of, remember_guest
from essor.web.visitors import address_digest, speaker_of

HOURLY = 120  # gestures an hour from one address: a family, a class or a library never meets it


def says_it_concerns(need: Need, speaker: Speaker | None) -> bool:
    """Whether this speaker said that the need concerns them."""
    return speaker is not None and Concern.objects.filter(need=need, speaker=speaker).exists()


@page(who=anyone, methods=ACT)
def need_concern(request: HttpRequest, slug: str) -> HttpResponse:
    """Say it, or take it back when ``back`` is posted."""
    territory = request.territory
    need = get_object_or_404(Need.objects.in_territory(territory).public(), slug=slug)
    answer = redirect("territory:need", territory.slug, need.slug)
    if not allowed(f"concern:{address_digest(request)}", times=HOURLY, seconds=3600):
        messages.error(
            request, _("Beaucoup de gestes viennent de cette connexion. Réessayez dans une heure.")
        )
        return answer
    person = request.user if isinstance(request.user, Person) else None
    key = "" if person else guest_key_of(request)
    speaker = speaker_of(request) or speaker_for(territory=territory, person=person, guest_key=key or None)
    if "back" in request.POST:
        take_back_concern(need=need, speaker=speaker)
        messages.success(request, _("C’est retiré."))
    else:
        say_concern(need=need, speaker=speaker)
        messages.success(request, _("C’est noté : ce besoin vous concerne aussi."))
    if key:
        remember_guest(answer, key)
    return answer
