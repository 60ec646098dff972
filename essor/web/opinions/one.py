"""One opinion vote, and one statement of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation, Participant, Statement
from essor.chain.opinions.policies import (
    can_propose_statement,
    can_read_statement,
    can_run_conversations,
    can_vote_in,
)
from essor.chain.opinions.selectors.conversations import figures_of
from essor.chain.opinions.selectors.maps import latest_map
from essor.chain.opinions.selectors.statements import (
    in_language,
    merged_into,
    result_by_family,
    result_of,
    results_of,
    wordings_of,
)
from essor.chain.opinions.selectors.voting import opinion_on, progress_of
from essor.common.pagination import page_of
from essor.ground.ledger.selectors import public_history_of
from essor.ground.people.enums import StakeholderFamily
from essor.web import exports
from essor.web.access import anyone, page
from essor.web.opinions.forms import ResultFilters
from essor.web.opinions.who import crumbs, participant_here, sees_results, visible_conversation
from essor.web.thread.climbing import thread_of_statement

COLUMNS: list[exports.Column] = [
    (gettext_lazy("numéro"), lambda each: each.statement.number),
    (gettext_lazy("affirmation"), lambda each: each.statement.text),
    (gettext_lazy("d’accord"), lambda each: each.agrees),
    (gettext_lazy("pas d’accord"), lambda each: each.disagrees),
    (gettext_lazy("sans avis"), lambda each: each.passes),
    (gettext_lazy("réponses"), lambda each: each.seen),
]


@page(who=anyone)
def conversation(request: HttpRequest, slug: str) -> HttpResponse:
    """The question, how it works, and the statements: with their results for those who may read them."""
    found = visible_conversation(request, slug)
    participant = participant_here(request, found)
    reads = sees_results(request, found, participant)
    filters = ResultFilters(request.GET or {})
    asked = filters.asked() if reads else {**filters.asked(), "sort": "number"}
    results = results_of(found, language=get_language() or "", **asked)
    if reads and exports.wanted(request):
        return exports.export(request, results, COLUMNS, _("affirmations"))
    shown = {
        **_about(request, found, participant),
        "filters": filters,
        "page": page_of(request, results),
        "reads_results": reads,
        "is_filtered": bool(request.GET.keys() - {"sort", "page"}),
        "history": public_history_of(found, 8),
        "crumbs": crumbs(found),
    }
    return render(request, "opinions/conversation.html", shown)


@page(who=anyone)
def statement(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A statement: its words and their history, where it came from, how people answered."""
    conversation = visible_conversation(request, slug)
    rows = Statement.objects.filter(conversation=conversation).select_related("tally", "merged_into")
    found = get_object_or_404(rows, number=pk)
    found.conversation = conversation
    if not can_read_statement(request.user, found):
        raise Http404
    participant = participant_here(request, conversation)
    in_language([found], get_language() or "")
    reads = sees_results(request, conversation, participant)
    shown = {
        **_about(request, conversation, participant),
        "statement": found,
        "result": result_of(found),
        "reads_results": reads,
        "families": _families(found) if reads else [],
        "wordings": wordings_of(found),
        "duplicates": merged_into(found),
        "mine": opinion_on(participant, found) if participant else None,
        "thread": thread_of_statement(found),
        "crumbs": crumbs(conversation, (_("Affirmation %(number)s") % {"number": found.number}, None)),
    }
    return render(request, "opinions/statement.html", shown)


def _about(request: HttpRequest, found: Conversation, participant: Participant | None) -> dict[str, Any]:
    return {
        "conversation": found,
        "participant": participant,
        "progress": progress_of(participant) if participant else None,
        "figures": figures_of(found),
        "map": latest_map(found),
        "may_vote": can_vote_in(request.user, found),
        "may_propose": can_propose_statement(request.user, found),
        "may_run": can_run_conversations(request.user, request.territory),
    }


def _families(found: Statement) -> list[tuple[str, Any]]:
    """Declared families by name, those that are too few to be shown without their figures."""
    labels = dict(StakeholderFamily.choices)
    rows = result_by_family(found)
    return [(str(labels[key]), result) for key, result in rows if key]
