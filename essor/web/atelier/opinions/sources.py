"""Statements born from what was heard, and what a vote showed given back to needs."""

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.needs.models import Group, Synthesis
from essor.chain.needs.services.evidence import EvidenceRefused
from essor.chain.opinions.models import Conversation, OpinionMap, Statement
from essor.chain.opinions.selectors.maps import latest_map, result_of_map
from essor.chain.opinions.services.refusals import OpinionRefused
from essor.common.pagination import page_of
from essor.journeys.give_opinions_as_evidence import give_opinions_as_evidence
from essor.journeys.seed_statements_from_voices import Worded, seed_statements_from_voices, suggested_text
from essor.web.access import FORM, facilitator, page
from essor.web.atelier.opinions.doors import conversation_of, crumbs
from essor.web.atelier.opinions.forms import EvidenceForm

READINGS = {"agreed": gettext_lazy("rassemble"), "divided": gettext_lazy("divise")}


@page(who=facilitator, methods=FORM)
def seed(request: HttpRequest, slug: str) -> HttpResponse:
    """Groups of a synthesis, each with a sentence to correct: the ticked ones are put to the vote."""
    found = conversation_of(request, slug)
    groups = page_of(request, _groups(request), 20)
    if request.method == "POST" and _seeded(request, found, groups):
        return redirect("territory:atelier_statements", request.territory.slug, found.slug)
    shown = {
        "conversation": found,
        "page": groups,
        "rows": [
            (each, request.POST.get(f"text_{each.pk}") or suggested_text(each.label, found.longest))
            for each in groups
        ],
        "crumbs": crumbs(request, found, _("Partir de ce qui a été dit")),
    }
    return render(request, "atelier/opinions/seed.html", shown)


@page(who=facilitator, methods=FORM)
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """What rassembles and what divides becomes evidence of a need, with the counts of this moment."""
    found = conversation_of(request, slug)
    drawn = latest_map(found)
    told = _told(found, drawn)
    form = EvidenceForm(request.POST or None, territory=request.territory)
    if form.is_valid():
        readings = {each: reading for each, reading in told if f"take_{each.pk}" in request.POST}
        try:
            need = give_opinions_as_evidence(
                by=request.user, need=form.cleaned_data["need"], readings=readings, drawn=drawn
            )
        except (EvidenceRefused, OpinionRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Ces affirmations éclairent maintenant le besoin."))
            return redirect("territory:need", request.territory.slug, need.slug)
    shown = {
        "conversation": found,
        "form": form,
        "rows": [(each, READINGS[reading], f"take_{each.pk}" in request.POST) for each, reading in told],
        "crumbs": crumbs(request, found, _("Éclairer un besoin")),
    }
    return render(request, "atelier/opinions/evidence.html", shown)


def _seeded(request: HttpRequest, found: Conversation, groups: "Page[Group]") -> bool:
    worded = [
        Worded(text=text, group=group)
        for group in groups
        if f"take_{group.pk}" in request.POST and (text := request.POST.get(f"text_{group.pk}", "").strip())
    ]
    if not worded:
        messages.error(request, _("Cochez au moins un groupe, et gardez-lui une phrase."))
        return False
    try:
        made = seed_statements_from_voices(by=request.user, conversation=found, worded=worded)
    except OpinionRefused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, _("%(n)s affirmations sont nées de ce qui a été dit.") % {"n": len(made)})
    return True


def _groups(request: HttpRequest) -> "QuerySet[Group]":
    latest = Synthesis.objects.filter(territory=request.territory).order_by("-pk").values("pk")[:1]
    rows = Group.objects.filter(synthesis__in=latest, is_dissolved=False, parent=None)
    return rows.select_related("synthesis").order_by("position", "pk")


def _told(found: Conversation, drawn: OpinionMap | None) -> list[tuple[Statement, str]]:
    """Statements of the last map, those that bring together first."""
    if drawn is None:
        return []
    result = result_of_map(drawn)
    named = [(each["statement"], "agreed") for each in result["consensus"]]
    named += [(each["statement"], "divided") for each in result["divisive"]]
    rows = Statement.objects.to_vote().filter(conversation=found).in_bulk([int(key) for key, _why in named])
    return [(rows[int(key)], why) for key, why in named if int(key) in rows]
