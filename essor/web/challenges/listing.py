"""The challenges of a territory."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.challenges.selectors.listing import Asked, challenges_of, public_challenges
from essor.common.pagination import page_of
from essor.web import exports
from essor.web.access import anyone, member, page
from essor.web.challenges.forms import ChallengeFilters
from essor.web.figures import how_many

COLUMNS: list[exports.Column] = [
    (gettext_lazy("défi"), lambda each: each.title),
    (gettext_lazy("de quoi il s’agit"), lambda each: each.summary),
    (gettext_lazy("état"), lambda each: each.get_state_display()),
    (gettext_lazy("thème"), lambda each: each.theme.label if each.theme else ""),
    (gettext_lazy("besoin"), lambda each: each.need or ""),
    (gettext_lazy("soutenu par"), lambda each: each.supporters_count),
    (gettext_lazy("premier cercle"), lambda each: each.circle_size),
    (gettext_lazy("fin"), lambda each: each.get_ending_display()),
    (gettext_lazy("publié le"), lambda each: each.published_at.date() if each.published_at else ""),
]


@page(who=anyone)
def challenges(request: HttpRequest) -> HttpResponse:
    """The list: search, filters, order, pages, files."""
    territory = request.territory
    filters = ChallengeFilters(request.GET or {}, territory=territory)
    asked = Asked(**filters.asked())
    found = public_challenges(territory, asked)
    if exports.wanted(request):
        return exports.export(request, found, COLUMNS, _("defis"))
    shown = {
        "filters": filters,
        "page": page_of(request, found, known=how_many(territory, f"challenges {asked!r}", found)),
        "is_filtered": bool(request.GET.keys() - {"sort", "page"}),
    }
    return render(request, "challenges/list.html", shown)


@page(who=member)
def mine(request: HttpRequest) -> HttpResponse:
    """Those I launched, drafts included."""
    shown = {
        "challenges": challenges_of(request.user, request.territory),
        "crumbs": [
            (_("Défis"), reverse("territory:challenges", args=[request.territory.slug])),
            (_("Mes défis"), None),
        ],
    }
    return render(request, "challenges/mine.html", shown)
