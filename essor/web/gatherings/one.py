"""One meeting: when, where, what for, who came, what was said."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from essor.chain.listening.models import Contribution
from essor.common import clock
from essor.ground.documents.models import Document
from essor.ground.gatherings.enums import GatheringState, MinutesState
from essor.ground.gatherings.models import Gathering, Minutes
from essor.ground.people.enums import StakeholderFamily
from essor.ground.territories.models import Territory
from essor.web.access import anyone, page
from essor.web.drawings.bars import Bar, bars
from essor.web.drawings.picture import Picture
from essor.web.thread.drawing import thread_of_gathering
from essor.web.voices import source_line

VOICES_SHOWN = 4


def public_gathering(territory: Territory, slug: str) -> Gathering:
    """The gathering at this address, or 404 when it is not public here."""
    thing = get_object_or_404(Gathering.objects.in_territory(territory).public(), slug=slug)
    thing.territory = territory
    return thing


def _attendance(gathering: Gathering) -> Picture | None:
    counts = dict(gathering.attendance.values_list("family", "count"))
    if not counts:
        return None
    return bars(
        [Bar(capfirst(label), counts.get(value, 0)) for value, label in StakeholderFamily.choices],
        title=_("Qui était là"),
        unit=_("personnes"),
        step="listen",
    )


def _voices(gathering: Gathering) -> QuerySet[Contribution]:
    voices = Contribution.objects.public().filter(gathering=gathering)
    return voices.select_related("gathering", "speaker").order_by("id")


def _places(gathering: Gathering) -> dict[str, Any]:
    """Whether places can still be kept, and how many are free (None without a limit)."""
    is_to_come = gathering.state == GatheringState.ANNOUNCED and gathering.starts_at > clock.now()
    taken = gathering.registrations.confirmed().count() if gathering.capacity and is_to_come else 0
    free = max(gathering.capacity - taken, 0) if gathering.capacity else None
    return {"is_to_come": is_to_come, "free": free}


@page(who=anyone)
def gathering(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a meeting."""
    territory = request.territory
    gathering = public_gathering(territory, slug)
    voices = _voices(gathering)
    back = reverse("territory:gatherings", args=[territory.slug])
    context = {
        "gathering": gathering,
        "commune": territory.communes.filter(code=gathering.commune_code).first(),
        "agenda": gathering.agenda.all(),
        "minutes": Minutes.objects.filter(gathering=gathering, state=MinutesState.PUBLISHED).first(),
        "attendance": _attendance(gathering),
        "documents": Document.objects.in_territory(territory).published().about(gathering),
        "voices_count": voices.count(),
        "voices": [(each, source_line(each)) for each in voices[:VOICES_SHOWN]],
        "thread": thread_of_gathering(gathering),
        "crumbs": [(_("Rencontres"), back), (gathering.title, None)],
        **_places(gathering),
    }
    return render(request, "gatherings/gathering.html", context)
