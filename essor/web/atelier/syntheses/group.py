"""One group: its voices in context, its key words, and the gestures under the hand. And what is aside."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.listening.models import Contribution
from essor.chain.needs.models import Group, Placement, Synthesis
from essor.chain.needs.selectors.steps import last_step, last_step_on, told_one
from essor.chain.needs.selectors.syntheses import (
    figures_of_group,
    groups_with_sizes,
    left_aside,
    repeated,
    voices_of_group,
)
from essor.common.full_text import matching
from essor.common.pagination import page_of
from essor.web import exports
from essor.web.access import facilitator, page
from essor.web.atelier.syntheses import files
from essor.web.atelier.syntheses.forms import VoiceFilters
from essor.web.atelier.syntheses.found import crumbs_to, drawn_groups, group_of, group_url, synthesis_of
from essor.web.voices import source_line

MOST_FOUND = 5000


@page(who=facilitator)
def group(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """A group: map left, voices right, gestures below."""
    found = group_of(request, pk, group)
    synthesis = found.synthesis
    if found.is_dissolved:
        return redirect(synthesis)
    filters = VoiceFilters(request.GET or {})
    placed = _filtered(voices_of_group(found), found, filters.asked())
    if exports.wanted(request):
        return exports.export(request, placed, files.VOICE_COLUMNS, f"groupe-{found.pk}")
    shown = {
        "synthesis": synthesis,
        "group": found,
        "figures": figures_of_group(found),
        "filters": filters,
        **_around(synthesis, found),
        "crumbs": crumbs_to(request, synthesis, *_upper(found), (found.label, None)),
        **_listed(request, placed),
    }
    return render(request, "atelier/syntheses/group.html", shown)


@page(who=facilitator)
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """The voices in no group, each with the reason, and the way back into a group."""
    synthesis = synthesis_of(request, pk)
    placed = left_aside(synthesis)
    shown = {
        "synthesis": synthesis,
        "told": told_one(last_step(synthesis)),
        "destinations": _destinations(groups_with_sizes(synthesis), None),
        "crumbs": crumbs_to(request, synthesis, (_("Mises de côté"), None)),
        **_listed(request, placed),
    }
    return render(request, "atelier/syntheses/aside.html", shown)


def _filtered(placed: QuerySet[Placement], group: Group, asked: dict[str, str]) -> QuerySet[Placement]:
    if "q" in asked:
        here = Contribution.objects.in_territory(group.synthesis.territory).filter(
            pk__in=voices_of_group(group).order_by().values("contribution")
        )
        keys = matching(here, asked["q"]).order_by("pk").values_list("pk", flat=True)[:MOST_FOUND]
        placed = placed.filter(contribution__in=list(keys))
    if "family" in asked:
        placed = placed.filter(contribution__family=asked["family"])
    if "stance" in asked:
        placed = placed.filter(stance=asked["stance"])
    if "copies" not in asked and "q" not in asked:
        placed = placed.exclude(same_as__in=voices_of_group(group).order_by().values("contribution"))
    return placed


def _listed(request: HttpRequest, placed: QuerySet[Placement]) -> dict[str, Any]:
    listed = page_of(request, placed)
    copies = repeated(listed)
    rows = [
        {
            "placement": each,
            "voice": each.contribution,
            "source": source_line(each.contribution),
            "copies": copies.get(each.contribution_id, 0),
        }
        for each in listed
    ]
    return {"page": listed, "rows": rows}


def _around(synthesis: Synthesis, found: Group) -> dict[str, Any]:
    """What stands around a group: those inside, those it may be merged with, where its voices may go."""
    others = groups_with_sizes(synthesis)
    step = last_step(synthesis)
    return {
        "inside": [(each, n) for each, n in others if each.parent_id == found.pk],
        "kindred": [each for each, _n in others if each.pk != found.pk and _same_grain(each, found)],
        "destinations": _destinations(others, found),
        "picture": _drawn_around(synthesis, found, others, step),
        "told": told_one(last_step_on(found)),
        "is_of_group": True,
    }


def _drawn_around(synthesis: Synthesis, found: Group, others: list[tuple[Group, int]], step: Any) -> Any:
    """The map of what is inside the group, or of its neighbours in the same overview group."""
    top = found.parent or found
    near = [(each, n) for each, n in others if each.parent_id == top.pk] or [
        (each, n) for each, n in others if each.pk == top.pk
    ]
    return drawn_groups(synthesis, near, step, inside=top)


def _destinations(others: list[tuple[Group, int]], found: Group | None) -> list[tuple[str, list[Group]]]:
    """Where voices may go: the finest groups, under the name of their overview group."""
    inside: dict[int, list[Group]] = {}
    for each, _n in others:
        if each.parent_id is not None and (found is None or each.pk != found.pk):
            inside.setdefault(each.parent_id, []).append(each)
    parents = {each.parent_id for each, _n in others}
    tops = [each for each, _n in others if each.parent_id is None]
    return [
        (top.label, inside.get(top.pk, [] if top.pk in parents or top == found else [top])) for top in tops
    ]


def _same_grain(one: Group, other: Group) -> bool:
    return (one.parent_id is None) == (other.parent_id is None)


def _upper(found: Group) -> list[tuple[str, str | None]]:
    return [(found.parent.label, group_url(found.synthesis, found.parent))] if found.parent else []


def voices_page(request: HttpRequest, synthesis: Synthesis) -> str:
    """Where a gesture on voices comes back to: only pages of this synthesis are followed."""
    base = reverse("territory:atelier_synthesis", args=[request.territory.slug, synthesis.pk])
    back = request.POST.get("back", "")
    return back if back.startswith(base) else base
