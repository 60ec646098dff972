"""Wording a need, alone or from a group; its page in the atelier; what the public will see."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.listening.enums import VoiceState
from essor.chain.needs.enums import NeedState
from essor.chain.needs.lifecycle import NEED_MOVES
from essor.chain.needs.models import Evidence, Group, Need
from essor.chain.needs.selectors.needs import need_suggested_by
from essor.chain.needs.services.evidence import EvidenceRefused
from essor.chain.needs.services.needs import NeedRefused, change_need, draft_need
from essor.ground.ledger.selectors import history_of
from essor.web.access import FORM, facilitator, page
from essor.web.atelier.needs.forms import NeedForm
from essor.web.voices import source_line

QUOTES = 6


def need_of(request: HttpRequest, pk: int) -> Need:
    """The need of this territory with this key, or 404."""
    rows = Need.objects.in_territory(request.territory)
    return get_object_or_404(rows.select_related("territory", "theme", "group__synthesis__territory"), pk=pk)


def need_crumbs(request: HttpRequest, need: Need | None, *more: str) -> list[tuple[str, str | None]]:
    """Atelier, needs, this need, and so on."""
    slug = request.territory.slug
    crumbs: list[tuple[str, str | None]] = [
        (_("Atelier"), reverse("territory:atelier", args=[slug])),
        (_("Besoins"), reverse("territory:atelier_needs", args=[slug])),
    ]
    if need is not None:
        here = reverse("territory:atelier_need", args=[slug, need.pk]) if more else None
        crumbs.append((need.statement, here))
    return [*crumbs, *((word, None) for word in more)]


@page(who=facilitator, methods=FORM)
def need_new(request: HttpRequest) -> HttpResponse:
    """Word a need; ``?group=`` fills it from a group, whose voices become the evidence."""
    territory = request.territory
    key = request.GET.get("group", "")
    groups = Group.objects.filter(synthesis__territory=territory).standing().select_related("synthesis")
    group = get_object_or_404(groups, pk=int(key)) if key.isdecimal() else None
    form = NeedForm(request.POST or None, territory=territory, initial=_start(group))
    if form.is_valid():
        try:
            need = draft_need(by=request.user, territory=territory, group=group, **form.words())
        except (NeedRefused, EvidenceRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Le brouillon est enregistré : relisez ses preuves, puis publiez-le.")
            )
            return redirect("territory:atelier_need", territory.slug, need.pk)
    shown = {"form": form, "group": group, "crumbs": need_crumbs(request, None, _("Nouveau"))}
    return render(request, "atelier/needs/new.html", shown)


@page(who=facilitator)
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """A need as facilitators follow it: evidence, state, history, and what can be done now."""
    found = need_of(request, pk)
    quotes = Evidence.objects.filter(need=found).select_related(
        "contribution__gathering", "contribution__speaker"
    )
    shown = {
        "need": found,
        "is_draft": found.state == NeedState.DRAFT,
        "may_move": bool(NEED_MOVES[found.state] - {NeedState.WITHDRAWN}) and found.state != NeedState.DRAFT,
        "may_withdraw": NeedState.WITHDRAWN in NEED_MOVES[found.state],
        "quotes": [(each, source_line(each.contribution)) for each in quotes[:QUOTES]],
        "moves": found.moves.select_related("by"),
        "history": history_of(found, 12),
        "communes": territory_communes(found),
        "crumbs": need_crumbs(request, found),
    }
    return render(request, "atelier/needs/one.html", shown)


@page(who=facilitator, methods=FORM)
def need_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword a need."""
    found = need_of(request, pk)
    form = NeedForm(request.POST or None, territory=request.territory, initial=_words_of(found))
    if form.is_valid():
        try:
            change_need(by=request.user, need=found, **form.words())
        except NeedRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le besoin est modifié."))
            return redirect("territory:atelier_need", request.territory.slug, found.pk)
    shown = {
        "form": form,
        "title": _("Modifier ce besoin"),
        "step": "need",
        "cancel_url": reverse("territory:atelier_need", args=[request.territory.slug, found.pk]),
        "crumbs": need_crumbs(request, found, _("Modifier")),
    }
    return render(request, "atelier/form_page.html", shown)


@page(who=facilitator)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What anybody will read once it is published: only published voices, quotes first."""
    found = need_of(request, pk)
    readable = Evidence.objects.filter(need=found, contribution__state=VoiceState.PUBLISHED).select_related(
        "contribution__gathering", "contribution__speaker"
    )
    shown = {
        "need": found,
        "quotes": [(each, source_line(each.contribution)) for each in readable[:QUOTES]],
        "communes": territory_communes(found),
        "crumbs": need_crumbs(request, found, _("Aperçu")),
    }
    return render(request, "atelier/needs/preview.html", shown)


def territory_communes(found: Need) -> list[str]:
    """The names of the communes where the need is felt."""
    codes = found.communes.values("code")
    return list(found.territory.communes.filter(code__in=codes).values_list("name", flat=True))


def _start(group: Group | None) -> dict[str, Any]:
    if group is None:
        return {"statement": _("Pouvoir") + " "}
    suggested = need_suggested_by(group)
    return {
        "statement": suggested.statement,
        "theme": suggested.theme,
        "communes": list(suggested.commune_codes),
    }


def _words_of(found: Need) -> dict[str, Any]:
    return {
        "statement": found.statement,
        "concerns": found.concerns,
        "theme": found.theme_id,
        "communes": list(found.communes.values_list("code", flat=True)),
        "context": found.context,
    }
