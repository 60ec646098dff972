"""Deciding about one voice, or about several at once."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.listening.enums import ModerationAct, VoiceState
from essor.chain.listening.models import Contribution
from essor.chain.listening.personal_data import find, from_rows
from essor.chain.listening.services import care
from essor.chain.listening.services.refusals import Refused
from essor.journeys.change_voice import change_voice
from essor.web.access import ACT, FORM, moderator, page
from essor.web.atelier.moderation.forms import DecisionForm, SeveralForm
from essor.web.figures import forget_figures
from essor.web.listening.marks import marked
from essor.web.refusals import not_found_unless
from essor.web.voices import source_line

SEEN = (VoiceState.WAITING, VoiceState.PUBLISHED, VoiceState.PRIVATE, VoiceState.HIDDEN)
AT_ONCE = 100


@page(who=moderator, methods=FORM)
def atelier_moderation_voice(request: HttpRequest, pk: int) -> HttpResponse:
    """One voice, what was found or said against it, what was decided, and the decisions possible now."""
    voice = _voice(request, pk)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            _act(request, voice, given["act"], given["reason"], given["explanation"])()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            forget_figures(request.territory)
            messages.success(request, _("C’est fait. La décision est au journal."))
            return redirect("territory:atelier_moderation", request.territory.slug)
    return _shown(request, voice, form)


def _shown(request: HttpRequest, voice: Contribution, form: DecisionForm) -> HttpResponse:
    findings = from_rows(voice.personal_data, voice.words) or find(voice.words)
    context = {
        "voice": voice,
        "source": source_line(voice),
        "words": marked(voice.words, findings),
        "found": bool(findings),
        "form": form,
        "reports": voice.reports.filter(settled_at=None),
        "decisions": voice.decisions.select_related("by"),
        "wordings": voice.versions.exclude(number=voice.version),
        "crumbs": [(_("Modération"), _home(request)), (_("Une voix"), None)],
    }
    return render(request, "atelier/moderation/voice.html", context)


@page(who=moderator, methods=ACT)
def atelier_moderation_several(request: HttpRequest) -> HttpResponse:
    """The same decision about each ticked voice; those that cannot take it are told."""
    asked = [int(each) for each in request.POST.getlist("voices") if each.isdecimal() and len(each) < 19]
    voices = Contribution.objects.in_territory(request.territory).filter(
        pk__in=asked[:AT_ONCE], state__in=SEEN
    )
    form = SeveralForm(request.POST, among=[each.pk for each in voices])
    if not form.is_valid():
        messages.error(request, _("Cochez au moins une voix, puis choisissez une décision."))
        return redirect(_home(request))
    done, refusals = _decide_each(request, voices, form.cleaned_data)
    forget_figures(request.territory)
    if done:
        said = ngettext("%(n)d voix décidée.", "%(n)d voix décidées.", done)
        messages.success(request, said % {"n": done})
    for each in sorted(refusals):
        messages.warning(request, each)
    return redirect(_home(request))


def _decide_each(request: HttpRequest, voices, given: dict) -> tuple[int, set[str]]:
    done, refusals = 0, set()
    for voice in voices:
        try:
            _act(request, voice, given["act"], given["reason"], "")()
        except Refused as refused:
            refusals.add(str(refused))
        else:
            done += 1
    return done, refusals


def _act(
    request: HttpRequest, voice: Contribution, act: str, reason: str, explanation: str
) -> Callable[[], Contribution]:
    by = request.user
    change = {
        ModerationAct.PUBLISH: partial(care.publish_voice, contribution=voice, by=by),
        ModerationAct.KEEP: partial(care.keep_voice, contribution=voice, by=by),
        ModerationAct.HIDE: partial(
            care.hide_voice, contribution=voice, by=by, reason=reason, explanation=explanation
        ),
        ModerationAct.RESTORE: partial(
            care.restore_voice, contribution=voice, by=by, explanation=explanation
        ),
        ModerationAct.MASK: partial(
            care.mask_personal_data, contribution=voice, by=by, explanation=explanation
        ),
    }[ModerationAct(act)]
    return partial(change_voice, change=change, voice=voice, by=by)


def _voice(request: HttpRequest, pk: int) -> Contribution:
    rows = Contribution.objects.in_territory(request.territory)
    found = get_object_or_404(rows.select_related("question", "gathering", "speaker", "consultation"), pk=pk)
    found.territory = request.territory
    not_found_unless(found.state in SEEN)
    return found


def _home(request: HttpRequest) -> str:
    return reverse("territory:atelier_moderation", args=[request.territory.slug])
