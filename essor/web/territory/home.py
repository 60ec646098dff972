"""The home page of a territory: the stairs, what is open now, what waits, what voices became."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Consultation, Phase
from essor.chain.needs.lifecycle import PUBLIC
from essor.chain.needs.models import Evidence, Need
from essor.ground.gatherings.models import Gathering
from essor.ground.territories.models import Territory
from essor.web.access import anyone, page
from essor.web.drawings.picture import Picture
from essor.web.drawings.stairs import Stair, stairs
from essor.web.figures import Figures, figures_of
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
        return list(public.to_come()[: max(0, CARDS - len(self.open_now))])

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
    occasions = figures.meetings + figures.interviews
    return stairs(
        [
            Stair("place", _("Rencontres et entretiens"), occasions, f"{to('gatherings')}?quand=passees"),
            Stair("listen", _("Voix entendues"), figures.voices, to("voices")),
            Stair("need", _("Besoins"), figures.needs, to("needs")),
            Stair("project", _("Besoins qui avancent"), figures.needs_answered, to("needs")),
        ],
        title=_("De la voix au besoin, à %(territory)s") % {"territory": territory.name},
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


def _waiting(territory: Territory) -> QuerySet[Need]:
    return (
        Need.objects.in_territory(territory)
        .to_cover()
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
    return {
        "voice": evidence.contribution,
        "source": source_line(evidence.contribution),
        "nodes": [
            {
                "step": "need",
                "step_label": _("Besoin"),
                "label": evidence.need.statement,
                "url": reverse("territory:need", args=[territory.slug, evidence.need.slug]),
                "note": evidence.need.get_state_display(),
            }
        ],
    }
