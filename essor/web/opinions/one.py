"""One opinion vote: the question, the rules in plain words, the statements and their results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation, Participant
from essor.chain.opinions.policies import can_propose_statement, can_vote_in
from essor.chain.opinions.selectors.conversations import figures_of
from essor.chain.opinions.selectors.maps import latest_map
from essor.chain.opinions.selectors.statements import SORTS, results_of
from essor.common.pagination import page_of
from essor.ground.people.policies import can_facilitate
from essor.web import exports
from essor.web.access import anyone, page
from essor.web.voters import participant_here, visible_conversation

NAMES = {
    "agreed": gettext_lazy("les plus approuvées"),
    "disagreed": gettext_lazy("les plus refusées"),
    "divided": gettext_lazy("les plus partagées"),
    "passed": gettext_lazy("les plus passées"),
    "seen": gettext_lazy("les plus répondues"),
    "recent": gettext_lazy("les plus récentes"),
    "number": gettext_lazy("dans l’ordre des numéros"),
}
COLUMNS: list[exports.Column] = [
    (gettext_lazy("numéro"), lambda each: each.statement.number),
    (gettext_lazy("affirmation"), lambda each: each.statement.text),
    (gettext_lazy("d’accord"), lambda each: each.agrees if each.is_shown else ""),
    (gettext_lazy("pas d’accord"), lambda each: each.disagrees if each.is_shown else ""),
    (gettext_lazy("je passe"), lambda each: each.passes if each.is_shown else ""),
]


@page(who=anyone)
def conversation(request: HttpRequest, slug: str) -> HttpResponse:
    """Results wait until one has voted, so as not to sway; anybody may ask for them."""
    found = visible_conversation(request, slug)
    participant = participant_here(request, found)
    sort = request.GET.get("tri", "")
    sort = sort if sort in SORTS else "agreed"
    shows = _shows_results(request, found, participant)
    results = results_of(found, sort=sort if shows else "number", language=(get_language() or "")[:2])
    if exports.wanted(request):
        return exports.export(request, results, COLUMNS, found.slug)
    context = {
        "conversation": found,
        "participant": participant,
        "figures": figures_of(found),
        "page": page_of(request, results),
        "shows_results": shows,
        "sorts": [(name, label, name == sort) for name, label in NAMES.items()],
        "may_vote": can_vote_in(request.user, found),
        "may_propose": can_propose_statement(request.user, found),
        "has_map": latest_map(found) is not None,
        "crumbs": [(_("Avis partagés"), _list(request)), (found.title, None)],
    }
    return render(request, "opinions/conversation.html", context)


def _list(request: HttpRequest) -> str:
    return reverse("territory:conversations", args=[request.territory.slug])


def _shows_results(request: HttpRequest, found: Conversation, participant: Participant | None) -> bool:
    voted = participant is not None and participant.votes_count > 0
    asked = "tri" in request.GET or "resultats" in request.GET
    return not found.is_open or voted or asked or can_facilitate(request.user, request.territory)
