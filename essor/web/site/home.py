"""The first page: where people work together, and what is open there today."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from essor.chain.listening.models import Consultation
from essor.chain.needs.models import Need
from essor.common.pagination import page_of
from essor.ground.gatherings.models import Gathering
from essor.ground.people.selectors import memberships_of
from essor.ground.territories.models import Territory
from essor.ground.territories.selectors import territories_shown
from essor.web.access import anyone, page


@dataclass(frozen=True, slots=True)
class Place:
    """A territory with what is open there."""

    territory: Territory
    consultations: int
    gatherings: int
    needs: int


@page(who=anyone)
def home(request: HttpRequest) -> HttpResponse:
    """The territories; when there is only one, its own first page says more than a list of one."""
    territories = territories_shown(_mine(request))
    first_two = list(territories[:2])
    if len(first_two) == 1:
        return redirect(first_two[0])
    shown = page_of(request, territories)
    return render(request, "site/home.html", {"page": shown, "places": _places(shown)})


def _mine(request: HttpRequest) -> Iterable[int]:
    if not request.user.is_authenticated:
        return ()
    return memberships_of(request.user).values_list("territory_id", flat=True)


def _places(territories: Iterable[Territory]) -> list[Place]:
    """Three queries, whatever the number of territories."""
    territories = list(territories)
    open_now = _counts(Consultation.objects.open(), territories)
    to_come = _counts(Gathering.objects.public().to_come().order_by(), territories)
    needs = _counts(Need.objects.public().order_by(), territories)
    return [
        Place(each, open_now.get(each.pk, 0), to_come.get(each.pk, 0), needs.get(each.pk, 0))
        for each in territories
    ]


def _counts(rows, territories: list[Territory]) -> dict[int, int]:
    counted = rows.filter(territory__in=territories).order_by().values_list("territory")
    return dict(counted.annotate(n=Count("pk")))
