"""Alliances as facilitators follow them: drafts, answers that wait, promises that are late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.alliances.enums import MemberState
from essor.chain.alliances.models import AllianceMember, Commitment
from essor.chain.alliances.selectors.listing import Asked, every_alliance
from essor.common.pagination import page_of
from essor.web import exports
from essor.web.access import facilitator, page
from essor.web.alliances.forms import AllianceFilters
from essor.web.alliances.listing import COLUMNS

SHOWN = 20


@page(who=facilitator)
def alliances(request: HttpRequest) -> HttpResponse:
    """Every alliance; what waits is told first."""
    territory = request.territory
    filters = AllianceFilters(request.GET or {}, territory=territory)
    found = every_alliance(territory, Asked(**filters.asked()))
    if exports.wanted(request):
        return exports.export(request, found, COLUMNS, _("alliances"))
    waiting = AllianceMember.objects.filter(alliance__territory=territory, state=MemberState.INVITED)
    late = Commitment.objects.late().filter(member__alliance__territory=territory)
    shown = {
        "filters": filters,
        "page": page_of(request, found),
        "waiting": waiting.select_related("alliance", "actor").order_by("invited_at")[:SHOWN],
        "late": late.select_related("member__alliance", "member__actor").order_by("due_on")[:SHOWN],
        "is_filtered": bool(request.GET.keys() - {"sort", "page"}),
        "crumbs": [
            (_("Atelier"), reverse("territory:atelier", args=[territory.slug])),
            (_("Alliances"), None),
        ],
    }
    return render(request, "atelier/alliances/list.html", shown)
