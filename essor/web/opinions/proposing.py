"""Proposing a statement of one's own, after reading those that are near."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.opinions.enums import StatementStatus
from essor.chain.opinions.models import Conversation, Statement
from essor.chain.opinions.policies import can_propose_statement
from essor.chain.opinions.selectors.statements import in_language, kindred_statements
from essor.chain.opinions.services.refusals import AlreadySaid, OpinionRefused
from essor.chain.opinions.services.statements import propose_statement
from essor.web.access import FORM, anyone, page
from essor.web.voters import join_here, remember_joined, visible_conversation
from essor.web.widgets import PlainSelect


class ProposeForm(forms.Form):
    """One idea, in one sentence. ``seen``: the near statements were shown."""

    text = forms.CharField(label=gettext_lazy("Votre affirmation"), widget=forms.Textarea(attrs={"rows": 3}))
    language = forms.ChoiceField(label=gettext_lazy("Langue"), required=False, widget=PlainSelect)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, conversation: Conversation, **more) -> None:
        super().__init__(*args, **more)
        self.fields["text"].max_length = conversation.longest
        languages = conversation.languages or ["fr"]
        self.fields["language"].choices = [(code, code) for code in languages]
        if len(languages) < 2:
            del self.fields["language"]


@page(who=anyone, methods=FORM)
def opinion_propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Write it, see what is near, send it; then what becomes of it stands with one's votes."""
    conversation = visible_conversation(request, slug)
    may = can_propose_statement(request.user, conversation)
    form = ProposeForm(request.POST if request.method == "POST" else None, conversation=conversation)
    near: list[Statement] = []
    if may and form.is_valid():
        near = _near(conversation, form)
        if not near or form.cleaned_data["seen"]:
            try:
                return _sent(request, conversation, form)
            except OpinionRefused as refused:
                form.add_error("text", str(refused))
                near = [refused.statement] if isinstance(refused, AlreadySaid) else near
        form.data = {**form.data.dict(), "seen": "1"}
    in_language(near, "")
    context = {
        "conversation": conversation,
        "form": form,
        "near": near,
        "may": may,
        "crumbs": [(conversation.title, conversation.get_absolute_url()), (_("Proposer"), None)],
    }
    return render(request, "opinions/propose.html", context)


def _near(conversation: Conversation, form: ProposeForm) -> list[Statement]:
    return list(kindred_statements(conversation, form.cleaned_data["text"]))


def _sent(request: HttpRequest, conversation: Conversation, form: ProposeForm) -> HttpResponse:
    given = form.cleaned_data
    joined = join_here(request, conversation)
    said = propose_statement(
        participant=joined.participant, text=given["text"], language=given.get("language", "")
    )
    response = redirect("territory:opinion_mine", request.territory.slug, conversation.slug)
    if said.status == StatementStatus.PROPOSED:
        response["Location"] += "#propositions"
    remember_joined(request, response, joined)
    return response
