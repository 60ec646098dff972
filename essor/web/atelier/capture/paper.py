"""Slips of paper pasted in bulk: looked at first, saved together, taken back together."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.listening.enums import Channel, VoiceState
from essor.chain.listening.selectors.capture import PAPER, slips_of
from essor.chain.listening.services.capture import CapturedLine, capture_voices
from essor.chain.listening.services.refusals import Refused
from essor.common.pagination import page_of
from essor.journeys.withdraw_slips import withdraw_slips
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.capture.cutting import looked_at, slips
from essor.web.atelier.capture.forms import PaperForm, consultations_of


@page(who=facilitator, methods=FORM)
def atelier_capture_paper(request: HttpRequest) -> HttpResponse:
    """Paste, look, save."""
    initial = {"consultation": consultations_of(request.territory).order_by("-created_at").first()}
    form = PaperForm(request.POST or None, initial=initial, territory=request.territory)
    pieces = None
    if request.method == "POST" and form.is_valid():
        words = _cut(form)
        if request.POST.get("act") == "save" and words:
            token = form.cleaned_data["token"] or uuid4()
            if _save(request, form, words, token):
                return redirect("territory:atelier_capture_slips", request.territory.slug, token)
        pieces = looked_at(words)
    flagged = sum(bool(piece.personal) for piece in pieces or ())
    context = {"form": form, "pieces": pieces, "flagged": flagged, "token": uuid4()}
    return render(request, "atelier/capture/paper.html", context)


@page(who=facilitator)
def atelier_capture_slips(request: HttpRequest, token: UUID) -> HttpResponse:
    """What was saved, what waits for a look, and the way back."""
    rows = slips_of(request.territory, str(token))
    first = rows.first()
    if first is None:
        raise Http404
    context = {
        "token": token,
        "first": first,
        "page": page_of(request, rows),
        "waiting": rows.filter(state=VoiceState.WAITING).count(),
        "withdrawn": rows.filter(state=VoiceState.WITHDRAWN).count(),
    }
    return render(request, "atelier/capture/slips.html", context)


@page(who=facilitator, methods=ACT)
def atelier_capture_slips_undo(request: HttpRequest, token: UUID) -> HttpResponse:
    """Take the whole pasting back."""
    count = withdraw_slips(by=request.user, territory=request.territory, token=str(token))
    told = ngettext("%(count)d papier est retiré.", "%(count)d papiers sont retirés.", count)
    messages.success(request, told % {"count": count})
    return redirect("territory:atelier_capture_paper", request.territory.slug)


def _cut(form: PaperForm) -> list[str]:
    words = slips(form.cleaned_data["slips"], by_line=form.cleaned_data["cut"] == PaperForm.LINE)
    if not words:
        form.add_error("slips", _("Il n’y a aucun mot à garder : collez les papiers ici."))
    return words


def _save(request: HttpRequest, form: PaperForm, words: list[str], token: Any) -> bool:
    data = form.cleaned_data
    lines = [
        CapturedLine(
            each, family=data["family"], commune_code=data["commune"], key=f"{PAPER}{token}:{number}"
        )
        for number, each in enumerate(words, start=1)
    ]
    try:
        capture_voices(
            by=request.user, territory=request.territory, gathering=data["gathering"],
            consultation=data["consultation"], question=data["question"], channel=Channel.PAPER, lines=lines,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("slips", str(refusal))
        return False
    return True
