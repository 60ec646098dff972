"""The needs of a territory, as a list and as a map."""

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.alliances.selectors.chain import state_told, unanswered_needs, with_what_is_left_alone
from essor.chain.needs.models import Need, NeedCommune
from essor.common.full_text import matching
from essor.common.pagination import page_of
from essor.ground.territories.models import Territory
from essor.web import exports
from essor.web.access import anyone, page
from essor.web.drawings.commune_map import Commune, commune_map
from essor.web.needs.forms import LEFT_ALONE, NeedFilters

_ORDERS = {
    "evidence": ("-families_count", "-people_count", "id"),
    "recent": ("-published_at", "-id"),
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
    (gettext_lazy("publié le"), lambda need: need.published_at.date() if need.published_at else ""),
]


def asked_needs(territory: Territory, asked: dict[str, str]) -> QuerySet[Need]:
    """Public needs that answer the filters, in the order asked for."""
    needs = with_what_is_left_alone(Need.objects.in_territory(territory).public()).select_related("theme")
    if "theme" in asked:
        needs = needs.filter(theme__slug=asked["theme"])
    if "commune" in asked:
        needs = needs.filter(communes__code=asked["commune"])
    if asked.get("state") == LEFT_ALONE:
        needs = needs.filter(is_left_alone=True)
    elif "state" in asked:
        needs = needs.filter(state=asked["state"], is_left_alone=False)
    if "answered" in asked:
        waiting = unanswered_needs(territory).values("pk")
        needs = (
            needs.filter(pk__in=waiting) if asked["answered"] == "nobody" else needs.exclude(pk__in=waiting)
        )
    if "q" in asked:
        return matching(needs, asked["q"]).order_by(*_ORDERS[asked.get("sort", "evidence")])
    return needs.order_by(*_ORDERS[asked.get("sort", "evidence")])


@page(who=anyone)
def needs(request: HttpRequest) -> HttpResponse:
    """The list: search, filters, order, pages, files."""
    filters = NeedFilters(request.GET or {}, territory=request.territory)
    asked = filters.asked()
    found = asked_needs(request.territory, asked)
    if exports.wanted(request):
        return exports.export(request, found, COLUMNS, _("besoins"))
    return render(
        request,
        "needs/list.html",
        {"filters": filters, "page": page_of(request, found), "is_filtered": bool(asked.keys() - {"sort"})},
    )


@page(who=anyone)
def needs_map(request: HttpRequest) -> HttpResponse:
    """Where needs are felt: one map, and the same as a table."""
    territory = request.territory
    public = Need.objects.in_territory(territory).public()
    counts = dict(
        NeedCommune.objects.filter(need__in=public).values_list("code").annotate(n=Count("need_id"))
    )
    address = reverse("territory:needs", args=[territory.slug])
    communes = [
        Commune(
            code=each.code,
            name=each.name,
            count=counts.get(each.code, 0),
            rings=each.outline,
            centre=(each.longitude, each.latitude) if each.longitude is not None else None,
            url=f"{address}?commune={each.code}",
        )
        for each in territory.communes.all()
    ]
    drawn = commune_map(
        communes, title=_("Où les besoins se font sentir"), unit=_("besoins"), one=_("besoin")
    )
    everywhere = public.filter(communes=None).count()
    return render(request, "needs/map.html", {"drawn": drawn, "communes": communes, "everywhere": everywhere})
