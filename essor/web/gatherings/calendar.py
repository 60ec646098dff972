"""Meetings in everybody's own calendar (iCalendar, RFC 5545)."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from icalendar import Calendar, Event, vText

from essor.ground.gatherings.enums import GatheringState
from essor.ground.gatherings.models import Gathering
from essor.ground.territories.models import Territory
from essor.web.access import anyone, page
from essor.web.gatherings.one import public_gathering

MOST = 300


def calendar_of(territory: Territory, gatherings: Iterable[Gathering]) -> bytes:
    """These gatherings as one calendar file. Cancelled ones stay, marked so, that calendars drop them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Essor//rencontres//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", territory.name)
    for each in gatherings:
        each.territory = territory
        event = Event()
        event.add("uid", f"rencontre-{each.pk}@{settings.SITE_URL.split('//')[-1]}")
        event.add("summary", each.title)
        event.add("dtstart", each.starts_at)
        event.add("dtend", each.ends_at)
        event.add("dtstamp", each.changed_at)
        event.add("last-modified", each.changed_at)
        event.add("status", "CANCELLED" if each.state == GatheringState.CANCELLED else "CONFIRMED")
        event.add("url", settings.SITE_URL + each.get_absolute_url())
        place = ", ".join(part for part in (each.place_name, each.address) if part)
        if place:
            event["location"] = vText(place)
        if each.summary:
            event.add("description", each.summary)
        calendar.add_component(event)
    return calendar.to_ical()


def _answer(content: bytes, filename: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    return answer


@page(who=anyone)
def gatherings_ics(request: HttpRequest) -> HttpResponse:
    """Every public meeting, for a calendar that subscribes."""
    territory = request.territory
    meetings = Gathering.objects.in_territory(territory).public().order_by("-starts_at")[:MOST]
    return _answer(calendar_of(territory, meetings), territory.slug)


@page(who=anyone)
def gathering_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting."""
    gathering = public_gathering(request.territory, slug)
    return _answer(calendar_of(request.territory, [gathering]), gathering.slug)
