"""The alliances of a territory, and mine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.alliances.selectors.listing import (
    Asked,
    alliances_of,
    invitations_of,
    public_alliances,
)
from essor.common.pagination import page_of
from essor.ground.people.policies import can_take_part
from essor.web import exports
from essor.web.access import anyone, member, page
from essor.web.alliances.forms import AllianceFilters
from essor.web.figures import how_many

COLUMNS: list[exports.Column] = [
    (gettext_lazy("alliance"), lambda each: each.title),
    (gettext_lazy("pour quoi faire"), lambda each: each.purpose),
    (gettext_lazy("ce qu’elle a d’inédit"), lambda each: each.unusual),
    (gettext_lazy("état"), lambda each: each.get_state_display()),
    (gettext_lazy("thème"), lambda each: each.theme.label if each.theme else ""),
    (gettext_lazy("membres"), lambda each: each.members_count),
    (gettext_lazy("familles"), lambda each: each.families_count),
    (gettext_lazy("signée le"), lambda each: each.signed_on or ""),
]


@page(who=anyone)
def alliances(request: HttpRequest) -> HttpResponse:
    """The list: search, filters, order, pages, files."""
    territory = request.territory
    filters = AllianceFilters(request.GET or {}, territory=territory)
    asked = Asked(**filters.asked())
    found = public_alliances(territory, asked)
    if exports.wanted(request):
        return exports.export(request, found, COLUMNS, _("alliances"))
    shown = {
        "filters": filters,
        "page": page_of(request, found, known=how_many(territory, f"alliances {asked!r}", found)),
        "is_filtered": bool(request.GET.keys() - {"sort", "page"}),
        "may_prepare": can_take_part(request.user, territory),
    }
    return render(request, "alliances/list.html", shown)


@page(who=member)
def mine(request: HttpRequest) -> HttpResponse:
    """Invitations that wait for my answer, and the alliances where I sit."""
    shown = {
        "invitations": invitations_of(request.user, request.territory),
        "alliances": alliances_of(request.user, request.territory),
        "crumbs": [
            (_("Alliances"), reverse("territory:alliances", args=[request.territory.slug])),
            (_("Mes alliances"), None),
        ],
    }
    return render(request, "alliances/mine.html", shown)
