"""Voices: the list anybody may search and take away, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.alliances.selectors.chain import voices_not_heard
from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution
from essor.chain.listening.policies import can_give_voice, can_read_voice, is_speaker
from essor.chain.listening.selectors.voices import (
    Asked,
    became_of,
    published_voices,
    replies_to,
    wordings_of,
)
from essor.common.pagination import page_of
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.people.policies import can_moderate
from essor.ground.territories.models import Territory
from essor.web import exports
from essor.web.access import anyone, page
from essor.web.figures import figures_of, how_many
from essor.web.guests import known_guest_key
from essor.web.listening.became import named_results
from essor.web.listening.forms import VoiceFilters
from essor.web.refusals import not_found_unless
from essor.web.thread.drawing import thread_of_voice
from essor.web.voices import source_line, without_draft

MORE = ("consultation", "question", "commune", "channel", "family", "gathering", "became")
GONE = (VoiceState.HIDDEN, VoiceState.WITHDRAWN, VoiceState.ERASED)


@page(who=anyone)
def voices(request: HttpRequest) -> HttpResponse:
    """Every published voice, to search, filter and take away."""
    territory = request.territory
    form = VoiceFilters(request.GET or None, territory=territory)
    form.is_valid()
    asked = _asked(form)
    rows = published_voices(territory, asked)
    only_waiting = form.is_bound and form.cleaned_data.get("became") == "nothing"
    if only_waiting:
        rows = rows.filter(pk__in=voices_not_heard(territory).values("pk"))
    if exports.wanted(request):
        readable = map(without_draft, rows.iterator(chunk_size=2000))
        return exports.export(request, readable, _columns(request, territory), f"voix-{territory.slug}")
    listed = page_of(request, rows, known=how_many(territory, f"{asked!r} {only_waiting}", rows))
    more = [form[name] for name in MORE]
    shown = {
        "form": form,
        "more": more,
        "is_narrowed": any(each.value() for each in more),
        "page": listed,
        "total": listed.paginator.count,
        "in_confidence": 0 if request.GET else figures_of(territory).voices_in_confidence,
        "voices": [(without_draft(each), source_line(each)) for each in listed],
        "crumbs": [(_("Les voix"), None)],
    }
    return render(request, "listening/voices.html", shown)


@page(who=anyone)
def voice(request: HttpRequest, pk: int) -> HttpResponse:
    """One voice: its words, where it was heard, its corrections, replies, and what became of it."""
    found = _voice(request, pk)
    if not can_read_voice(request.user, found):
        not_found_unless(found.state in GONE)
        return render(request, "listening/gone.html", {"voice": found}, status=410)
    territory, consultation = request.territory, without_draft(found).consultation
    moderates = can_moderate(request.user, territory)
    may_reply = consultation is not None and found.is_public and can_give_voice(request.user, consultation)
    context = {
        "voice": found,
        "source": source_line(found),
        "commune": territory.communes.filter(code=found.commune_code).first() if found.commune_code else None,
        "wordings": wordings_of(found, all_of_them=moderates) if found.version > 1 else [],
        "replies": [(each, source_line(each)) for each in replies_to(found)],
        "thread": thread_of_voice(found) if found.is_public else None,
        "results": named_results(territory, became_of(found)) if found.is_public else [],
        "may_reply": may_reply,
        "moderates": moderates,
        "is_mine": is_speaker(request.user, known_guest_key(request), found.speaker),
        "crumbs": [
            (_("Les voix"), reverse("territory:voices", args=[territory.slug])),
            (_("Une voix"), None),
        ],
    }
    return render(request, "listening/voice.html", context)


def _voice(request: HttpRequest, pk: int) -> Contribution:
    rows = Contribution.objects.in_territory(request.territory).select_related(
        "question", "theme", "gathering", "speaker", "consultation", "reply_to"
    )
    found = get_object_or_404(rows, pk=pk)
    found.territory = request.territory
    if found.consultation is not None:
        found.consultation.territory = request.territory
    return found


def _asked(form: VoiceFilters) -> Asked:
    given = form.cleaned_data if form.is_bound else {}
    chosen = {
        name: getattr(given.get(name), "pk", None)
        for name in ("consultation", "question", "theme", "gathering")
    }
    return Asked(
        words=given.get("q", ""),
        commune=given.get("commune", ""),
        channel=given.get("channel", ""),
        family=given.get("family", ""),
        sort=given.get("sort") or "recent",
        **chosen,
    )


def _is_interview(voice: Contribution) -> bool:
    """Whether it was said between two people: which meeting it was, and on which day, is theirs."""
    return voice.gathering is not None and voice.gathering.kind == GatheringKind.INTERVIEW


def _precision(voice: Contribution) -> str:
    return "%Y-%m" if _is_interview(voice) else "%Y-%m-%d"


def _columns(request: HttpRequest, territory: Territory) -> list[exports.Column]:
    names = {each.code: each.name for each in territory.communes.all()}
    return [
        (gettext_lazy("numéro"), lambda voice: voice.pk),
        (gettext_lazy("date"), lambda voice: f"{localtime(voice.said_at):{_precision(voice)}}"),
        (gettext_lazy("concertation"), lambda voice: voice.consultation or ""),
        (gettext_lazy("question"), lambda voice: voice.question or ""),
        (gettext_lazy("moyen"), lambda voice: voice.get_channel_display()),
        (gettext_lazy("rencontre"), lambda voice: "" if _is_interview(voice) else voice.gathering or ""),
        (gettext_lazy("famille d’acteurs"), lambda voice: voice.get_family_display()),
        (gettext_lazy("thème"), lambda voice: voice.theme or ""),
        (gettext_lazy("commune"), lambda voice: names.get(voice.commune_code, voice.commune_code)),
        (gettext_lazy("titre"), lambda voice: voice.title),
        (gettext_lazy("mots"), lambda voice: voice.words),
        (gettext_lazy("répond à"), lambda voice: voice.reply_to_id),
        (gettext_lazy("avis"), lambda voice: voice.alignment if voice.reply_to_id else ""),
        (
            gettext_lazy("adresse"),
            lambda voice: request.build_absolute_uri(
                reverse("territory:voice", args=[territory.slug, voice.pk])
            ),
        ),
    ]
