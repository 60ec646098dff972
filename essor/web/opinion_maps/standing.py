"""Where the reader stands: their own place, seen by nobody else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from essor.chain.opinions.computations.places import standing_of
from essor.chain.opinions.models import Participant
from essor.chain.opinions.selectors.maps import latest_map
from essor.chain.opinions.selectors.voting import votes_of
from essor.web.access import anyone, page
from essor.web.opinion_maps.pages import crumbs_of, picture_of
from essor.web.opinion_maps.telling import Told, readable_statements
from essor.web.voters import participant_here, visible_conversation

APART = 5  # statements shown on which the reader answers otherwise than their group


@page(who=anyone)
def opinion_where_i_stand(request: HttpRequest, slug: str) -> HttpResponse:
    """My place on the last map, by the votes of this very moment."""
    conversation = visible_conversation(request, slug)
    participant, drawn = participant_here(request, conversation), latest_map(conversation)
    context: dict[str, Any] = {
        "conversation": conversation,
        "participant": participant,
        "drawn": drawn,
        "crumbs": crumbs_of(conversation, (_("Où suis-je ?"), None)),
    }
    if participant is not None and drawn is not None:
        drawn.conversation = conversation
        context |= _place(participant, Told(drawn))
    response = render(request, "opinion_maps/where.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _place(participant: Participant, told: Told) -> dict[str, Any]:
    stands = standing_of(participant, told.drawn, result=told.result)
    here = (stands.x, stands.y) if stands.seen else None
    pulls = readable_statements(told.drawn, [each.statement for each in stands.pulls])
    return {
        "stands": stands,
        "group": next((each for each in told.groups if each.named.key == stands.group), None),
        "picture": picture_of(participant.conversation, told, here),
        "pulls": [(pulls[each.statement], each) for each in stands.pulls if each.statement in pulls],
        "apart": _apart(participant, told, stands.group) if stands.group is not None else [],
    }


def _apart(participant: Participant, told: Told, group: int) -> list[tuple[Any, str, int]]:
    """Where the reader answered otherwise than most of their group, the clearest first."""
    found = []
    for vote in votes_of(participant):
        shares = told.shares_of(str(vote.statement_id))
        own = next((each for each in shares if each.key == group and each.seen), None)
        if own is None or vote.choice == 0:
            continue
        others = own.disagrees if vote.choice == 1 else own.agrees
        if others is not None and own.seen and 2 * others > own.seen:
            found.append((vote.statement, str(vote.get_choice_display()), round(100 * others / own.seen)))
    return sorted(found, key=lambda each: -each[2])[:APART]
