"""The proposals of the territory, and asking for new ones."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.matches.enums import RunState
from essor.chain.matches.models import Match, MatchRun
from essor.chain.matches.selectors.listing import Asked, asked_matches, circle_of, current_run, latest_run
from essor.chain.matches.services.runs import RunRefused, ask_run, retry_run
from essor.common.pagination import page_of
from essor.web import exports
from essor.web.access import ACT, facilitator, page
from essor.web.matches.circles import shown_circle
from essor.web.matches.forms import MatchFilters
from essor.web.matches.shown import shown_matches, themes_of
from essor.web.matches.wording import in_a_line


@page(who=facilitator)
def matches(request: HttpRequest) -> HttpResponse:
    """Every proposal of the latest calculation, the strongest first."""
    territory = request.territory
    filters = MatchFilters(request.GET or {}, territory=territory)
    asked = _asked(request, filters)
    run = current_run(territory)
    rows = asked_matches(run, asked) if run is not None else Match.objects.none()
    if exports.wanted(request):
        return exports.export(request, rows, _columns(request), _("mises-en-relation"))
    listed = page_of(request, rows)
    shown = {
        "filters": filters,
        "page": listed,
        "matches": shown_matches(territory, listed),
        "run": run,
        "latest": _progress(request),
        "circle": _circle(request, run, asked),
        "is_filtered": bool(request.GET.keys() - {"page"}),
        "crumbs": _crumbs(request),
    }
    return render(request, "atelier/matches/list.html", shown)


def _crumbs(request: HttpRequest) -> list[tuple[str, str | None]]:
    atelier = reverse("territory:atelier", args=[request.territory.slug])
    return [(_("Atelier"), atelier), (_("Mises en relation"), None)]


@page(who=facilitator, methods=ACT)
def ask(request: HttpRequest) -> HttpResponse:
    """Have new proposals computed over the whole territory."""
    ask_run(by=request.user, territory=request.territory)
    messages.success(request, _("Le calcul est demandé. Vous pouvez quitter cette page."))
    return redirect("territory:atelier_matches", request.territory.slug)


@page(who=facilitator, methods=ACT)
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask again for a calculation that failed."""
    run = get_object_or_404(MatchRun.objects.in_territory(request.territory), pk=pk)
    try:
        retry_run(by=request.user, run=run)
    except RunRefused as refused:
        messages.error(request, str(refused))
    return redirect("territory:atelier_matches", request.territory.slug)


@page(who=facilitator)
def progress(request: HttpRequest) -> HttpResponse:
    """The progress alone, asked for again by the page that waits."""
    return render(request, "parts/progress.html", _progress(request) or {"state": "done", "label": ""})


def _asked(request: HttpRequest, filters: MatchFilters) -> Asked:
    given = filters.cleaned_data if filters.is_valid() else {}
    keys = {
        name: int(value) for name in ("need", "project") if (value := request.GET.get(name, "")).isdecimal()
    }
    return Asked(
        words=given.get("q", ""),
        kind=given.get("kind", ""),
        theme=given.get("theme", ""),
        unusual=bool(given.get("unusual")),
        state=given.get("state", ""),
        **keys,
    )


def _circle(request: HttpRequest, run: MatchRun | None, asked: Asked) -> Any:
    if run is None or not (asked.need or asked.project):
        return None
    found = circle_of(run, need=asked.need, project=asked.project)
    return shown_circle(request.territory, found) if found is not None else None


def _progress(request: HttpRequest) -> dict[str, Any] | None:
    """The state of a calculation that is not ready, for the part that shows it."""
    run, slug = latest_run(request.territory), request.territory.slug
    if run is None or run.state == RunState.READY:
        return None
    return {
        "state": "failed" if run.state == RunState.FAILED else "running",
        "label": _("Calcul des mises en relation"),
        "text": run.failure,
        "step": "alliance",
        "progress_url": reverse("territory:atelier_matches_progress", args=[slug]),
        "retry_url": reverse("territory:atelier_matches_retry", args=[slug, run.pk]),
        "request": request,
    }


def _columns(request: HttpRequest) -> list[exports.Column]:
    themes = themes_of(request.territory)
    return [
        (gettext_lazy("besoin"), lambda each: each.need or ""),
        (gettext_lazy("projet"), lambda each: each.project or ""),
        (gettext_lazy("acteur"), lambda each: each.actor or (each.resource.actor if each.resource else "")),
        (gettext_lazy("lieu"), lambda each: each.resource.words if each.resource else ""),
        (gettext_lazy("autre projet"), lambda each: each.other or ""),
        (gettext_lazy("points sur 1000"), lambda each: each.score),
        (gettext_lazy("rang"), lambda each: each.rank),
        (gettext_lazy("inédite"), lambda each: _("oui") if each.is_unusual else _("non")),
        (gettext_lazy("pourquoi"), lambda each: in_a_line(each, themes)),
    ]
