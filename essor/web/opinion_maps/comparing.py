"""Two dates side by side, and the declared families of actors, small cells hidden."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation, OpinionMap
from essor.chain.opinions.selectors.maps import comparison_of, latest_map, maps_for
from essor.chain.opinions.services.groups import ask_comparison
from essor.chain.opinions.services.refusals import OpinionRefused
from essor.common.limits import allowed
from essor.ground.people.enums import StakeholderFamily
from essor.web.access import FORM, anyone, page
from essor.web.opinion_maps.pages import crumbs_of
from essor.web.opinion_maps.telling import Told, readable_statements
from essor.web.visitors import address_digest
from essor.web.voters import visible_conversation

OFFERED = 200  # dates one may choose among
SHOWN = 20
AN_HOUR = 60  # comparisons asked from one connection


@dataclass(frozen=True)
class Shift:
    """A statement whose share of agreement moved between the two maps."""

    statement: Any
    before: int
    after: int
    changed: bool


@page(who=anyone, methods=FORM)
def opinion_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose two dates; what moved is computed once by a job, and read here afterwards."""
    conversation = visible_conversation(request, slug)
    dates = list(maps_for(request.user, conversation).defer("result", "points")[:OFFERED])
    pair = _pair(request, conversation)
    if request.method == "POST":
        return _ask(request, conversation, pair)
    latest = latest_map(conversation)
    if latest is not None:
        latest.conversation = conversation
    found = comparison_of(*pair) if pair else None
    context = {
        "conversation": conversation,
        "dates": dates,
        "pair": pair,
        "is_awaited": pair is not None and found is None,
        "found": found,
        "shifts": _shifts(pair[1], found) if pair and found else [],
        "came_and_went": _came_and_went(pair, found) if pair and found else None,
        "moves": _moves(pair, found) if pair and found else [],
        "families": _families(Told(latest)) if latest else None,
        "crumbs": crumbs_of(conversation, (_("Comparer"), None)),
    }
    return render(request, "opinion_maps/compare.html", context)


def _pair(request: HttpRequest, conversation: Conversation) -> tuple[OpinionMap, OpinionMap] | None:
    asked = request.POST if request.method == "POST" else request.GET
    keys = [asked.get(name, "") for name in ("avant", "apres")]
    if not all(each.isascii() and each.isdigit() and len(each) < 18 for each in keys):
        return None
    rows = maps_for(request.user, conversation)
    first, second = (get_object_or_404(rows, pk=each) for each in keys)
    for each in (first, second):
        each.conversation = conversation
    return (first, second) if first.computed_at <= second.computed_at else (second, first)


def _ask(
    request: HttpRequest, conversation: Conversation, pair: tuple[OpinionMap, OpinionMap] | None
) -> HttpResponse:
    back = reverse("territory:opinion_compare", args=[request.territory.slug, conversation.slug])
    if pair is None:
        messages.error(request, _("Choisissez deux dates."))
        return redirect(back)
    if not allowed(f"compare:{address_digest(request)}", times=AN_HOUR, seconds=3600):
        messages.error(
            request, _("Beaucoup de comparaisons viennent de cette connexion : réessayez dans une heure.")
        )
        return redirect(back)
    try:
        ask_comparison(earlier=pair[0], later=pair[1])
    except OpinionRefused as refused:
        messages.error(request, str(refused))
        return redirect(back)
    return redirect(f"{back}?avant={pair[0].pk}&apres={pair[1].pk}")


def _shifts(later: OpinionMap, found: dict[str, Any]) -> list[Shift]:
    rows = [each for each in found["statements"] if not (each["entered"] or each["left"])]
    rows.sort(key=lambda each: -abs(each["agree"][1] - each["agree"][0]))
    statements = readable_statements(later, [each["statement"] for each in rows[: 2 * SHOWN]])
    return [
        Shift(
            statements[each["statement"]],
            round(100 * each["agree"][0]),
            round(100 * each["agree"][1]),
            each["changed"],
        )
        for each in rows
        if each["statement"] in statements
    ][:SHOWN]


def _came_and_went(pair: tuple[OpinionMap, OpinionMap], found: dict[str, Any]) -> tuple[int, int] | None:
    """How many came and went; None when so few that the two maps together would speak of them."""
    least = Told(pair[1]).least
    counts = (found["came"], found["went"])
    return None if any(0 < each < least for each in counts) else counts


def _moves(pair: tuple[OpinionMap, OpinionMap], found: dict[str, Any]) -> list[tuple[str, str, int | None]]:
    """How many went from which group to which; fewer than the smallest group shown are not counted aloud."""
    before, after = Told(pair[0]), Told(pair[1])
    alone = _("aucun groupe")
    return [
        (
            before.labels.get(one, alone),
            after.labels.get(other, alone),
            people if people >= after.least else None,
        )
        for one, other, people in found["moved"]
    ]


def _families(told: Told) -> dict[str, Any] | None:
    found = told.result["families"]
    if found is None:
        return None
    labels = dict(StakeholderFamily.choices)
    return {
        "columns": [*(told.labels.get(key, _("Groupe")) for key in found["groups"]), _("aucun groupe")],
        "rows": [
            (labels.get(name, name), cells, total)
            for name, cells, total in zip(found["families"], found["cells"], found["row_totals"], strict=True)
        ],
        "hidden": found["hidden"],
    }
