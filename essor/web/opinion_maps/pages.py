"""The map of opinions, read: its summary first, then the drawing, groups, agreement and divisions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation, OpinionMap
from essor.chain.opinions.policies import can_name_groups
from essor.chain.opinions.selectors.conversations import figures_of
from essor.chain.opinions.selectors.maps import freshness_of, latest_map, maps_for
from essor.web.access import anyone, page
from essor.web.drawings.opinion_map import Camp, Stand, opinion_map
from essor.web.drawings.picture import Picture
from essor.web.opinion_maps.finding import map_at
from essor.web.opinion_maps.telling import Told
from essor.web.voters import visible_conversation

DATES = 30


@page(who=anyone)
def conversation_map(request: HttpRequest, slug: str) -> HttpResponse:
    """The last map, or what is missing before there is one."""
    conversation = visible_conversation(request, slug)
    drawn = latest_map(conversation)
    if drawn is None:
        shown = {
            "conversation": conversation,
            "figures": figures_of(conversation),
            "fresh": freshness_of(conversation, None),
            "crumbs": crumbs_of(conversation),
        }
        return render(request, "opinion_maps/none.html", shown)
    drawn.conversation = conversation
    return render(request, "opinion_maps/map.html", shown_of(request, conversation, drawn))


@page(who=anyone)
def conversation_map_of(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The map of one date."""
    conversation = visible_conversation(request, slug)
    drawn = map_at(request, conversation, pk)
    shown = shown_of(request, conversation, drawn)
    shown["is_dated"] = True
    return render(request, "opinion_maps/map.html", shown)


def shown_of(request: HttpRequest, conversation: Conversation, drawn: OpinionMap) -> dict[str, Any]:
    """All that the page of a map shows."""
    told = Told(drawn)
    dates = list(maps_for(request.user, conversation).defer("result", "points")[: DATES + 1])
    return {
        "conversation": conversation,
        "drawn": drawn,
        "told": told,
        "picture": picture_of(conversation, told),
        "fresh": freshness_of(conversation, drawn),
        "dates": dates[:DATES],
        "has_more_dates": len(dates) > DATES,
        "is_latest": bool(dates) and dates[0].pk == drawn.pk,
        "may_name": can_name_groups(request.user, conversation),
        "crumbs": crumbs_of(conversation),
    }


def picture_of(conversation: Conversation, told: Told, here: tuple[float, float] | None = None) -> Picture:
    """The drawing of a map; each group leads to its page."""
    slug, territory = conversation.slug, conversation.territory.slug
    camps = [
        Camp(
            str(each.key),
            told.labels[each.key],
            each.size,
            reverse("territory:opinion_group", args=[territory, slug, told.drawn.pk, each.key]),
        )
        for each in told.named
    ]
    stands = [Stand(x, y, None if key is None else str(key)) for x, y, key in told.result["dots"]]
    return opinion_map(camps=camps, stands=stands, title=_("Carte des opinions"), here=here)


def crumbs_of(conversation: Conversation, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """Where the reader is: the opinion votes, this one, its map."""
    territory = conversation.territory.slug
    address = reverse("territory:conversation_map", args=[territory, conversation.slug]) if more else None
    return [
        (_("Avis partagés"), reverse("territory:conversations", args=[territory])),
        (conversation.title, conversation.get_absolute_url()),
        (_("Carte des opinions"), address),
        *more,
    ]
