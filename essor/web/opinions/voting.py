"""Voting: one statement at a time, with a finger, a key or a screen reader, with or without scripts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation, Participant, Statement
from essor.chain.opinions.policies import can_propose_statement, can_vote_in
from essor.chain.opinions.selectors.maps import latest_map
from essor.chain.opinions.selectors.statements import in_language
from essor.chain.opinions.selectors.voting import (
    first_statement,
    next_statement,
    opinion_on,
    progress_of,
    votes_of,
)
from essor.chain.opinions.services.refusals import OpinionRefused, PleaseWait
from essor.chain.opinions.services.votes import cast_vote
from essor.web.access import ACT, anyone, page
from essor.web.guests import forget_guest
from essor.web.opinions.who import (
    ROOM,
    crumbs,
    forget,
    join,
    participant_here,
    remember,
    visible_conversation,
)

CHOICES = {"oui": 1, "non": -1, "passe": 0}


@page(who=anyone)
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """The next statement, or the one asked for; then what one can do once all is answered."""
    found = visible_conversation(request, slug)
    participant = participant_here(request, found)
    if not can_vote_in(request.user, found):
        return _not_now(request, found)
    asked = _asked(request, found)
    shown = asked or _next(request, found, participant)
    room = request.GET.get(ROOM, "")[:12]
    context = {
        "conversation": found,
        "participant": participant,
        "statement": shown,
        "before": opinion_on(participant, shown) if participant and shown else None,
        "is_again": asked is not None,
        "progress": progress_of(participant) if participant else None,
        "last": _last(participant, shown),
        "room": room,
        "may_propose": can_propose_statement(request.user, found),
        "map": latest_map(found) if shown is None else None,
        "crumbs": crumbs(found, (_("Donner son avis"), None)),
    }
    response = render(request, "opinions/vote.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@page(who=anyone, methods=ACT)
def cast(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep the answer, then go on to the next statement."""
    found = visible_conversation(request, slug)
    statement = get_object_or_404(Statement, conversation=found, number=pk)
    room = request.POST.get(ROOM, "")[:12]
    response = _to_next(found, room)
    choice = CHOICES.get(request.POST.get("avis", ""))
    if choice is None:
        messages.error(request, _("Choisissez : d’accord, pas d’accord, ou je passe."))
        return response
    try:
        participant, token = participant_here(request, found), ""
        if participant is None:
            participant, token = join(request, found, room, get_language() or "")
            remember(request, response, found, token)
        cast_vote(participant=participant, statement=statement, choice=choice)
    except OpinionRefused as refused:
        messages.error(request, str(refused))
        if isinstance(refused, PleaseWait):  # the same statement again: nothing was lost
            return _again(found, room, statement, response)
    return response


@page(who=anyone, methods=ACT)
def someone_else(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody else votes with this device: they count as another person."""
    found = visible_conversation(request, slug)
    response = redirect("territory:opinion_vote", request.territory.slug, found.slug)
    forget_guest(response)
    forget(response, found)
    messages.success(request, _("À vous ! Les réponses de la personne d’avant sont gardées."))
    return response


def _next(request: HttpRequest, found: Conversation, participant: Participant | None) -> Statement | None:
    language = get_language() or ""
    if participant is None:
        return first_statement(found, language=language)
    skipped = request.GET.get("plus-tard", "")
    skip = None
    if len(skipped) < 10 and skipped.isascii() and skipped.isdigit():
        rows = Statement.objects.filter(conversation=found, number=int(skipped))
        skip = rows.values_list("pk", flat=True).first()
    return next_statement(participant, language=language, skip=skip)


def _asked(request: HttpRequest, found: Conversation) -> Statement | None:
    number = request.GET.get("affirmation", "")
    if not (len(number) < 10 and number.isascii() and number.isdigit()):
        return None
    rows = Statement.objects.to_vote().filter(conversation=found, number=int(number))
    asked = rows.select_related("tally").first()
    if asked is not None:
        asked.conversation = found
        in_language([asked], get_language() or "")
    return asked


def _last(participant: Participant | None, shown: Statement | None) -> Statement | None:
    """The statement answered just before, to come back to."""
    if participant is None or not participant.votes_count:
        return None
    rows = votes_of(participant)
    return next((each.statement for each in rows if shown is None or each.statement_id != shown.pk), None)


def _not_now(request: HttpRequest, found: Conversation) -> HttpResponse:
    context: dict[str, Any] = {
        "conversation": found,
        "needs_account": found.is_open,
        "sign_in_url": f"{reverse('account_login')}?next={request.path}",
        "crumbs": crumbs(found, (_("Donner son avis"), None)),
    }
    return render(request, "opinions/not_now.html", context)


def _to_next(found: Conversation, room: str) -> HttpResponseRedirect:
    url = reverse("territory:opinion_vote", args=[found.territory.slug, found.slug])
    return HttpResponseRedirect(f"{url}?{ROOM}={room}" if room.isalnum() else url)


def _again(found: Conversation, room: str, statement: Statement, response: HttpResponse) -> HttpResponse:
    joint = "&" if "?" in response["Location"] else "?"
    response["Location"] += f"{joint}affirmation={statement.number}"
    return response
