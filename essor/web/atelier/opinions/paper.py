"""Slips of paper typed in after a meeting, one a line, and taken back together."""

import re
from collections.abc import Iterable
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation, Statement
from essor.chain.opinions.services.paper import Slip, record_paper_votes, undo_paper_votes
from essor.chain.opinions.services.refusals import OpinionRefused
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.opinions.doors import conversation_of, crumbs, tried
from essor.web.atelier.opinions.forms import PaperForm

ANSWER = re.compile(r"(\d{1,6})\s*([+\-−0dcpDCP])(?=[\s,;]|$)")
SIGNS = {"+": 1, "d": 1, "-": -1, "−": -1, "c": -1, "0": 0, "p": 0}
LABEL = re.compile(r"^\s*([\w-]{1,20})\s*:\s*")


class BadSlip(ValueError):
    """A line that is no slip; the message names the line and what to write."""


@page(who=facilitator, methods=FORM)
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Type the slips; nothing is written while a line cannot be read."""
    found = conversation_of(request, slug)
    form = PaperForm(request.POST or None, initial={"key": uuid4().hex}, territory=request.territory)
    if form.is_valid() and _kept(request, found, form):
        return redirect("territory:atelier_statements", request.territory.slug, found.slug)
    shown = {
        "conversation": found,
        "form": form,
        "statements": Statement.objects.to_vote().filter(conversation=found).order_by("number"),
        "crumbs": crumbs(request, found, _("Saisir des bulletins")),
    }
    return render(request, "atelier/opinions/paper.html", shown)


@page(who=facilitator, methods=ACT)
def paper_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a whole entry back."""
    found = conversation_of(request, slug)
    batch = get_object_or_404(found.batches, pk=pk)
    tried(
        request,
        lambda: undo_paper_votes(by=request.user, batch=batch),
        _("Ces bulletins ne comptent plus."),
    )
    return redirect("territory:atelier_statements", request.territory.slug, found.slug)


def _kept(request: HttpRequest, found: Conversation, form: PaperForm) -> bool:
    given = form.cleaned_data
    try:
        batch = record_paper_votes(
            by=request.user,
            conversation=found,
            slips=read_slips(given["slips"].splitlines()),
            gathering=given["gathering"] or found.gathering,
            note=given["note"],
            key=given["key"],
        )
    except (OpinionRefused, BadSlip) as refused:
        form.add_error("slips", str(refused))
        return False
    said = {"slips": batch.slips, "votes": batch.votes}
    messages.success(request, _("%(slips)s bulletins, %(votes)s réponses.") % said)
    return True


def read_slips(lines: Iterable[str]) -> list[Slip]:
    """Each line as a slip. Raises BadSlip for the first that cannot be read.

    >>> read_slips(["12 : 1+ 2- 7 0"])
    [Slip(answers={1: 1, 2: -1, 7: 0}, label='12', family='')]
    """
    return [_slip(place, line) for place, line in enumerate(lines, 1) if line.strip()]


def _slip(place: int, line: str) -> Slip:
    named = LABEL.match(line)
    label, rest = (named[1], line[named.end() :]) if named else (str(place), line)
    answers: dict[int, int] = {}
    left = rest
    for found in ANSWER.finditer(rest):
        number = int(found[1])
        if number in answers:
            raise BadSlip(
                _("Ligne %(line)s : l’affirmation %(number)s y est deux fois.")
                % {"line": place, "number": number}
            )
        answers[number] = SIGNS[found[2].lower()]
        left = left.replace(found[0], " ", 1)
    if left.strip(" ,;\t") or not answers:
        raise BadSlip(
            _("Ligne %(line)s : « %(words)s » ne se lit pas. Écrivez par exemple 1+ 2- 3 0.")
            % {"line": place, "words": (left.strip(" ,;") or line.strip())[:40]}
        )
    return Slip(answers=answers, label=label)
