"""Reading notices: what a person was told, and who waits for a digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db import models
from django.utils import timezone

from essor.common import clock
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.models import Muted, Notice
from essor.ground.people.enums import DigestRhythm
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


@dataclass(frozen=True, slots=True)
class KindOfNotices:
    kind: str
    label: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class TerritoryOfNotices:
    territory: Territory
    kinds: tuple[KindOfNotices, ...]


def notices_of(person: Person) -> "models.QuerySet[Notice]":
    """What a person was told, newest first."""
    return Notice.objects.to(person).select_related("territory").order_by("-created_at", "-id")


def unread_count(person: Person) -> int:
    """How many notices the person has not read."""
    return Notice.objects.to(person).unread().count()


def grouped(notices: Sequence[Notice]) -> list[TerritoryOfNotices]:
    """Notices by territory, then by kind in the order of their list, then newest first."""
    rank = {kind: place for place, kind in enumerate(NoticeKind.values)}
    ordered = sorted(notices, key=lambda each: each.created_at, reverse=True)
    ordered.sort(key=lambda each: (each.territory.name, each.territory_id, rank[each.kind]))
    return [
        TerritoryOfNotices(
            territory,
            tuple(
                KindOfNotices(kind, str(NoticeKind(kind).label), tuple(told))
                for kind, told in groupby(rows, key=lambda each: each.kind)
            ),
        )
        for territory, rows in groupby(ordered, key=lambda each: each.territory)
    ]


def muting(*, kind: str, territory: Territory, among: list[int]) -> list[int]:
    """Keys of the persons who turned this kind off here or everywhere."""
    rows = Muted.objects.filter(kind=kind).filter(
        models.Q(territory=territory) | models.Q(territory=None), person_id__in=among
    )
    return list(rows.values_list("person_id", flat=True))


def muted_by(person: Person) -> set[tuple[int | None, str]]:
    """What a person turned off, as (key of the territory or None, kind)."""
    return set(Muted.objects.filter(person=person).values_list("territory_id", "kind"))


def digest_due(person: Person) -> list[Notice]:
    """What the digest of a person would hold now; empty when nothing waits or it is too early.

    Days are counted, not hours, from the last digest really sent: a run that comes late, early or twice
    neither skips a person nor writes twice in one period.
    """
    if not person.is_active or person.digest_rhythm == DigestRhythm.NEVER:
        return []
    if not _is_time(person.digest_rhythm, _last_digest_on(person)):
        return []
    off = muted_by(person)
    waiting = Notice.objects.to(person).undigested().select_related("territory")
    return [
        each for each in waiting if (None, each.kind) not in off and (each.territory_id, each.kind) not in off
    ]


def persons_with_something_to_tell() -> list[int]:
    """Keys of the active persons who agreed to a digest and have notices that no mail has told."""
    rows = Notice.objects.undigested().filter(person__is_active=True)
    rows = rows.exclude(person__digest_rhythm=DigestRhythm.NEVER)
    return list(rows.order_by("person_id").values_list("person_id", flat=True).distinct())


def _last_digest_on(person: Person) -> date | None:
    last = Notice.objects.to(person).aggregate(last=models.Max("digested_at"))["last"]
    return timezone.localtime(last).date() if last else None


def _is_time(rhythm: str, last: date | None) -> bool:
    days = 1 if rhythm == DigestRhythm.DAILY else 7
    return last is None or clock.today() >= last + timedelta(days=days)
