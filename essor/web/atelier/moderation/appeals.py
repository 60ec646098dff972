"""Answering a contestation."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.listening.models import Appeal
from essor.chain.listening.policies import can_answer_appeal
from essor.chain.listening.selectors.moderation import appeals_open
from essor.chain.listening.services.care import answer_appeal
from essor.chain.listening.services.refusals import Refused
from essor.journeys.change_voice import change_voice
from essor.web.access import FORM, moderator, page
from essor.web.atelier.moderation.forms import AnswerForm
from essor.web.figures import forget_figures
from essor.web.voices import source_line


@page(who=moderator, methods=FORM)
def atelier_moderation_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the voice, the reason it was hidden, why its author contests, and answer."""
    appeal = get_object_or_404(appeals_open(request.territory), pk=pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            _answer(request, appeal, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            forget_figures(request.territory)
            messages.success(request, _("Votre réponse est transmise à la personne."))
            return redirect("territory:atelier_moderation", request.territory.slug)
    home = reverse("territory:atelier_moderation", args=[request.territory.slug])
    context = {
        "appeal": appeal,
        "voice": appeal.contribution,
        "source": source_line(appeal.contribution),
        "decisions": appeal.contribution.decisions.all(),
        "may_answer": can_answer_appeal(request.user, appeal),
        "form": form,
        "crumbs": [(_("Modération"), home), (_("Une contestation"), None)],
    }
    return render(request, "atelier/moderation/appeal.html", context)


def _answer(request: HttpRequest, appeal: Appeal, given: dict[str, str]) -> None:
    accept = given["decision"] == "accept"
    answer = partial(answer_appeal, appeal=appeal, by=request.user, accept=accept, answer=given["answer"])
    change_voice(change=answer, voice=appeal.contribution, by=request.user)
