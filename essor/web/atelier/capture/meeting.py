"""Capture at a meeting: one field, one verbatim a line, several note-takers at once."""

import json
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.listening.enums import Channel
from essor.chain.listening.models import Consultation, Contribution
from essor.chain.listening.selectors.capture import CAPTURED, captured_line, heard_at, last_lines
from essor.chain.listening.services.capture import CapturedLine, capture_voices
from essor.chain.listening.services.refusals import Refused
from essor.chain.listening.services.voices import correct_voice, withdraw_voice
from essor.common import clock
from essor.ground.gatherings.models import Gathering
from essor.journeys.change_voice import change_voice
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.capture.forms import TABLES, ChooseForm, CorrectionForm, LineForm, consultations_of

LINES_SHOWN = 40
STICKY = ("table", "question", "family", "commune")


@page(who=facilitator)
def atelier_capture(request: HttpRequest) -> HttpResponse:
    """Choose a meeting and a consultation; or paper, or an interview."""
    form = ChooseForm(request.GET or None, territory=request.territory)
    if request.GET and form.is_valid():
        chosen = form.cleaned_data
        return redirect(_address(request, chosen["gathering"], chosen["consultation"]))
    meetings = Gathering.objects.in_territory(request.territory).meetings().exclude(state="cancelled")
    context = {"form": form, "has_meetings": meetings.exists(), "recent": meetings.order_by("-starts_at")[:4]}
    consultation = consultations_of(request.territory).order_by("-opened_at", "-created_at").first()
    if not request.GET:
        context["form"] = ChooseForm(
            initial={"gathering": _tonight(meetings), "consultation": consultation},
            territory=request.territory,
        )
    return render(request, "atelier/capture/choose.html", {**context, "consultation": consultation})


def _tonight(meetings: QuerySet[Gathering]) -> Gathering | None:
    """The meeting one is most likely at: the last to have begun or to begin today, or else the next."""
    begun = meetings.filter(starts_at__lte=clock.now() + timedelta(hours=18))
    return begun.order_by("-starts_at").first() or meetings.order_by("starts_at").first()


@page(who=facilitator, methods=FORM)
def atelier_capture_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """The screen. Without scripts it is a plain form; with them, lines go one by one in the background."""
    gathering, consultation = _place(request, slug)
    if consultation is None:
        return redirect("territory:atelier_capture", request.territory.slug)
    sticky = request.session.get(_memory(gathering), {})
    form = LineForm(
        request.POST or None, initial=sticky, territory=request.territory, consultation=consultation
    )
    if request.method == "POST" and form.is_valid() and _save(request, form, gathering, consultation):
        return redirect(_address(request, gathering, consultation))
    lines = last_lines(gathering, consultation)[:LINES_SHOWN]
    context = {"gathering": gathering, "consultation": consultation, "form": form, "lines": lines}
    heard = heard_at(gathering, consultation)
    return render(
        request,
        "atelier/capture/meeting.html",
        {**context, "heard": heard, "tables": TABLES, "prefix": CAPTURED},
    )


@page(who=facilitator, methods=ACT)
def atelier_capture_lines(request: HttpRequest, slug: str) -> JsonResponse:
    """One gesture sent by the script: add, correct or withdraw a line. Sending it twice changes nothing."""
    gathering, consultation = _place(request, slug)
    try:
        sent = json.loads(request.body)
        said = _gesture(request, sent, gathering, consultation)
    except (ValueError, AttributeError, TypeError, KeyError):
        return JsonResponse({"error": _("Cet envoi n’est pas lisible : rechargez la page.")}, status=400)
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    heard = heard_at(gathering, consultation)
    return JsonResponse({**said, "total": heard.total, "tables": heard.tables})


@page(who=facilitator)
def atelier_capture_counts(request: HttpRequest, slug: str) -> JsonResponse:
    """The counts, for the screens of the other note-takers."""
    heard = heard_at(*_place(request, slug))
    return JsonResponse({"total": heard.total, "tables": heard.tables})


@page(who=facilitator, methods=FORM)
def atelier_capture_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct or withdraw one line, on a page of its own."""
    voice = get_object_or_404(
        Contribution.objects.in_territory(request.territory).select_related("gathering", "consultation"),
        pk=pk, channel=Channel.MEETING,
    )  # fmt: skip
    form = CorrectionForm(request.POST or None, initial={"words": voice.words})
    back = _address(request, voice.gathering, voice.consultation)
    if request.method == "POST" and (request.POST.get("act") == "withdraw" or form.is_valid()):
        try:
            if request.POST.get("act") == "withdraw":
                _withdraw(request, voice)
                messages.success(request, _("La ligne est retirée."))
            else:
                _correct(request, voice, form.cleaned_data["words"])
                messages.success(request, _("La ligne est corrigée ; la première version est gardée."))
            return redirect(back)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return render(request, "atelier/capture/line.html", {"form": form, "voice": voice, "back": back})


def _place(request: HttpRequest, slug: str) -> tuple[Gathering, Consultation | None]:
    gathering = get_object_or_404(Gathering.objects.in_territory(request.territory).meetings(), slug=slug)
    asked = request.GET.get("c", "")
    found = consultations_of(request.territory)
    if asked:
        return gathering, get_object_or_404(found, pk=int(asked) if asked.isdecimal() else 0)
    return gathering, found.order_by("-opened_at", "-created_at").first()


def _address(request: HttpRequest, gathering: Any, consultation: Any) -> str:
    path = reverse("territory:atelier_capture_meeting", args=[request.territory.slug, gathering.slug])
    return f"{path}?c={consultation.pk}" if consultation else path


def _memory(gathering: Gathering) -> str:
    return f"capture-{gathering.pk}"


def _save(request: HttpRequest, form: LineForm, gathering: Gathering, consultation: Consultation) -> bool:
    try:
        voice = _capture(request, form, gathering, consultation)
    except Refused as refusal:
        form.add_error("words", str(refusal))
        return False
    kept = {name: form.data.get(name, "") for name in STICKY}
    after = (voice.source_key or "").removeprefix(CAPTURED)
    request.session[_memory(gathering)] = {**kept, "after": after}
    return True


def _capture(
    request: HttpRequest, form: LineForm, gathering: Gathering, consultation: Consultation
) -> Contribution:
    data = form.cleaned_data
    line = CapturedLine(
        words=form.bare_words, family=data["family"], table=data["table"], same_speaker=form.same_speaker,
        commune_code=data["commune"], key=f"{CAPTURED}{form.line_key}",
        after=f"{CAPTURED}{data['after']}" if data["after"] else "",
    )  # fmt: skip
    voices = capture_voices(
        by=request.user, territory=request.territory, gathering=gathering, consultation=consultation,
        question=data["question"], channel=Channel.MEETING, lines=[line],
    )  # fmt: skip
    return voices[0]


def _gesture(
    request: HttpRequest, sent: dict[str, Any], gathering: Gathering, consultation: Consultation | None
) -> dict[str, Any]:
    if sent.get("act") == "add" and consultation is not None:
        form = LineForm(sent, territory=request.territory, consultation=consultation)
        if not form.is_valid():
            raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
        voice = _capture(request, form, gathering, consultation)
        return {"pk": voice.pk, "state": voice.state}
    voice = captured_line(gathering, str(sent["key"]))
    if voice is None:
        raise Refused(_("Cette ligne n’est pas encore enregistrée."))
    if sent.get("act") == "withdraw":
        if voice.state != "withdrawn":
            _withdraw(request, voice)
    else:
        _correct(request, voice, str(sent["words"]))
    return {"pk": voice.pk, "state": voice.state}


def _withdraw(request: HttpRequest, voice: Contribution) -> None:
    by = request.user
    change_voice(change=partial(withdraw_voice, contribution=voice, by=by), voice=voice, by=by)


def _correct(request: HttpRequest, voice: Contribution, words: str) -> None:
    if words.strip() != voice.words:
        correct_voice(contribution=voice, by=request.user, words=words, why=_("corrigé en notant"))
