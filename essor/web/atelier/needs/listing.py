"""Needs in the atelier: drafts, published, withdrawn."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.alliances.selectors.chain import state_told, with_what_is_left_alone
from essor.chain.needs.models import Need
from essor.common.full_text import matching
from essor.common.pagination import page_of
from essor.ground.territories.models import Territory
from essor.web import exports
from essor.web.access import facilitator, page
from essor.web.atelier.needs.forms import NeedListFilters

_ORDERS = {
    "": ("-changed_at", "-id"),
    "evidence": ("-families_count", "-people_count", "id"),
    "name": ("statement", "id"),
}
COLUMNS: list[exports.Column] = [
    (gettext_lazy("besoin"), lambda need: need.statement),
    (gettext_lazy("état"), state_told),
    (gettext_lazy("thème"), lambda need: need.theme.label if need.theme else ""),
    (gettext_lazy("qui est concerné"), lambda need: need.concerns),
    (gettext_lazy("personnes distinctes"), lambda need: need.people_count),
    (gettext_lazy("voix"), lambda need: need.voices_count),
    (gettext_lazy("rencontres"), lambda need: need.meetings_count),
    (gettext_lazy("entretiens"), lambda need: need.interviews_count),
    (gettext_lazy("familles d’acteurs (sur 6)"), lambda need: need.families_count),
    (gettext_lazy("voix contraires"), lambda need: need.contrary_count),
    (gettext_lazy("se disent concernées"), lambda need: need.concerned_count),
    (gettext_lazy("changé le"), lambda need: need.changed_at.date()),
]


@page(who=facilitator)
def needs(request: HttpRequest) -> HttpResponse:
    """Every need, whatever its state."""
    filters = NeedListFilters(request.GET or {}, territory=request.territory)
    asked = filters.asked()
    found = _asked(request.territory, asked)
    if exports.wanted(request):
        return exports.export(request, found, COLUMNS, _("besoins-atelier"))
    shown = {
        "filters": filters,
        "page": page_of(request, found),
        "is_filtered": bool(asked.keys() - {"sort"}),
        "crumbs": [
            (_("Atelier"), reverse("territory:atelier", args=[request.territory.slug])),
            (_("Besoins"), None),
        ],
    }
    return render(request, "atelier/needs/list.html", shown)


def _asked(territory: Territory, asked: dict[str, Any]) -> QuerySet[Need]:
    found = with_what_is_left_alone(Need.objects.in_territory(territory)).select_related("theme")
    if "state" in asked:
        found = found.filter(state=asked["state"])
    if "theme" in asked:
        found = found.filter(theme=asked["theme"])
    if "q" in asked:
        found = matching(found, asked["q"])
    return found.order_by(*_ORDERS[asked.get("sort", "")])
