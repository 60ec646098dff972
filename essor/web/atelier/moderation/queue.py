"""What waits for moderators, in three queues, and the journal of what they decided."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.listening.enums import HideReason, ModerationAct
from essor.chain.listening.models import Contribution
from essor.chain.listening.personal_data import from_rows
from essor.chain.listening.selectors import moderation
from essor.common.pagination import page_of
from essor.web import exports
from essor.web.access import moderator, page
from essor.web.listening.marks import marked
from essor.web.voices import source_line

QUEUES = {
    "relire": (gettext_lazy("À relire"), "waiting"),
    "signalees": (gettext_lazy("Signalées"), "reported"),
    "contestees": (gettext_lazy("Contestées"), "appealed"),
}
_READ = {
    "relire": moderation.voices_waiting,
    "signalees": moderation.voices_reported,
    "contestees": moderation.appeals_open,
}


@page(who=moderator)
def atelier_moderation(request: HttpRequest) -> HttpResponse:
    """The queues: oldest first, so that nobody waits for ever."""
    counts = moderation.waiting_in(request.territory)
    asked = request.GET.get("file", "")
    queue = asked if asked in QUEUES else _first_with_something(counts)
    listed = page_of(request, _READ[queue](request.territory))
    is_appeals = queue == "contestees"
    tabs = [
        {"label": label, "url": f"?file={name}", "current": name == queue, "count": getattr(counts, count)}
        for name, (label, count) in QUEUES.items()
    ]
    comments = reverse("territory:atelier_comments", args=[request.territory.slug])
    tabs.append({"label": _("Commentaires"), "url": comments, "current": False})
    context = {
        "tabs": tabs,
        "queue": queue,
        "page": listed,
        "rows": [] if is_appeals else [_row(each) for each in listed],
        "appeals": [(each, source_line(each.contribution)) for each in listed] if is_appeals else [],
        "reasons": HideReason.choices,
        "total": counts.total,
    }
    return render(request, "atelier/moderation/queue.html", context)


@page(who=moderator)
def atelier_moderation_journal(request: HttpRequest) -> HttpResponse:
    """Every decision, by whom and for which reason."""
    act = request.GET.get("act", "")
    act = act if act in ModerationAct.values else ""
    rows = moderation.journal_of(request.territory, act)
    if exports.wanted(request):
        return exports.export(request, rows, _COLUMNS, f"moderation-{request.territory.slug}")
    context = {"page": page_of(request, rows), "acts": ModerationAct.choices, "act": act}
    context["crumbs"] = [(_("Modération"), "../"), (_("Journal"), None)]
    return render(request, "atelier/moderation/journal.html", context)


_COLUMNS: list[exports.Column] = [
    (gettext_lazy("date"), lambda each: f"{each.at:%Y-%m-%d %H:%M}"),
    (gettext_lazy("voix"), lambda each: each.contribution_id),
    (gettext_lazy("décision"), lambda each: each.get_act_display()),
    (gettext_lazy("raison"), lambda each: each.get_reason_display()),
    (gettext_lazy("par"), lambda each: each.by.shown_name if each.by else ""),
]


def _first_with_something(counts: moderation.Waiting) -> str:
    return next((name for name, (_label, count) in QUEUES.items() if getattr(counts, count)), "relire")


def _row(voice: Contribution) -> dict:
    findings = from_rows(voice.personal_data, voice.words)
    return {
        "voice": voice,
        "source": source_line(voice),
        "words": marked(voice.words, findings),
        "found": bool(findings),
        "reports": getattr(voice, "unsettled", []),
    }
