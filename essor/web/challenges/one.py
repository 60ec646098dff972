"""A challenge: its circle, its three phases, what people bring to it, what came out of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.challenges.enums import ChallengeState
from essor.chain.challenges.models import Challenge, ChallengeGathering, ChallengePhase, Supporter
from essor.chain.challenges.policies import can_lead_challenge
from essor.chain.challenges.selectors.listing import current_phase, guests_of, voices_of
from essor.chain.challenges.services.challenges import (
    support_challenge,
    take_back_support,
)
from essor.chain.challenges.services.lacks import lacks_of, phases_of
from essor.chain.challenges.services.refusals import ChallengeRefused
from essor.chain.listening.services.voices import speaker_for
from essor.chain.projects.models import Project
from essor.common.limits import allowed
from essor.common.pagination import page_of
from essor.ground.ledger.selectors import public_history_of
from essor.ground.people.models import Person
from essor.ground.people.policies import can_facilitate
from essor.web.access import ACT, FORM, anyone, page
from essor.web.challenges.contribute import written
from essor.web.challenges.forms import VoiceForm
from essor.web.challenges.reading import may_publish_read, readable_challenge
from essor.web.drawings.stepper import Stage, stepper
from essor.web.guests import guest_key_of, remember_guest
from essor.web.thread.climbing import thread_of_challenge
from essor.web.visitors import address_digest, speaker_of
from essor.web.voices import source_line

HOURLY = 120
GUESTS_A_DAY = 2  # of one connection, in one circle
COUNTED_ELSEWHERE = ("challenge.supported", "challenge.support_taken_back", "challenge.voice_given")


@page(who=anyone, methods=FORM)
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a challenge; a contribution is given right there."""
    found = readable_challenge(request, slug)
    phases = phases_of(challenge=found)
    now = current_phase(phases)
    form = VoiceForm(request.POST or None) if found.state == ChallengeState.OPEN and now else None
    if form is not None and form.is_valid() and now is not None:
        answer = written(request, now, form)
        if answer is not None:
            return answer
    return render(request, "challenges/challenge.html", _shown(request, found, phases, now, form))


@page(who=anyone, methods=ACT)
def challenge_support(request: HttpRequest, slug: str) -> HttpResponse:
    """Join the circle, or leave it when ``back`` is posted; with an account or without."""
    found = readable_challenge(request, slug)
    answer = _back(found)
    if why_not := _why_not_support(request, found):
        messages.error(request, why_not)
        return answer
    person = request.user if isinstance(request.user, Person) else None
    key = "" if person else guest_key_of(request)
    speaker = speaker_of(request) or speaker_for(
        territory=request.territory, person=person, guest_key=key or None
    )
    try:
        if "back" in request.POST:
            take_back_support(challenge=found, speaker=speaker)
            messages.success(request, _("C’est retiré."))
        else:
            support_challenge(challenge=found, speaker=speaker)
            messages.success(request, _("Vous êtes du cercle. Merci !"))
    except ChallengeRefused as refused:
        messages.error(request, str(refused))
    if key:
        remember_guest(answer, key)
    return answer


def _why_not_support(request: HttpRequest, found: Challenge) -> str:
    if not allowed(f"support:{address_digest(request)}", times=HOURLY, seconds=3600):
        return _("Beaucoup de gestes viennent de cette connexion. Réessayez dans une heure.")
    is_guest = not isinstance(request.user, Person)
    if is_guest and "back" not in request.POST and not _is_among_the_first(request, found):
        return _(
            "Plusieurs personnes sans compte soutiennent déjà ce défi depuis cette connexion. "
            "Connectez-vous pour en être, ou revenez demain."
        )
    return ""


def _is_among_the_first(request: HttpRequest, found: Challenge) -> bool:
    """Of the visitors without an account who share a connection, two a day enter a circle.

    One who is of the circle already counts once, and may post again.
    """
    speaker = speaker_of(request)
    if speaker is not None and Supporter.objects.filter(challenge=found, speaker=speaker).exists():
        return True
    return allowed(f"circle:{found.pk}:{address_digest(request)}", times=GUESTS_A_DAY, seconds=86_400)


def _shown(
    request: HttpRequest,
    found: Challenge,
    phases: list[ChallengePhase],
    now: ChallengePhase | None,
    form: VoiceForm | None,
) -> dict[str, Any]:
    gatherings = ChallengeGathering.objects.filter(phase__challenge=found).select_related("gathering")
    listed = page_of(request, voices_of(found))
    speaker = speaker_of(request)
    may_lead = can_lead_challenge(request.user, found)
    return {
        "challenge": found,
        "phases": phases,
        "now": now,
        "begins_on": min((each.starts_on for each in phases if each.starts_on), default=None),
        "stepper": stepper(_stages(found, phases, now), title=_("Les trois phases"), step="challenge"),
        "form": form,
        "page": listed,
        "voices": [(each, source_line(each.contribution)) for each in listed],
        "gatherings": [each for each in gatherings if may_lead or each.gathering.state != "draft"],
        "projects": Project.objects.filter(challenge=found).public().order_by("title"),
        "supports": speaker is not None
        and Supporter.objects.filter(challenge=found, speaker=speaker).exists(),
        "missing": max(0, found.circle_size - found.supporters_count),
        "guests": guests_of(found) if can_facilitate(request.user, request.territory) else 0,
        "may_lead": may_lead,
        "may_publish_read": may_publish_read(request, found),
        "lacks": lacks_of(challenge=found) if found.state == ChallengeState.DRAFT else [],
        "thread": thread_of_challenge(found) if found.is_public else None,
        "history": public_history_of(found, 8, COUNTED_ELSEWHERE),
        "crumbs": [
            (_("Défis"), reverse("territory:challenges", args=[request.territory.slug])),
            (found.title, None),
        ],
    }


def _stages(found: Challenge, phases: list[ChallengePhase], now: ChallengePhase | None) -> list[Stage]:
    ended = found.state == ChallengeState.ENDED
    started = found.state in (ChallengeState.OPEN, ChallengeState.ENDED)
    reached = phases.index(now) if now is not None and started else -1
    return [
        Stage(
            str(phase.get_kind_display()).capitalize(),
            "done"
            if phase.concluded_at or rank < reached or (ended and rank <= reached)
            else "here"
            if rank == reached
            else "to_come",
        )
        for rank, phase in enumerate(phases)
    ]


def _back(found: Challenge) -> HttpResponse:
    return redirect("territory:challenge", found.territory.slug, found.slug)
