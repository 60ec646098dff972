"""Proposing a statement of one's own, after seeing those that say nearly the same."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from essor.chain.opinions.enums import StatementStatus
from essor.chain.opinions.models import Conversation
from essor.chain.opinions.policies import can_propose_statement
from essor.chain.opinions.selectors.statements import kindred_statements
from essor.chain.opinions.services.refusals import AlreadySaid, OpinionRefused
from essor.chain.opinions.services.statements import propose_statement
from essor.web.access import FORM, anyone, page
from essor.web.opinions.forms import ProposeForm
from essor.web.opinions.who import crumbs, join, participant_here, remember, visible_conversation


@page(who=anyone, methods=FORM)
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; when others say nearly the same, they are shown first and nothing typed is lost."""
    found = visible_conversation(request, slug)
    if not can_propose_statement(request.user, found):
        if found.is_open:
            raise PermissionDenied
        return redirect("territory:conversation", request.territory.slug, found.slug)
    form = ProposeForm(request.POST or None, conversation=found)
    kindred, same = [], None
    if form.is_valid():
        if form.cleaned_data["website"]:
            return redirect("territory:conversation", request.territory.slug, found.slug)
        kindred = list(kindred_statements(found, form.cleaned_data["text"]))
        if not kindred or form.cleaned_data["seen"]:
            try:
                return _proposed(request, found, form.cleaned_data["text"])
            except AlreadySaid as said:
                same = said.statement
            except OpinionRefused as refused:
                form.add_error("text", str(refused))
    shown = {
        "conversation": found,
        "form": form,
        "kindred": [] if same else kindred,
        "same": same,
        "crumbs": crumbs(found, (_("Proposer une affirmation"), None)),
    }
    return render(request, "opinions/propose.html", shown)


def _proposed(request: HttpRequest, found: Conversation, text: str) -> HttpResponse:
    response = redirect("territory:opinion_vote", request.territory.slug, found.slug)
    participant = participant_here(request, found)
    language = get_language() or ""
    if participant is None:
        participant, token = join(request, found, "", language)
        remember(request, response, found, token)
    kept = language if language in found.languages else found.language
    statement = propose_statement(participant=participant, text=text, language=kept)
    if statement.status == StatementStatus.ACCEPTED:
        messages.success(request, _("Merci ! Votre affirmation est soumise au vote."))
    else:
        messages.success(
            request, _("Merci ! L’équipe la relit, puis elle est soumise au vote : « Mes réponses » le dira.")
        )
    return response
