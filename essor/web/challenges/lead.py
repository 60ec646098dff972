"""Launching a challenge and leading it: its words, its phases, its gatherings, its end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from essor.chain.challenges.enums import ChallengeState
from essor.chain.challenges.models import Challenge, ChallengeGathering, ChallengePhase
from essor.chain.challenges.policies import can_lead_challenge
from essor.chain.challenges.services.challenges import draft_challenge, reopen_challenge
from essor.chain.challenges.services.phases import add_gathering, conclude_phase, remove_gathering
from essor.chain.challenges.services.refusals import ChallengeRefused
from essor.chain.needs.models import Need
from essor.common.limits import allowed
from essor.ground.gatherings.enums import GatheringState
from essor.ground.gatherings.services import GatheringRefused
from essor.ground.people.policies import can_take_part
from essor.journeys import lead_challenges
from essor.journeys.join_territory import join_territory
from essor.web.access import ACT, FORM, facilitator, page, signed_in
from essor.web.challenges.forms import ChallengeForm, EndForm, GatheringForm, OutcomeForm, start_of
from essor.web.challenges.reading import led_challenge, may_publish_read, readable_challenge
from essor.web.figures import forget_figures

DAILY = 10
DAILY_GATHERINGS = 5


@page(who=signed_in, methods=FORM)
def challenge_new(request: HttpRequest) -> HttpResponse:
    """Launch a challenge, from a need (``?besoin=``) or from an idea. Saved as a draft first."""
    territory = request.territory
    slug = request.GET.get("besoin", "")
    need = Need.objects.in_territory(territory).public().filter(slug=slug).first() if slug else None
    start = {"need": need.pk, "theme": need.theme_id} if need else {}
    form = ChallengeForm(request.POST or None, territory=territory, initial=start)
    if form.is_valid():
        try:
            made = _drafted(request, form)
        except ChallengeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le brouillon est enregistré. Relisez-le, puis lancez-le."))
            return redirect("territory:challenge", territory.slug, made.slug)
    return _page(request, form, _("Lancer un défi"), reverse("territory:challenges", args=[territory.slug]))


@transaction.atomic
def _drafted(request: HttpRequest, form: ChallengeForm) -> Challenge:
    if not allowed(f"challenge:{request.user.pk}", times=DAILY, seconds=86_400):
        raise ChallengeRefused(_("Vous avez lancé beaucoup de défis aujourd’hui. Revenez demain."))
    if not can_take_part(request.user, request.territory):
        join_territory(person=request.user, territory=request.territory)
        request.user.__dict__.pop("_roles_known", None)
    return draft_challenge(by=request.user, territory=request.territory, **form.words())


@page(who=signed_in, methods=FORM)
def challenge_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Reword a challenge and its phases."""
    found = led_challenge(request, slug)
    form = ChallengeForm(request.POST or None, territory=request.territory, initial=start_of(found))
    if form.is_valid():
        try:
            made = lead_challenges.reword_challenge(by=request.user, challenge=found, **form.words())
        except ChallengeRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _reworded_said(found, made))
            forget_figures(request.territory)
            return back_to(found)
    return _page(request, form, _("Modifier le défi"), found.get_absolute_url())


def _reworded_said(before: Challenge, made: Challenge) -> str:
    if before.is_public and not made.is_public:
        return _(
            "Le défi est modifié. La modération le relira avant de le montrer de nouveau : "
            "celles et ceux qui le soutiennent restent comptés."
        )
    return _("Le défi est modifié.")


@page(who=signed_in, methods=ACT)
def challenge_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Launch it; or, for moderators, publish one that they have read."""
    found = readable_challenge(request, slug)
    if not can_lead_challenge(request.user, found) and not may_publish_read(request, found):
        raise PermissionDenied
    try:
        made = lead_challenges.launch_challenge(
            by=request.user, challenge=found, read_first=not request.POST.get("read")
        )
    except ChallengeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _launched_said(made))
    forget_figures(request.territory)
    return back_to(found)


def _launched_said(made: Challenge) -> str:
    if made.state == ChallengeState.WAITING:
        return _("C’est noté. La modération lira ce défi avant de le publier.")
    if made.state == ChallengeState.GATHERING:
        return _(
            "C’est lancé. Parlez-en autour de vous : le défi s’ouvre quand son premier cercle est formé."
        )
    return _("C’est publié.")


@page(who=signed_in, methods=FORM)
def phase_conclude(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say what came out of a phase."""
    found = led_challenge(request, slug)
    phase = _phase(found, pk)
    form = OutcomeForm(request.POST or None, initial={"outcome": phase.outcome})
    if form.is_valid():
        outcome = form.cleaned_data["outcome"]
        if tried(
            request,
            lambda: conclude_phase(by=request.user, phase=phase, outcome=outcome),
            _("C’est noté : tout le monde peut le lire."),
            form=form,
        ):
            return back_to(found)
    title = _("Conclure la phase « %(phase)s »") % {"phase": phase.get_kind_display()}
    return _page(request, form, title, found.get_absolute_url())


@page(who=signed_in, methods=FORM)
def phase_gathering(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A gathering for a phase: one already announced, or a new one."""
    found = led_challenge(request, slug)
    phase = _phase(found, pk)
    form = GatheringForm(request.POST or None, territory=request.territory)
    if form.is_valid():
        try:
            said = _gathered(request, phase, form.cleaned_data)
        except (ChallengeRefused, GatheringRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return back_to(found)
    return _page(request, form, _("Ajouter une rencontre"), found.get_absolute_url())


def _gathered(request: HttpRequest, phase: ChallengePhase, given: dict[str, Any]) -> str:
    """What is to be said of it, once done."""
    if given["gathering"]:
        add_gathering(by=request.user, phase=phase, gathering=given["gathering"])
        return _("La rencontre est dans le défi, et au calendrier.")
    if not allowed(f"challenge-gathering:{request.user.pk}", times=DAILY_GATHERINGS, seconds=86_400):
        raise ChallengeRefused(_("Vous avez proposé beaucoup de rencontres aujourd’hui. Revenez demain."))
    starts, ends = (
        timezone.make_aware(datetime.combine(given["day"], given[name])) for name in ("starts", "ends")
    )
    invitation = lead_challenges.Invitation(given["title"], starts, ends, given["place_name"])
    made = lead_challenges.plan_challenge_gathering(by=request.user, phase=phase, invitation=invitation)
    if made.state == GatheringState.DRAFT:
        return _("La rencontre est proposée : la facilitation la lira, puis l’annoncera.")
    return _("La rencontre est dans le défi, et au calendrier.")


@page(who=signed_in, methods=ACT)
def gathering_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The gathering no longer belongs to the challenge."""
    found = led_challenge(request, slug)
    rows = ChallengeGathering.objects.filter(phase__challenge=found).select_related("phase", "gathering")
    row = get_object_or_404(rows, pk=pk)
    row.phase.challenge = found
    tried(
        request,
        lambda: remove_gathering(by=request.user, phase=row.phase, gathering=row.gathering),
        _("La rencontre n’est plus dans le défi ; elle reste au calendrier."),
    )
    return back_to(found)


@page(who=signed_in, methods=FORM)
def challenge_end(request: HttpRequest, slug: str) -> HttpResponse:
    """Conclude the challenge."""
    found = led_challenge(request, slug)
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            lead_challenges.conclude_challenge(by=request.user, challenge=found, **form.cleaned_data)
        except ChallengeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le défi est terminé. Celles et ceux qui le soutiennent le sauront."))
            forget_figures(request.territory)
            return back_to(found)
    return _page(request, form, _("Conclure le défi"), found.get_absolute_url())


@page(who=facilitator, methods=ACT)
def challenge_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a challenge that ended up again."""
    found = led_challenge(request, slug)
    tried(
        request,
        lambda: reopen_challenge(by=request.user, challenge=found),
        _("Le défi est rouvert, là où il en était."),
    )
    forget_figures(request.territory)
    return back_to(found)


@page(who=signed_in, methods=FORM)
def challenge_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it back, after a confirmation."""
    found = led_challenge(request, slug)
    if request.method == "POST":
        tried(
            request,
            lambda: lead_challenges.withdraw_challenge(by=request.user, challenge=found),
            _("Le défi est retiré."),
        )
        forget_figures(request.territory)
        return redirect("territory:challenges", request.territory.slug)
    shown = {
        "question": _("Retirer ce défi ?"),
        "what_happens": _(
            "Il disparaît des pages publiques, pour de bon. Les voix données restent à leurs auteurs."
        ),
        "action": _("Retirer"),
        "danger": True,
        "confirm_url": request.path,
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "parts/confirm.html", shown)


def back_to(found: Challenge) -> HttpResponse:
    """The page of the challenge."""
    return redirect("territory:challenge", found.territory.slug, found.slug)


def tried(request: HttpRequest, act: Callable[[], object], said: str, form: Form | None = None) -> bool:
    """Do it and say so, or say why it cannot be done: in the form when there is one,
    which keeps what was typed.
    """
    try:
        act()
    except ChallengeRefused as refused:
        if form is not None:
            form.add_error(None, str(refused))
        else:
            messages.error(request, str(refused))
        return False
    messages.success(request, said)
    return True


def _phase(found: Challenge, pk: int) -> ChallengePhase:
    phase = get_object_or_404(ChallengePhase.objects.filter(challenge=found), pk=pk)
    phase.challenge = found
    return phase


def _page(request: HttpRequest, form: object, title: str, cancel_url: str) -> HttpResponse:
    shown = {
        "form": form,
        "title": title,
        "cancel_url": cancel_url,
        "crumbs": [
            (_("Défis"), reverse("territory:challenges", args=[request.territory.slug])),
            (title, None),
        ],
    }
    return render(request, "challenges/form.html", shown)
