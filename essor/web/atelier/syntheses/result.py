"""A synthesis: its progress, then its figures, its map and its groups."""

from math import floor
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.needs.enums import LeftAside, SynthesisState
from essor.chain.needs.models import Synthesis
from essor.chain.needs.selectors.steps import last_step, told, told_one
from essor.chain.needs.selectors.syntheses import groups_with_figures, reasons_left_aside
from essor.chain.needs.services.syntheses import (
    SynthesisRefused,
    archive_synthesis,
    ask_again,
    restore_synthesis,
    retry_synthesis,
)
from essor.common.pagination import page_of
from essor.web import exports
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.syntheses import files
from essor.web.atelier.syntheses.forms import GroupSort
from essor.web.atelier.syntheses.found import crumbs_to, drawn_groups, synthesis_of

STEP_WORDS = {
    "read": gettext_lazy("Lecture des voix"),
    "fold": gettext_lazy("Recherche des voix presque identiques"),
    "vectors": gettext_lazy("Mesure du sens des mots"),
    "group": gettext_lazy("Formation des groupes"),
    "stability": gettext_lazy("Vérification de la stabilité"),
    "name": gettext_lazy("Choix des noms et des citations"),
    "done": gettext_lazy("Enregistrement"),
}
_STATES = {
    SynthesisState.QUEUED: "waiting",
    SynthesisState.RUNNING: "running",
    SynthesisState.FAILED: "failed",
}


@page(who=facilitator)
def synthesis(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a synthesis, whatever its state."""
    found = synthesis_of(request, pk)
    if found.state in _STATES:
        shown = {"synthesis": found, "crumbs": crumbs_to(request, found), **_progress_of(found)}
        return render(request, "atelier/syntheses/progress.html", shown)
    if exports.wanted(request):
        return files.as_table(request, found)
    sort = GroupSort(request.GET or {})
    sort.is_valid()
    groups = groups_with_figures(found, sort.cleaned_data.get("sort") or "diversity")
    step = last_step(found)
    reasons = reasons_left_aside(found)
    shown = {
        "synthesis": found,
        "groups": groups,
        "picture": drawn_groups(found, [(each.group, each.voices) for each in groups], step),
        "told": told_one(step),
        "sort": sort,
        "aside": [(LeftAside(reason).label, n) for reason, n in sorted(reasons.items())],
        "aside_count": sum(reasons.values()),
        "stability": _stability_in_words(found),
        "placed_share": floor(1000 * found.figures.get("coverage", 0)) / 10,
        "crumbs": crumbs_to(request, found),
    }
    return render(request, "atelier/syntheses/result.html", shown)


@page(who=facilitator)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress alone, asked for again and again by the page that waits."""
    return render(request, "parts/progress.html", _progress_of(synthesis_of(request, pk)))


@page(who=facilitator, methods=ACT)
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed calculation again."""
    found = synthesis_of(request, pk)
    try:
        retry_synthesis(by=request.user, synthesis=found)
    except SynthesisRefused as refused:
        messages.error(request, str(refused))
    return redirect(found)


@page(who=facilitator, methods=ACT)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the same synthesis anew, beside this one."""
    made = ask_again(by=request.user, synthesis=synthesis_of(request, pk))
    messages.success(
        request, _("La même synthèse est demandée à côté de la première, que rien ne vient modifier.")
    )
    return redirect(made)


@page(who=facilitator, methods=FORM)
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a synthesis away after a confirmation, or take it out again."""
    found = synthesis_of(request, pk)
    is_archived = found.state == SynthesisState.ARCHIVED
    if request.method == "POST":
        try:
            (restore_synthesis if is_archived else archive_synthesis)(by=request.user, synthesis=found)
        except SynthesisRefused as refused:
            messages.error(request, str(refused))
        else:
            said = _("La synthèse est ressortie.") if is_archived else _("La synthèse est archivée.")
            messages.success(request, said)
        return redirect(found if is_archived else "territory:atelier_syntheses", *_slug(request, is_archived))
    return render(request, "parts/confirm.html", _archive_words(found, is_archived))


@page(who=facilitator)
def steps(request: HttpRequest, pk: int) -> HttpResponse:
    """Every gesture of curation, newest first: what people decided, beside what was calculated."""
    found = synthesis_of(request, pk)
    listed = page_of(request, found.steps.select_related("by"))
    shown = {
        "synthesis": found,
        "page": listed,
        "told": told(listed),
        "crumbs": crumbs_to(request, found, (_("Gestes"), None)),
    }
    return render(request, "atelier/syntheses/steps.html", shown)


def _slug(request: HttpRequest, is_archived: bool) -> list[str]:
    return [] if is_archived else [request.territory.slug]


def _archive_words(found: Synthesis, is_archived: bool) -> dict[str, Any]:
    return {
        "question": _("Ressortir cette synthèse ?") if is_archived else _("Archiver cette synthèse ?"),
        "what_happens": _(
            "Ses groupes restent lisibles, les besoins qui en viennent ne changent pas, "
            "et elle se ressort ou s’archive à tout moment."
        ),
        "action": _("Ressortir") if is_archived else _("Archiver"),
        "confirm_url": reverse("territory:atelier_synthesis_archive", args=[found.territory.slug, found.pk]),
        "cancel_url": found.get_absolute_url(),
        "base_template": "atelier/base.html",
    }


def _progress_of(found: Synthesis) -> dict[str, Any]:
    to = [found.territory.slug, found.pk]
    state = _STATES.get(SynthesisState(found.state), "done")
    return {
        "state": state,
        "label": found.title,
        "done": found.progress,
        "total": 100 if state == "running" else 0,
        "text": found.failure if state == "failed" else STEP_WORDS.get(found.step_code, ""),
        "progress_url": reverse("territory:atelier_synthesis_progress", args=to),
        "result_url": found.get_absolute_url(),
        "result_label": _("Voir les groupes"),
        "retry_url": reverse("territory:atelier_synthesis_retry", args=to),
        "step": "need",
    }


def _stability_in_words(found: Synthesis) -> str:
    """What the number means, after the usual reading of the adjusted Rand index."""
    share = found.figures.get("stability")
    if share is None:
        return _("Stabilité non mesurée.")
    if share >= 0.75:
        return _("Très stable : recalculés sur une partie des voix, les groupes restent presque les mêmes.")
    if share >= 0.5:
        return _("Assez stable : les grands groupes tiennent, leurs frontières bougent un peu.")
    return _("Peu stable : d’autres regroupements seraient aussi défendables ; relisez-les avec soin.")
