"""One statement: its words and earlier ones, where it comes from, what it feeds, and its results."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from essor.chain.needs.selectors.opinions import needs_of_statement
from essor.chain.opinions.models import Statement
from essor.chain.opinions.policies import can_vote_in
from essor.chain.opinions.selectors.maps import latest_map
from essor.chain.opinions.selectors.statements import (
    StatementResult,
    merged_into,
    result_by_family,
    result_of,
    wordings_of,
)
from essor.chain.opinions.selectors.voting import opinion_on
from essor.ground.ledger.models import Link
from essor.ground.people.enums import StakeholderFamily
from essor.ground.territories.models import Territory
from essor.web.access import anyone, page
from essor.web.drawings.thread import Knot
from essor.web.opinion_maps.telling import results_by_group
from essor.web.opinions.voting import statement_here
from essor.web.thread.climbing import thread_of_statement
from essor.web.thread.kinds import named
from essor.web.voters import participant_here, visible_conversation

SOURCES_SHOWN = 20


@page(who=anyone)
def statement(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The page of a statement, by its number."""
    conversation = visible_conversation(request, slug)
    found = statement_here(request, conversation, pk)
    participant = participant_here(request, conversation)
    context = {
        "conversation": conversation,
        "statement": found,
        "result": result_of(found),
        "mine": opinion_on(participant, found) if participant else None,
        "may_vote": found.is_votable and can_vote_in(request.user, conversation),
        "wordings": wordings_of(found),
        "merged": merged_into(found),
        "sources": _sources(request.territory, found),
        "needs": needs_of_statement(found),
        "thread": thread_of_statement(found),
        "families": _families(found),
        "shares": results_by_group(found, latest_map(conversation)),
        "crumbs": [
            (conversation.title, conversation.get_absolute_url()),
            (_("Affirmation %(number)d") % {"number": found.number}, None),
        ],
    }
    return render(request, "opinions/statement.html", context)


def _families(found: Statement) -> list[tuple[str, StatementResult | None]]:
    """Declared families by name; without figures where they are too few to be shown."""
    labels = dict(StakeholderFamily.choices)
    return [(str(labels[key]), result) for key, result in result_by_family(found) if key]


def _sources(territory: Territory, found: Statement) -> list[Knot]:
    """The public voices it was born from."""
    rows = Link.objects.standing().filter(
        result_type=Statement._meta.label_lower, result_id=found.pk, source_type="listening.contribution"
    )
    keys = [("listening.contribution", pk) for pk in rows.values_list("source_id", flat=True)[:SOURCES_SHOWN]]
    return list(named(territory, keys).values())
