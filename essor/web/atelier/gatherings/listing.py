"""The gatherings of a territory, for those who run them."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.listening.models import Contribution
from essor.common import clock
from essor.common.pagination import page_of
from essor.ground.documents.models import Document
from essor.ground.gatherings.enums import GatheringState
from essor.ground.gatherings.models import Gathering, Minutes
from essor.ground.people.enums import StakeholderFamily
from essor.web import exports
from essor.web.access import facilitator, page

PLACES: list[exports.Column] = [
    (gettext_lazy("nom"), lambda each: each.name),
    (gettext_lazy("adresse électronique"), lambda each: each.email),
    (gettext_lazy("état"), lambda each: each.get_state_display()),
    (gettext_lazy("besoin d’accessibilité"), lambda each: each.needs_help_with),
    (gettext_lazy("inscription"), lambda each: each.created_at.isoformat()),
]


def own_gathering(request: HttpRequest, slug: str) -> Gathering:
    """A meeting of this territory, whatever its state; interviews have their own pages."""
    gathering = get_object_or_404(Gathering.objects.in_territory(request.territory).meetings(), slug=slug)
    gathering.territory = request.territory
    return gathering


@page(who=facilitator)
def atelier_gatherings(request: HttpRequest) -> HttpResponse:
    """All meetings, newest first, by state."""
    gatherings = Gathering.objects.in_territory(request.territory).meetings()
    state = request.GET.get("state", "")
    if state in GatheringState.values:
        gatherings = gatherings.filter(state=state)
    asked = request.GET.get("q", "").strip()[:100]
    if asked:
        gatherings = gatherings.filter(title__icontains=asked)
    listed = page_of(request, gatherings.order_by("-starts_at"))
    keys = [each.pk for each in listed]
    voices = dict(
        Contribution.objects.filter(gathering__in=keys).values_list("gathering").annotate(n=Count("id"))
    )
    return render(
        request,
        "atelier/gatherings.html",
        {
            "page": listed,
            "rows": [(each, voices.get(each.pk, 0)) for each in listed],
            "states": GatheringState.choices,
            "state": state,
            "asked": asked,
        },
    )


@page(who=facilitator)
def atelier_gathering(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting: what is done, what is left to do."""
    gathering = own_gathering(request, slug)
    counts = dict(gathering.attendance.values_list("family", "count"))
    crumbs = [
        (_("Rencontres"), reverse("territory:atelier_gatherings", args=[request.territory.slug])),
        (gathering.title, None),
    ]
    return render(
        request,
        "atelier/gathering.html",
        {
            "gathering": gathering,
            "minutes": Minutes.objects.filter(gathering=gathering).first(),
            "attendance": [
                (label, counts[value]) for value, label in StakeholderFamily.choices if value in counts
            ],
            "has_started": gathering.starts_at <= clock.now(),
            "attendants": sum(counts.values()),
            "voices_count": Contribution.objects.filter(gathering=gathering).count(),
            "confirmed": gathering.registrations.confirmed().count(),
            "waiting": gathering.registrations.waiting().count(),
            "documents": Document.objects.in_territory(request.territory).about(gathering),
            "crumbs": crumbs,
        },
    )


@page(who=facilitator)
def atelier_gathering_places(request: HttpRequest, slug: str) -> HttpResponse:
    """Who keeps a place; a list for the door, on screen or as a file."""
    gathering = own_gathering(request, slug)
    places = gathering.registrations.exclude(state="cancelled")
    if exports.wanted(request):
        return exports.export(request, places, PLACES, gathering.slug)
    crumbs = [(gathering.title, None), (_("Inscrits"), None)]
    return render(
        request,
        "atelier/gathering_places.html",
        {"gathering": gathering, "page": page_of(request, places, 50), "crumbs": crumbs},
    )
