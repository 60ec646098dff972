"""Reading what was captured: counts of a meeting, its last lines, slips of paper, interviews and consents."""

from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from essor.chain.listening.enums import Channel, VoiceState
from essor.chain.listening.models import Consent, Consultation, Contribution
from essor.common import clock
from essor.common.text import plain
from essor.ground.gatherings.models import Gathering
from essor.ground.territories.models import Territory

CAPTURED = "capture:"
PAPER = "paper:"
_GONE = (VoiceState.WITHDRAWN, VoiceState.ERASED)
CONSENT_STATES = ("holds", "ended", "withdrawn")


@dataclass(frozen=True)
class Heard:
    """How many voices were noted at a meeting, in all and by table."""

    total: int = 0
    tables: dict[str, int] = field(default_factory=dict)


def heard_at(gathering: Gathering, consultation: Consultation | None) -> Heard:
    """The counts of a meeting: what every note-taker saved, whatever their table."""
    rows = (
        Contribution.objects.filter(gathering=gathering, consultation=consultation)
        .exclude(state__in=_GONE)
        .values_list("table")
        .annotate(count=Count("id"))
        .order_by("table")
    )
    tables = {table: count for table, count in rows}
    ordered = sorted(
        tables, key=lambda table: (not table.isdigit(), int(table) if table.isdigit() else 0, table)
    )
    return Heard(sum(tables.values()), {table: tables[table] for table in ordered if table})


def last_lines(gathering: Gathering, consultation: Consultation | None) -> "QuerySet[Contribution]":
    """What was noted at a meeting, newest first."""
    return (
        Contribution.objects.filter(gathering=gathering, consultation=consultation, channel=Channel.MEETING)
        .exclude(state__in=_GONE)
        .select_related("question")
        .order_by("-id")
    )


def captured_line(gathering: Gathering, key: str) -> Contribution | None:
    """The line saved under this key at this meeting."""
    return Contribution.objects.filter(gathering=gathering, source_key=f"{CAPTURED}{key}").first()


def slips_of(territory: Territory, token: str) -> "QuerySet[Contribution]":
    """The paper slips saved together under this token."""
    return (
        Contribution.objects.in_territory(territory)
        .filter(source_key__startswith=f"{PAPER}{token}:")
        .select_related("question", "gathering", "consultation")
        .order_by("id")
    )


def interviews_of(territory: Territory, *, asked: str = "", state: str = "") -> "QuerySet[Gathering]":
    """The interviews with the consent of each (``consent_*``) and how many voices came of it."""
    consents = Consent.objects.filter(gathering=OuterRef("pk"))
    voices = (
        Contribution.objects.filter(gathering=OuterRef("pk"))
        .exclude(state__in=_GONE)
        .order_by()
        .values("gathering")
        .annotate(count=Count("id"))
        .values("count")
    )
    rows = (
        Gathering.objects.in_territory(territory)
        .interviews()
        .annotate(
            consent_until=Subquery(consents.values("until_on")[:1]),
            consent_withdrawn=Subquery(consents.values("withdrawn_at")[:1]),
            consent_quote=Subquery(consents.values("may_quote")[:1]),
            who=Subquery(consents.values("speaker__pseudonym")[:1]),
            voices_count=Subquery(voices[:1]),
        )
    )
    if asked:
        rows = rows.filter(
            Q(title__icontains=asked) | Q(who__icontains=plain(asked)) | Q(who__icontains=asked)
        )
    today = clock.today()
    if state == "holds":
        rows = rows.filter(consent_withdrawn=None, consent_until__gte=today)
    elif state == "ended":
        rows = rows.filter(consent_withdrawn=None, consent_until__lt=today)
    elif state == "withdrawn":
        rows = rows.exclude(consent_withdrawn=None)
    return rows.order_by("-starts_at", "-id")


def consent_of(interview: Gathering) -> Consent | None:
    """The consent of the person met."""
    return Consent.objects.filter(gathering=interview).select_related("speaker", "gathering").first()


def expired_consents() -> "QuerySet[Consent]":
    """Consents whose last day has passed and that nobody withdrew yet."""
    return Consent.objects.filter(withdrawn_at=None, until_on__lt=clock.today()).order_by("until_on", "id")
