"""The evidence of a need: which voices, for or against, and which are quoted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.listening.models import Contribution
from essor.chain.needs.enums import Stance
from essor.chain.needs.models import Evidence, Need
from essor.chain.needs.services.evidence import EvidenceRefused, change_evidence, choose_need_quotes
from essor.common.full_text import matching
from essor.common.pagination import page_of
from essor.web.access import FORM, facilitator, page
from essor.web.atelier.needs.edit import need_crumbs, need_of
from essor.web.atelier.needs.forms import EvidenceFilters, SearchForm
from essor.web.voices import source_line

MOST_QUOTES = 8


@page(who=facilitator, methods=FORM)
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The voices of a need, twenty by twenty, with the gestures under the hand."""
    found = need_of(request, pk)
    if request.method == "POST":
        _act(request, found)
        return redirect(_back(request, found))
    filters = EvidenceFilters(request.GET or {})
    asked = filters.asked()
    rows = Evidence.objects.filter(need=found).select_related(
        "contribution__gathering", "contribution__speaker", "contribution__question"
    )
    if "stance" in asked:
        rows = rows.filter(stance=asked["stance"])
    if "family" in asked:
        rows = rows.filter(contribution__family=asked["family"])
    listed = page_of(request, rows)
    shown = {
        "need": found,
        "filters": filters,
        "page": listed,
        "rows": [(each, source_line(each.contribution)) for each in listed],
        "crumbs": need_crumbs(request, found, _("Preuves")),
    }
    return render(request, "atelier/needs/evidence.html", shown)


@page(who=facilitator, methods=FORM)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Find voices of the territory by their words, and take them as evidence."""
    found = need_of(request, pk)
    if request.method == "POST":
        _act(request, found)
        return redirect(_back(request, found))
    form = SearchForm(request.GET or {})
    asked = form.cleaned_data.get("q", "") if form.is_valid() else ""
    known = Evidence.objects.filter(need=found).values("contribution")
    voices = Contribution.objects.in_territory(request.territory).counted().exclude(pk__in=known)
    voices = matching(voices, asked).select_related("gathering", "speaker").order_by("-said_at", "-pk")
    listed = page_of(request, voices)
    shown = {
        "need": found,
        "filters": form,
        "page": listed,
        "rows": [(each, source_line(each)) for each in listed],
        "crumbs": need_crumbs(request, found, _("Ajouter des voix")),
    }
    return render(request, "atelier/needs/evidence_add.html", shown)


def _act(request: HttpRequest, need: Need) -> None:
    gesture = request.POST.get("gesture", "")
    chosen = [int(key) for key in request.POST.getlist("voice") if key.isdecimal()]
    try:
        said = _gesture(request, need, gesture, chosen)
    except EvidenceRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)


def _gesture(request: HttpRequest, need: Need, gesture: str, chosen: list[int]) -> str:
    if not chosen:
        raise EvidenceRefused(_("Choisissez au moins une voix : cochez-la dans la liste."))
    by: Any = request.user
    if gesture in ("supports", "contrary"):
        change_evidence(by=by, need=need, stances=dict.fromkeys(chosen, Stance(gesture)))
        return _("C’est enregistré, et les preuves sont recomptées.")
    if gesture == "remove":
        change_evidence(by=by, need=need, removed=chosen)
        return _("Ces voix n’appuient plus ce besoin. Elles restent dans les autres pages.")
    quoted = Evidence.objects.filter(need=need, is_quote=True).order_by("position", "id")
    kept = [pk for pk in quoted.values_list("contribution_id", flat=True) if pk not in chosen]
    if gesture == "unquote":
        choose_need_quotes(by=by, need=need, voices=kept)
        return _("Ces voix ne sont plus citées.")
    if len(kept) + len(chosen) > MOST_QUOTES:
        raise EvidenceRefused(
            _("Un besoin cite %(n)d voix au plus : retirez-en avant d’en ajouter.") % {"n": MOST_QUOTES}
        )
    choose_need_quotes(by=by, need=need, voices=[*kept, *chosen])
    return _("Ces voix sont citées sur la page du besoin.")


def _back(request: HttpRequest, need: Need) -> str:
    base = reverse("territory:atelier_need", args=[request.territory.slug, need.pk])
    back = request.POST.get("back", "")
    return back if back.startswith(base) else f"{base}preuves/"
