"""The notes of an interview, cut into verbatims that one looks at before they are kept."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.listening.enums import Channel
from essor.chain.listening.models import Consultation, Question
from essor.chain.listening.selectors.capture import consent_of
from essor.chain.listening.services.capture import CapturedLine, capture_voices
from essor.chain.listening.services.refusals import Refused
from essor.ground.gatherings.models import Gathering
from essor.web.access import ACT, facilitator, page
from essor.web.atelier.capture.cutting import joined, looked_at, verbatims
from essor.web.atelier.capture.forms import NotesForm, consultations_of

MOST_PIECES = 300


@page(who=facilitator, methods=ACT)
def atelier_interview_cut(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the pieces; each can be edited, sewn to the one before, dropped, or given a question."""
    interview = get_object_or_404(Gathering.objects.in_territory(request.territory).interviews(), pk=pk)
    form = NotesForm(request.POST, territory=request.territory)
    if not form.is_valid():
        messages.error(request, _("Collez les notes et choisissez la concertation."))
        return redirect("territory:atelier_interview", request.territory.slug, pk)
    pieces = looked_at(verbatims(form.cleaned_data["notes"])[:MOST_PIECES])
    return _show(request, interview, form.cleaned_data["consultation"], [(piece, "") for piece in pieces])


@page(who=facilitator, methods=ACT)
def atelier_interview_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Look again at what was edited, or keep the pieces as voices of the person met."""
    interview = get_object_or_404(Gathering.objects.in_territory(request.territory).interviews(), pk=pk)
    consultation = _consultation(request)
    pieces = _pieces(request)
    if request.POST.get("act") != "save":
        shown = [(looked_at([words])[0], question) for words, question in pieces]
        return _show(request, interview, consultation, shown)
    try:
        count = _keep(request, interview, consultation, pieces)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _show(request, interview, consultation, [(looked_at([w])[0], q) for w, q in pieces])
    kept = ngettext("%(count)d verbatim gardé.", "%(count)d verbatims gardés.", count)
    messages.success(request, kept % {"count": count})
    here = reverse("territory:atelier_interview", args=[request.territory.slug, pk])
    return redirect(f"{here}?garde=1")  # the page then forgets the draft kept on the device


def _show(
    request: HttpRequest, interview: Gathering, consultation: Consultation, pieces: Any
) -> HttpResponse:
    context = {
        "interview": interview,
        "consultation": consultation,
        "consent": consent_of(interview),
        "pieces": pieces,
        "questions": list(consultation.questions.filter(is_retired=False)),
        "token": request.POST.get("token") or uuid4(),
    }
    return render(request, "atelier/capture/pieces.html", context)


def _consultation(request: HttpRequest) -> Consultation:
    asked = request.POST.get("consultation", "")
    return get_object_or_404(consultations_of(request.territory), pk=int(asked) if asked.isdecimal() else 0)


def _pieces(request: HttpRequest) -> list[tuple[str, str]]:
    """The edited pieces with their question, sewn and dropped as asked."""
    kept: list[tuple[str, str]] = []
    words = request.POST.getlist("words")[:MOST_PIECES]
    for number, text in enumerate(words):
        question = request.POST.get(f"question-{number}", "")
        if f"drop-{number}" in request.POST:
            continue
        sewn = f"join-{number}" in request.POST and bool(kept)
        before = [kept.pop()] if sewn else []
        texts = [each for each, _question in before] + [text]
        question = before[0][1] if before else question
        kept += [(piece, question) for piece in joined(texts, [False, True][: len(texts)])]
    return kept


def _keep(
    request: HttpRequest, interview: Gathering, consultation: Consultation, pieces: list[tuple[str, str]]
) -> int:
    consent = consent_of(interview)
    questions: dict[str, Question] = {str(each.pk): each for each in consultation.questions.all()}
    family = consent.speaker.family if consent else ""
    token = request.POST.get("token", "")[:40] or uuid4()
    lines = [
        CapturedLine(
            words, family=family or "citizen", commune_code=interview.commune_code,
            question=questions.get(question), key=f"interview:{interview.pk}:{token}:{number}",
        )
        for number, (words, question) in enumerate(pieces)
    ]  # fmt: skip
    capture_voices(
        by=request.user, territory=request.territory, gathering=interview, consultation=consultation,
        question=None, channel=Channel.INTERVIEW, lines=lines, speaker=consent.speaker if consent else None,
    )  # fmt: skip
    return len(lines)
