"""Interviews: somebody without a name, their consent, and only then their words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from essor.chain.listening.enums import ConsentManner, VoiceState
from essor.chain.listening.models import Consent, Contribution
from essor.chain.listening.selectors.capture import CONSENT_STATES, consent_of, interviews_of
from essor.chain.listening.services.capture import record_consent
from essor.chain.listening.services.refusals import Refused
from essor.common import clock
from essor.common.pagination import page_of
from essor.ground.gatherings.models import Gathering
from essor.ground.gatherings.services import GatheringRefused
from essor.ground.territories.selectors import commune_names
from essor.journeys.hold_interview import hold_interview
from essor.journeys.withdraw_consent import withdraw_consent
from essor.web.access import FORM, facilitator, page
from essor.web.atelier.capture.forms import ConsentForm, InterviewForm, NotesForm, consultations_of
from essor.web.exports import export, wanted

_STATES = (
    ("", gettext_lazy("Tous")),
    ("holds", gettext_lazy("Consentement valable")),
    ("ended", gettext_lazy("Échu")),
    ("withdrawn", gettext_lazy("Retiré")),
)


@page(who=facilitator)
def atelier_interviews(request: HttpRequest) -> HttpResponse:
    """Every interview with the state of its consent."""
    state = request.GET.get("etat", "")
    asked = request.GET.get("q", "").strip()[:100]
    rows = interviews_of(request.territory, asked=asked, state=state if state in CONSENT_STATES else "")
    names = commune_names(request.territory)
    if wanted(request):
        return export(request, rows, _columns(names), "entretiens")
    shown = page_of(request, rows)
    for each in shown.object_list:
        each.commune_name = names.get(each.commune_code, "")
    context = {"page": shown, "states": _STATES, "state": state, "asked": asked, "today": clock.today()}
    return render(request, "atelier/capture/interviews.html", context)


@page(who=facilitator, methods=FORM)
def atelier_interview_new(request: HttpRequest) -> HttpResponse:
    """Write the interview and the consent down, before any word."""
    form = InterviewForm(request.POST or None, territory=request.territory)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["commune_code"] = data.pop("commune")
        try:
            consent = hold_interview(by=request.user, territory=request.territory, **data)
        except (Refused, GatheringRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Le consentement est enregistré : les mots peuvent venir."))
            return redirect("territory:atelier_interview", request.territory.slug, consent.gathering_id)
    return render(request, "atelier/capture/interview_new.html", {"form": form})


@page(who=facilitator)
def atelier_interview(request: HttpRequest, pk: int) -> HttpResponse:
    """One interview: its consent, its words, and where to paste the notes."""
    interview, consent = _interview(request, pk)
    voices = Contribution.objects.filter(gathering=interview).exclude(
        state__in=[VoiceState.WITHDRAWN, VoiceState.ERASED]
    )
    context = {
        "interview": interview,
        "consent": consent,
        "manner": dict(ConsentManner.choices).get(consent.given, "") if consent else "",
        "voices": voices.select_related("question", "consultation").order_by("id")[:300],
        "form": NotesForm(
            initial={"consultation": consultations_of(request.territory).order_by("-created_at").first()},
            territory=request.territory,
        ),
        "commune": commune_names(request.territory).get(interview.commune_code, ""),
    }
    return render(request, "atelier/capture/interview.html", context)


@page(who=facilitator, methods=FORM)
def atelier_interview_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new consent, in place of one that changed or ended. Words already kept follow it."""
    interview, consent = _interview(request, pk)
    initial = {"purpose": consent.purpose, "may_quote": "1" if consent.may_quote else "0"} if consent else {}
    form = ConsentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"pseudonym": interview.title}
        if consent:
            who = {"pseudonym": consent.speaker.pseudonym, "family": consent.speaker.family}
        try:
            record_consent(by=request.user, gathering=interview, **who, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Le consentement est enregistré."))
            return redirect("territory:atelier_interview", request.territory.slug, pk)
    context = {
        "form": form,
        "title": _("Enregistrer un consentement"),
        "eyebrow": interview.title,
        "step": "listen",
    }
    return render(request, "atelier/form_page.html", context)


@page(who=facilitator, methods=FORM)
def atelier_interview_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The person takes their consent back: confirm, and choose whether the words are erased."""
    interview, consent = _interview(request, pk)
    if request.method == "POST" and consent is not None:
        erase = request.POST.get("erase") == "1"
        count = len(withdraw_consent(by=request.user, consent=consent, erase=erase))
        told = ngettext("%(count)d voix a quitté le site.", "%(count)d voix ont quitté le site.", count)
        messages.success(request, told % {"count": count})
        return redirect("territory:atelier_interview", request.territory.slug, pk)
    return render(request, "atelier/capture/withdraw.html", {"interview": interview, "consent": consent})


def _interview(request: HttpRequest, pk: int) -> tuple[Gathering, Consent | None]:
    interview = get_object_or_404(Gathering.objects.in_territory(request.territory).interviews(), pk=pk)
    return interview, consent_of(interview)


def _columns(names: dict[str, str]) -> list[Any]:
    return [
        (_("Pseudonyme"), lambda each: each.who or ""),
        (_("Date"), lambda each: each.starts_at.date().isoformat()),
        (_("Commune"), lambda each: names.get(each.commune_code, "")),
        (_("Consentement jusqu’au"), lambda each: each.consent_until),
        (_("Retiré le"), lambda each: each.consent_withdrawn and each.consent_withdrawn.date().isoformat()),
        (_("Peut être cité"), lambda each: _("oui") if each.consent_quote else _("non")),
        (_("Voix"), lambda each: each.voices_count or 0),
    ]
