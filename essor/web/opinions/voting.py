"""One statement at a time: agree, disagree or pass, and go back to the one before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from essor.chain.opinions.enums import Choice
from essor.chain.opinions.models import Conversation, Participant, Statement
from essor.chain.opinions.policies import can_propose_statement, can_read_statement, can_vote_in
from essor.chain.opinions.selectors.maps import latest_map
from essor.chain.opinions.selectors.statements import in_language
from essor.chain.opinions.selectors.voting import (
    first_statement,
    next_statement,
    opinion_on,
    progress_of,
)
from essor.chain.opinions.services.refusals import OpinionRefused, PleaseWait
from essor.chain.opinions.services.votes import cast_vote
from essor.web.access import ACT, anyone, page
from essor.web.refusals import not_found_unless
from essor.web.voters import (
    door_of,
    join_here,
    link_shown,
    participant_here,
    remember_joined,
    visible_conversation,
)


def statement_here(request: HttpRequest, conversation: Conversation, number: int) -> Statement:
    """The statement of this number that this visitor may read, else 404."""
    rows = Statement.objects.filter(conversation=conversation).select_related("tally", "merged_into")
    found = get_object_or_404(rows, number=number)
    found.conversation = conversation
    not_found_unless(can_read_statement(request.user, found))
    in_language([found], (get_language() or "")[:2])
    return found


@page(who=anyone)
def opinion_vote(request: HttpRequest, slug: str) -> HttpResponse:
    """The next statement, or the one asked for again."""
    conversation = visible_conversation(request, slug)
    participant = participant_here(request, conversation)
    return _shown(request, conversation, participant, _asked(request, conversation, participant))


@page(who=anyone, methods=ACT)
def opinion_vote_cast(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer the statement of this number; the visitor joins with their first answer."""
    conversation = visible_conversation(request, slug)
    statement = statement_here(request, conversation, pk)
    choice = {str(value): value for value in Choice.values}.get(request.POST.get("choice", ""))
    try:
        if choice is None:
            raise OpinionRefused(_("Choisissez : d’accord, pas d’accord, ou je passe."))
        joined = join_here(request, conversation)
        cast_vote(
            participant=joined.participant,
            statement=statement,
            choice=choice,
            channel=door_of(request, conversation),
        )
    except OpinionRefused as refused:
        participant = participant_here(request, conversation)
        status = 429 if isinstance(refused, PleaseWait) else 409
        return _shown(request, conversation, participant, statement, refusal=str(refused), status=status)
    if request.POST.get("back") == "mine":
        response = redirect("territory:opinion_mine", request.territory.slug, slug)
    else:
        address = reverse("territory:opinion_vote", args=[request.territory.slug, slug])
        response = redirect(f"{address}?apres={statement.number}")
    remember_joined(request, response, joined)
    return response


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else None


def _asked(
    request: HttpRequest, conversation: Conversation, participant: Participant | None
) -> Statement | None:
    """The statement of ``?phrase=`` if it is put to the vote, else the next in this person's order."""
    language = (get_language() or "")[:2]
    number = _number(request, "phrase")
    if number is not None:
        wanted = statement_here(request, conversation, number)
        if wanted.is_votable:
            return wanted
    if participant is None:
        return first_statement(conversation, language=language)
    later = _number(request, "plus-tard")
    rows = Statement.objects.filter(conversation=conversation, number=later)
    skip = rows.values_list("pk", flat=True).first() if later else None
    return next_statement(participant, language=language, skip=skip)


def _before(
    request: HttpRequest, conversation: Conversation, participant: Participant | None
) -> tuple[Statement, str] | None:
    """What was just answered, to say it and to go back to it."""
    number = _number(request, "apres")
    if number is None or participant is None:
        return None
    rows = Statement.objects.to_vote().filter(conversation=conversation, number=number)
    if (found := rows.first()) is None or (choice := opinion_on(participant, found)) is None:
        return None
    in_language([found], (get_language() or "")[:2])
    return found, str(Choice(choice).label)


def _shown(
    request: HttpRequest,
    conversation: Conversation,
    participant: Participant | None,
    statement: Statement | None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "conversation": conversation,
        "participant": participant,
        "statement": statement,
        "choice": opinion_on(participant, statement) if participant and statement else None,
        "before": _before(request, conversation, participant),
        "progress": progress_of(participant) if participant else None,
        "refusal": refusal,
        "may_vote": can_vote_in(request.user, conversation),
        "may_propose": can_propose_statement(request.user, conversation),
        "link": link_shown(request, participant),
        "has_map": latest_map(conversation) is not None if statement is None else False,
        "crumbs": [
            (conversation.title, conversation.get_absolute_url()),
            (_("Donner mon avis"), None),
        ],
    }
    response = render(request, "opinions/vote.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
