"""The home page of a territory: the stairs, what is open now, what waits, what voices became."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.alliances.selectors.chain import (
    unanswered_needs,
    with_what_is_left_alone,
)
from essor.chain.challenges.enums import ChallengeState
from essor.chain.challenges.models import Challenge
from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Consultation, Phase
from essor.chain.needs.lifecycle import PUBLIC
from essor.chain.needs.models import Evidence, Need
from essor.chain.projects.models import Project
from essor.ground.gatherings.models import Gathering
from essor.ground.ledger.selectors import results_of
from essor.ground.territories.models import Territory
from essor.web.access import anyone, page
from essor.web.drawings.picture import Picture
from essor.web.drawings.stairs import Stair, stairs
from essor.web.drawings.thread import STEP_NAMES
from essor.web.figures import Figures, figures_of
from essor.web.thread.kinds import KINDS, knot_of, knots_of
from essor.web.voices import source_line

CARDS, WAITING_SHOWN = 3, 4


@dataclass
class Shown:
    """What the home page shows, worked out only when the page is not already written in the cache."""

    territory: Territory
    figures: Figures

    @cached_property
    def stairs(self) -> Picture:
        """The steps of the chain."""
        return _stairs(self.territory, self.figures)

    @cached_property
    def open_now(self) -> list[dict[str, Any]]:
        """Open consultations with their end and their voices."""
        return _open_now(self.territory, self.figures)

    @cached_property
    def meetings(self) -> list[Gathering]:
        """The next meetings, as many as there is room for."""
        public = Gathering.objects.in_territory(self.territory).public()
        room = CARDS - len(self.open_now) - min(1, len(self.challenges))
        return list(public.to_come()[: max(0, room)])

    @cached_property
    def challenges(self) -> list[Challenge]:
        """Challenges one can join now. Read at each visit: what was hidden leaves the page at once."""
        return _challenges(self.territory)

    @cached_property
    def projects(self) -> list[Project]:
        """Projects that moved lately. Read at each visit, like the challenges."""
        return _projects(self.territory)

    @cached_property
    def moving_mark(self) -> str:
        """The state of the challenges and projects shown, in the name of the written page."""
        return repr(
            [
                [(each.pk, each.state, each.supporters_count, each.title) for each in self.challenges],
                [(each.pk, each.stage, each.title, each.pitch) for each in self.projects],
            ]
        )

    @cached_property
    def waiting(self) -> list[Need]:
        """Needs that nobody answers yet."""
        return list(_waiting(self.territory))

    @cached_property
    def story_mark(self) -> str:
        """The state of the quoted voice, read at each visit: words taken back leave the page at once."""
        rows = Evidence.objects.filter(pk=self.figures.story)
        return str(
            rows.values_list("pk", "need__state", "contribution__state", "contribution__version").first()
        )

    @cached_property
    def story(self) -> dict[str, Any] | None:
        """One voice and what it became."""
        return _story(self.territory, self.figures) if self.figures.story else None


@page(who=anyone)
def home(request: HttpRequest) -> HttpResponse:
    """Everything a visitor should see first."""
    figures = figures_of(request.territory)
    context = {"figures": figures, "shown": Shown(request.territory, figures)}
    return render(request, "territory/home.html", context)


def _stairs(territory: Territory, figures: Figures) -> Picture:
    to = lambda name: reverse(f"territory:{name}", args=[territory.slug])  # noqa: E731
    return stairs(
        [
            Stair("listen", _("Voix"), figures.voices, to("voices")),
            Stair("need", _("Besoins"), figures.needs, to("needs")),
            Stair("challenge", _("Défis"), figures.challenges, to("challenges")),
            Stair("project", _("Projets"), figures.projects, to("projects")),
            Stair("alliance", _("Alliances"), figures.alliances, to("alliances")),
        ],
        title=_("De la voix à l’alliance, à %(territory)s") % {"territory": territory.name},
    )


def _open_now(territory: Territory, figures: Figures) -> list[dict[str, Any]]:
    consultations = list(Consultation.objects.in_territory(territory).open().order_by("-opened_at")[:CARDS])
    ends = dict(
        Phase.objects.filter(consultation__in=consultations)
        .running()
        .order_by("-ends_at")
        .values_list("consultation", "ends_at")
    )
    return [
        {
            "consultation": each,
            "voices": figures.voices_by_consultation.get(each.pk, 0),
            "ends_at": ends.get(each.pk),
        }
        for each in consultations
    ]


def _challenges(territory: Territory) -> list[Challenge]:
    """Those that run or look for their circle, the most supported first."""
    running = Challenge.objects.in_territory(territory).filter(
        state__in=[ChallengeState.GATHERING, ChallengeState.OPEN]
    )
    return list(running.order_by("-supporters_count", "-published_at", "-id")[:CARDS])


def _projects(territory: Territory) -> list[Project]:
    """Living projects, those that moved last first."""
    moving = Project.objects.in_territory(territory).public().living().select_related("theme")
    return list(moving.order_by("-changed_at", "-id")[:CARDS])


def _waiting(territory: Territory) -> QuerySet[Need]:
    return (
        with_what_is_left_alone(unanswered_needs(territory))
        .select_related("theme")
        .order_by("-families_count", "-people_count", "id")[:WAITING_SHOWN]
    )


def _story(territory: Territory, figures: Figures) -> dict[str, Any] | None:
    """One quoted voice and what it became; checked anew, for it may have been hidden since it was chosen."""
    evidence = (
        Evidence.objects.filter(
            pk=figures.story, need__state__in=PUBLIC, contribution__state=VoiceState.PUBLISHED
        )
        .select_related("need", "contribution__gathering", "contribution__speaker")
        .first()
    )
    if evidence is None:
        return None
    need = knot_of(territory, KINDS["needs.need"], evidence.need)
    walk = results_of(evidence.need)
    above = knots_of(territory, [node for step in walk.steps for node in step])
    kept = {knot.step: knot for knot in reversed(above)}  # the nearest of each step
    nodes = [need, *(kept[step] for step in ("challenge", "project", "alliance") if step in kept)]
    return {
        "voice": evidence.contribution,
        "source": source_line(evidence.contribution),
        "nodes": [
            {
                "step": each.step,
                "step_label": STEP_NAMES[each.step],
                "label": each.label,
                "url": each.url,
                "note": each.note,
            }
            for each in nodes
        ],
        "next": _("une décision ?")
        if "alliance" in kept
        else _("une alliance ?")
        if "project" in kept
        else _("un projet ?"),
    }
