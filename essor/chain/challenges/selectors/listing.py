"""Lists of challenges, and what a page shows of one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from essor.chain.challenges.enums import ChallengeState
from essor.chain.challenges.models import Challenge, ChallengePhase, ChallengeVoice, Supporter
from essor.chain.listening.models import Contribution
from essor.common import clock
from essor.common.full_text import matching
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

ORDERS = {
    "supported": ("-supporters_count", "-published_at", "-id"),
    "new": ("-published_at", "-id"),
    "name": ("title", "id"),
}


@dataclass(frozen=True)
class Asked:
    """What a reader looks for; empty: everything."""

    words: str = ""
    state: str = ""
    theme: str = ""
    sort: str = "supported"


def public_challenges(territory: Territory, asked: Asked) -> QuerySet[Challenge]:
    """Public challenges, as asked for."""
    return _asked(Challenge.objects.in_territory(territory).public(), asked)


def every_challenge(territory: Territory, asked: Asked) -> QuerySet[Challenge]:
    """Those of every state, for facilitators."""
    return _asked(Challenge.objects.in_territory(territory), asked)


def challenges_of(person: Person, territory: Territory) -> QuerySet[Challenge]:
    """Those a person launched, drafts included."""
    rows = Challenge.objects.in_territory(territory).filter(launched_by=person)
    return rows.exclude(state=ChallengeState.WITHDRAWN).order_by("-changed_at", "-id")


def current_phase(phases: list[ChallengePhase]) -> ChallengePhase | None:
    """The phase of today; between two, or late, the last that began; before all, none."""
    today = clock.today()
    begun = [each for each in phases if each.starts_on and each.starts_on <= today]
    return begun[-1] if begun else None


def guests_of(challenge: Challenge) -> int:
    """How many of the circle have no account: facilitators judge by it how sure the number is."""
    return Supporter.objects.filter(challenge=challenge, speaker__person=None).count()


def voices_of(challenge: Challenge) -> QuerySet[ChallengeVoice]:
    """Readable voices given in a challenge, the latest first."""
    readable = Contribution.objects.public().values("pk")
    rows = ChallengeVoice.objects.filter(phase__challenge=challenge, contribution__in=readable)
    return rows.select_related("phase", "contribution__speaker", "contribution__gathering").order_by("-id")


def personal_rows(person: Person) -> dict[str, list[Any]]:
    """What this person launched and supports, for their own export."""
    return {
        "challenges": list(
            Challenge.objects.filter(launched_by=person).values(
                "territory__name", "title", "summary", "state", "created_at"
            )
        ),
        "challenges_supported": list(
            Supporter.objects.filter(speaker__person=person).values("challenge__title", "at")
        ),
    }


def _asked(rows: QuerySet[Challenge], asked: Asked) -> QuerySet[Challenge]:
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.theme:
        rows = rows.filter(theme__slug=asked.theme)
    if asked.words:
        rows = matching(rows, asked.words)
    return rows.select_related("theme", "need").order_by(*ORDERS.get(asked.sort, ORDERS["supported"]))
