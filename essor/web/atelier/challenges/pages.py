"""Challenges as facilitators and moderators follow them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.challenges.enums import ChallengeState
from essor.chain.challenges.models import Challenge
from essor.chain.challenges.selectors.listing import Asked, every_challenge
from essor.chain.challenges.services.refusals import ChallengeRefused
from essor.chain.challenges.services.rules import rules_of, set_rules
from essor.common.pagination import page_of
from essor.journeys.lead_challenges import hide_challenge, restore_challenge
from essor.web import exports
from essor.web.access import ACT, FORM, facilitator, moderator, page
from essor.web.challenges.forms import AtelierChallengeFilters, RulesForm
from essor.web.challenges.lead import tried
from essor.web.challenges.listing import COLUMNS
from essor.web.figures import forget_figures
from essor.web.projects.forms import BecauseForm


@page(who=moderator)
def challenges(request: HttpRequest) -> HttpResponse:
    """Every challenge; those that wait to be read are told first."""
    territory = request.territory
    filters = AtelierChallengeFilters(request.GET or {}, territory=territory)
    found = every_challenge(territory, Asked(**filters.asked()))
    if exports.wanted(request):
        return exports.export(request, found, COLUMNS, _("defis"))
    shown = {
        "filters": filters,
        "page": page_of(request, found),
        "waiting": Challenge.objects.in_territory(territory).filter(state=ChallengeState.WAITING),
        "is_filtered": bool(request.GET.keys() - {"sort", "page"}),
        "crumbs": _crumbs(request),
    }
    return render(request, "atelier/challenges/list.html", shown)


@page(who=moderator, methods=FORM)
def challenge_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a challenge with a reason its launcher reads."""
    found = _challenge(request, pk)
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        why = form.cleaned_data["why"]
        if tried(
            request,
            lambda: hide_challenge(by=request.user, challenge=found, why=why),
            _("Le défi est masqué, et la personne qui l’a lancé est prévenue."),
            form=form,
        ):
            forget_figures(request.territory)
            return redirect("territory:atelier_challenges", request.territory.slug)
    shown = {
        "form": form,
        "title": _("Masquer le défi « %(title)s »") % {"title": found.title},
        "step": "challenge",
        "cancel_url": reverse("territory:atelier_challenges", args=[request.territory.slug]),
        "crumbs": _crumbs(request, _("Masquer")),
    }
    return render(request, "atelier/form_page.html", shown)


@page(who=moderator, methods=ACT)
def challenge_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a hidden challenge again."""
    found = _challenge(request, pk)
    tried(
        request,
        lambda: restore_challenge(by=request.user, challenge=found),
        _("Le défi est rétabli."),
    )
    forget_figures(request.territory)
    return redirect("territory:atelier_challenges", request.territory.slug)


@page(who=facilitator, methods=FORM)
def challenge_rules(request: HttpRequest) -> HttpResponse:
    """The size of the first circle, and whether challenges are read first."""
    rules = rules_of(territory=request.territory)
    start = {"circle_size": rules.circle_size, "read_before": rules.read_before}
    form = RulesForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            set_rules(by=request.user, territory=request.territory, **form.cleaned_data)
        except ChallengeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Les règles valent pour les prochains défis."))
            return redirect("territory:atelier_challenges", request.territory.slug)
    shown = {
        "form": form,
        "title": _("Règles des défis"),
        "step": "challenge",
        "cancel_url": reverse("territory:atelier_challenges", args=[request.territory.slug]),
        "crumbs": _crumbs(request, _("Règles")),
    }
    return render(request, "atelier/form_page.html", shown)


def _challenge(request: HttpRequest, pk: int) -> Challenge:
    return get_object_or_404(
        Challenge.objects.in_territory(request.territory).select_related("territory"), pk=pk
    )


def _crumbs(request: HttpRequest, *more: str) -> list[tuple[str, str | None]]:
    slug = request.territory.slug
    here = reverse("territory:atelier_challenges", args=[slug]) if more else None
    return [
        (_("Atelier"), reverse("territory:atelier", args=[slug])),
        (_("Défis"), here),
        *((each, None) for each in more),
    ]
