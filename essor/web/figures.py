"""The figures of a territory's chain, counted at most once a minute whatever the traffic."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

from essor.chain.alliances.models import Alliance
from essor.chain.alliances.selectors import chain
from essor.chain.challenges.models import Challenge
from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Consultation, Contribution
from essor.chain.needs.enums import NeedState, Stance
from essor.chain.needs.models import Evidence, Need
from essor.chain.projects.enums import Visibility
from essor.chain.projects.models import Project, ProjectNeed
from essor.common import clock
from essor.common.codes import digest
from essor.ground.gatherings.enums import GatheringState
from essor.ground.gatherings.models import Gathering
from essor.ground.territories.models import Territory

_KEPT = 60  # seconds


@dataclass(frozen=True)
class Figures:
    """What the territory counts: voices published or private with consent, and all that is public above."""

    voices: int  # all that count: in every consultation and outside, published or told in confidence
    voices_in_confidence: int  # those of them that are not read in the list
    needs: int
    needs_to_cover: int
    needs_answered: int  # being answered or covered
    needs_unanswered: int  # not covered, and no public project, challenge or alliance answers them
    voices_not_heard: int  # counted, but behind no public need nor challenge yet
    challenges: int
    projects: int
    alliances: int
    meetings: int
    interviews: int
    voices_by_consultation: dict[int, int]
    story: int | None  # the quoted voice (key of its evidence) of a need published lately
    counted_at: str

    @property
    def needs_with_answer(self) -> int:
        """Needs that somebody answers, or that are covered."""
        return self.needs - self.needs_unanswered


def figures_of(territory: Territory) -> Figures:
    """The figures of the chain, at most a minute old."""
    key = f"figures:{territory.pk}"
    known = cache.get(key)
    if known is None:
        known = _count(territory)
        cache.set(key, known, _KEPT)
    return Figures(**known)


def how_many(territory: Territory, asked: str, rows: QuerySet[Any]) -> int:
    """How many rows answer a question (``asked``, in a canonical writing), counted once a minute at most.

    Only for the number of a long public list: what the list shows is always read anew.
    """
    name = f"count:{territory.pk}:{digest(asked, 'count')[:24]}"
    known = cache.get(name)
    if known is None:
        known = rows.count()
        cache.set(name, known, _KEPT)
    return int(known)


def forget_figures(territory: Territory) -> None:
    """Count anew at the next reading, because somebody just added something."""
    cache.delete(f"figures:{territory.pk}")


def _count(territory: Territory) -> dict[str, object]:
    voices = Contribution.objects.in_territory(territory).counted()
    needs = Need.objects.in_territory(territory).public()
    held = Gathering.objects.in_territory(territory).filter(state=GatheringState.HELD)
    return {
        "voices": voices.count(),
        "voices_in_confidence": voices.filter(state=VoiceState.PRIVATE).count(),
        "needs": needs.count(),
        "needs_to_cover": needs.filter(state=NeedState.TO_COVER).count(),
        "needs_answered": needs.exclude(state=NeedState.TO_COVER).count(),
        "needs_unanswered": chain.unanswered_needs(territory).count(),
        "voices_not_heard": chain.voices_not_heard(territory).count(),
        "challenges": Challenge.objects.in_territory(territory).public().count(),
        "projects": Project.objects.in_territory(territory).public().count(),
        "alliances": Alliance.objects.in_territory(territory).public().count(),
        "meetings": held.meetings().count(),
        "interviews": held.interviews().count(),
        "voices_by_consultation": {
            consultation.pk: voices.filter(consultation=consultation).count()
            for consultation in Consultation.objects.in_territory(territory).open()[:6]
        },
        "story": _story(needs),
        "counted_at": clock.now().isoformat(),
    }


def _story(needs: QuerySet[Need]) -> int | None:
    """A quote of one of the needs published last: the freshest need that has one."""
    latest = list(needs.order_by("-published_at", "-id").values_list("pk", flat=True)[:20])
    answered = set(
        ProjectNeed.objects.filter(need__in=latest, project__visibility=Visibility.PUBLIC).values_list(
            "need", flat=True
        )
    )
    latest.sort(key=lambda key: key not in answered)  # what a project answers makes the longer story
    quotes = dict(
        Evidence.objects.filter(
            need__in=latest,
            is_quote=True,
            stance=Stance.SUPPORTS,
            contribution__state=VoiceState.PUBLISHED,
        )
        .order_by("-position", "-id")
        .values_list("need", "pk")
    )
    return next((quotes[key] for key in latest if key in quotes), None)
