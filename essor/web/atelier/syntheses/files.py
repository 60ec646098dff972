"""A synthesis as files: its voices as a table, and everything as JSON, as the command line writes it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from essor.chain.needs.models import Placement, Synthesis
from essor.chain.needs.selectors.syntheses import groups_with_figures, placements_to_export
from essor.web import exports
from essor.web.access import facilitator, page
from essor.web.atelier.syntheses.found import synthesis_of
from essor.web.voices import source_line

VOICE_COLUMNS: list[exports.Column] = [
    (_("identifiant de la voix"), lambda each: each.contribution_id),
    (_("groupe"), lambda each: each.group.label if each.group else ""),
    (_("groupe de la vue d’ensemble"), lambda each: _top(each)),
    (
        _("groupe proposé par le calcul"),
        lambda each: each.machine_group.machine_label if each.machine_group else "",
    ),
    (_("placée par"), lambda each: each.get_hand_display()),
    (_("mise de côté parce que"), lambda each: each.get_reason_display()),
    (_("avis"), lambda each: each.get_stance_display()),
    (_("citée"), lambda each: int(each.is_quote)),
    (_("répète la voix"), lambda each: each.same_as_id or ""),
    (_("où et qui"), lambda each: source_line(each.contribution)),
    (_("titre"), lambda each: each.contribution.title),
    (_("mots"), lambda each: each.contribution.words),
]


def as_table(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    """Every voice of the synthesis with its group or its reason."""
    return exports.export(request, placements_to_export(synthesis), VOICE_COLUMNS, f"synthese-{synthesis.pk}")


@page(who=facilitator)
def as_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Method, groups with their members and quotes, and what is aside."""
    synthesis = synthesis_of(request, pk)
    answer = JsonResponse(whole(synthesis), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="synthese-{synthesis.pk}.json"'
    return answer


def whole(synthesis: Synthesis) -> dict[str, Any]:
    """The synthesis as plain data, with identifiers of voices and never their words."""
    members: dict[int, list[str]] = {}
    quotes: dict[int, list[str]] = {}
    aside: list[dict[str, str]] = []
    placed = Placement.objects.filter(synthesis=synthesis).order_by("contribution_id")
    rows = placed.values_list("contribution_id", "group_id", "group__parent_id", "reason", "is_quote")
    for voice, group, parent, reason, is_quote in rows.iterator(chunk_size=5000):
        if group is None:
            aside.append({"id": str(voice), "reason": reason})
        for each in {group, parent} - {None}:
            members.setdefault(each, []).append(str(voice))
            if is_quote:
                quotes.setdefault(each, []).append(str(voice))
    return {
        "title": synthesis.title,
        "method": synthesis.method,
        "figures": synthesis.figures,
        "groups": [
            {
                "id": each.group.pk,
                "parent": each.group.parent_id,
                "label": each.group.label,
                "machine_label": each.group.machine_label,
                "decided_by": each.group.hand,
                "terms": [term for term, _weight in each.group.terms],
                "size": each.voices,
                "people": each.people,
                "gatherings": each.gatherings,
                "interviews": each.interviews,
                "families": each.families,
                "contrary": each.contrary,
                "members": members.get(each.group.pk, []),
                "quotes": quotes.get(each.group.pk, []),
            }
            for top in groups_with_figures(synthesis)
            for each in (top, *top.inside)
        ],
        "left_aside": aside,
    }


def _top(placement: Placement) -> str:
    if placement.group is None:
        return ""
    return placement.group.parent.label if placement.group.parent else placement.group.label
