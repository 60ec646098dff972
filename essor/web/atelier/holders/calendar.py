"""Next steps in one's own calendar (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from essor.chain.holders.enums import HolderStage
from essor.chain.holders.models import ProjectHolder
from essor.chain.holders.selectors import listing
from essor.common import clock
from essor.ground.territories.models import Territory
from essor.web.access import facilitator, page
from essor.web.atelier.holders.forms import HolderFilters

MOST = 500


def calendar_of(territory: Territory, holders: Iterable[ProjectHolder]) -> bytes:
    """The next step of each as a whole day. No address, no telephone, no note: the card has them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Essor//porteurs//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Prochains pas, %(name)s") % {"name": territory.name})
    for each in holders:
        event = Event()
        event.add("uid", f"porteur-{each.pk}@{settings.SITE_URL.split('//')[-1]}")
        event.add("summary", f"{each.name} : {each.next_step}")
        day = each.next_on or clock.today()
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("dtstamp", each.changed_at)
        event.add("last-modified", each.changed_at)
        event.add("transp", "TRANSPARENT")
        event.add("class", "CONFIDENTIAL")
        path = reverse("territory:atelier_holder", args=[territory.slug, each.pk])
        event.add("url", settings.SITE_URL + path)
        calendar.add_component(event)
    return calendar.to_ical()


@page(who=facilitator)
def holders_ics(request: HttpRequest) -> HttpResponse:
    """The next steps of those asked for, as the list filters them."""
    filters = HolderFilters(request.GET or {}, territory=request.territory)
    found = listing.holders(request.territory, listing.Asked(**filters.asked()))
    dated = found.exclude(next_on=None).exclude(stage=HolderStage.CLOSED).order_by("next_on", "id")
    content = calendar_of(request.territory, dated[:MOST])
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{request.territory.slug}-prochains-pas.ics"'
    return answer
