"""What waits for moderators, and what they decided."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from essor.chain.listening.enums import AppealState, VoiceState
from essor.chain.listening.models import Appeal, Contribution, ModerationDecision, Report
from essor.ground.territories.models import Territory


@dataclass(frozen=True)
class Waiting:
    """How many voices wait in each queue."""

    waiting: int
    reported: int
    appealed: int

    @property
    def total(self) -> int:
        return self.waiting + self.reported + self.appealed


def waiting_in(territory: Territory) -> Waiting:
    """Three counts, one query each."""
    return Waiting(
        voices_waiting(territory).count(),
        voices_reported(territory).count(),
        appeals_open(territory).count(),
    )


def voices_waiting(territory: Territory) -> "QuerySet[Contribution]":
    """Voices to read before they are published, oldest first."""
    return _shown(Contribution.objects.in_territory(territory).to_moderate()).order_by("created_at", "id")


def voices_reported(territory: Territory) -> "QuerySet[Contribution]":
    """Published voices that somebody reported, oldest first, with the reports not yet settled."""
    unsettled = Report.objects.filter(settled_at=None, contribution__territory=territory)
    rows = Contribution.objects.in_territory(territory).filter(
        state=VoiceState.PUBLISHED, pk__in=unsettled.values("contribution")
    )
    return (
        _shown(rows)
        .prefetch_related(Prefetch("reports", unsettled.order_by("at"), to_attr="unsettled"))
        .order_by("created_at", "id")
    )


def appeals_open(territory: Territory) -> "QuerySet[Appeal]":
    """Contestations without answer, oldest first, with the decisions they contest."""
    return (
        Appeal.objects.filter(contribution__territory=territory, state=AppealState.OPEN)
        .select_related(
            "contribution__territory", "contribution__speaker", "contribution__gathering",
            "contribution__question",
        )
        .prefetch_related("contribution__decisions__by")
        .order_by("at")
    )  # fmt: skip


def journal_of(territory: Territory, act: str = "") -> "QuerySet[ModerationDecision]":
    """Every decision, newest first."""
    rows = ModerationDecision.objects.filter(contribution__territory=territory)
    if act:
        rows = rows.filter(act=act)
    return rows.select_related("by", "contribution").order_by("-at", "-id")


def _shown(rows: "QuerySet[Contribution]") -> "QuerySet[Contribution]":
    return rows.select_related("question", "speaker", "gathering", "consultation")
