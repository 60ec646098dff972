"""Consultations: the list, and the page of one."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from essor.chain.listening.enums import Channel
from essor.chain.listening.models import Consultation, Contribution, Phase
from essor.chain.listening.policies import can_give_voice, can_see_consultation, is_listening
from essor.chain.listening.selectors.consultations import (
    consultations_by_time,
    figures_of,
    listens_until,
    next_listening,
    questions_of,
)
from essor.common import clock
from essor.common.moments import day
from essor.ground.gatherings.models import Gathering
from essor.ground.people.enums import StakeholderFamily
from essor.web.access import anyone, page
from essor.web.drawings.bars import Bar, bars
from essor.web.figures import figures_of as territory_figures
from essor.web.refusals import not_found_unless
from essor.web.voices import source_line

VOICES_SHOWN = 4
GATHERINGS_SHOWN = 4


@dataclass(frozen=True)
class PhaseShown:
    """A phase as the timeline shows it."""

    label: str
    when: str
    text: str
    state: str


def visible_consultation(request: HttpRequest, slug: str) -> Consultation:
    """A consultation of this territory that this visitor may see, else 404."""
    rows = Consultation.objects.in_territory(request.territory).prefetch_related("phases")
    found = get_object_or_404(rows, slug=slug)
    found.territory = request.territory
    not_found_unless(can_see_consultation(request.user, found))
    return found


@page(who=anyone)
def consultations(request: HttpRequest) -> HttpResponse:
    """What listens now, what will, what did."""
    found = consultations_by_time(request.territory)
    counts = territory_figures(request.territory).voices_by_consultation
    return render(
        request,
        "listening/consultations.html",
        {
            "open": [(each, listens_until(each), counts.get(each.pk)) for each in found.open],
            "to_come": [(each, next_listening(each)) for each in found.to_come],
            "over": found.over,
        },
    )


@page(who=anyone)
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """The promise, the dates, the questions, who spoke, and the way to speak."""
    found = visible_consultation(request, slug)
    figures = figures_of(found)
    gatherings = Gathering.objects.in_territory(request.territory).public().to_come()
    return render(
        request,
        "listening/consultation.html",
        {
            "consultation": found,
            "phases": [_shown(each) for each in found.phases.all()],
            "questions": [(each, figures.by_question.get(each.pk, 0)) for each in questions_of(found)],
            "figures": figures,
            "pictures": _pictures(figures.by_channel, figures.by_family) if figures.voices else [],
            "latest": [(each, source_line(each)) for each in _latest(found)],
            "gatherings": gatherings[:GATHERINGS_SHOWN] if found.is_open else [],
            "listens": is_listening(found),
            "may_give": can_give_voice(request.user, found),
            "until": listens_until(found),
            "then": next_listening(found),
            "crumbs": [(found.title, None)],
        },
    )


def _latest(consultation: Consultation) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(consultation=consultation, reply_to=None).public()
    return rows.select_related("gathering", "speaker")[:VOICES_SHOWN]


def _shown(phase: Phase) -> PhaseShown:
    now = clock.now()
    state = "done" if phase.ends_at <= now else "next" if phase.starts_at > now else ""
    return PhaseShown(
        label=_("%(title)s (en ce moment)") % {"title": phase.title} if not state else phase.title,
        when=_("du %(start)s au %(end)s") % {"start": _day(phase.starts_at), "end": _day(phase.ends_at)},
        text=phase.description,
        state=state,
    )


def _day(moment) -> str:
    return day(moment)


def _pictures(by_channel: dict[str, int], by_family: dict[str, int]) -> list:
    channels = [Bar(str(Channel(name).label), n) for name, n in by_channel.items()]
    families = [Bar(str(StakeholderFamily(name).label), n) for name, n in by_family.items()]
    return [
        bars(channels, title=_("Comment les voix sont arrivées"), unit=_("voix"), step="listen"),
        bars(families, title=_("Qui a parlé"), unit=_("voix"), step="listen"),
    ]
