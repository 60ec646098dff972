"""Contributing to a challenge: the words are written down, then a page says what happens to them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.challenges.models import ChallengePhase
from essor.chain.challenges.services.refusals import ChallengeRefused
from essor.chain.listening.services.refusals import Refused
from essor.chain.listening.services.voices import GivenVoice, speaker_for
from essor.common.limits import allowed
from essor.ground.people.models import Person
from essor.journeys.lead_challenges import contribute_to_challenge
from essor.web.access import anyone, page
from essor.web.challenges.forms import VoiceForm
from essor.web.challenges.reading import readable_challenge
from essor.web.figures import forget_figures
from essor.web.guests import guest_key_of, remember_guest
from essor.web.receipts import keep_receipt, receipt_of
from essor.web.visitors import address_digest, speaker_of


def written(request: HttpRequest, phase: ChallengePhase, form: VoiceForm) -> HttpResponse | None:
    """Write the contribution down and lead to its receipt; None when the form says why not."""
    challenge = phase.challenge
    if form.cleaned_data["website"]:  # a robot: thanked, and nothing is written
        return redirect("territory:challenge", request.territory.slug, challenge.slug)
    if not allowed(f"give:{address_digest(request)}", times=60, seconds=3600):
        form.add_error(None, _("Beaucoup de voix arrivent de cette connexion. Réessayez dans une heure."))
        return None
    person = request.user if isinstance(request.user, Person) else None
    key = "" if person else guest_key_of(request)
    try:
        given = _given(request, phase, form, person, key)
    except (Refused, ChallengeRefused) as refused:
        form.add_error(None, str(refused))
        return None
    forget_figures(request.territory)
    answer = redirect("territory:challenge_receipt", request.territory.slug, challenge.slug)
    keep_receipt(answer, given, reverse("territory:challenges", args=[request.territory.slug]))
    if key:
        remember_guest(answer, key)
    return answer


def _given(
    request: HttpRequest, phase: ChallengePhase, form: VoiceForm, person: Person | None, key: str
) -> GivenVoice:
    speaker = speaker_of(request) or speaker_for(
        territory=request.territory, person=person, guest_key=key or None
    )
    return contribute_to_challenge(phase=phase, speaker=speaker, words=form.cleaned_data["words"], by=person)


@page(who=anyone)
def challenge_receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks, the code, what happens now, and how to correct or take back."""
    found = readable_challenge(request, slug)
    receipt = receipt_of(request)
    if receipt is None or receipt.voice is None:
        return redirect("territory:challenge", request.territory.slug, found.slug)
    shown = {
        "challenge": found,
        "code": receipt.code,
        "voice": receipt.voice,
        "crumbs": [
            (_("Défis"), reverse("territory:challenges", args=[request.territory.slug])),
            (found.title, found.get_absolute_url()),
            (_("Merci"), None),
        ],
    }
    answer = render(request, "challenges/receipt.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer
