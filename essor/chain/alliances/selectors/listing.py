"""Lists of alliances, and what a page shows of one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from essor.chain.alliances.enums import MemberState
from essor.chain.alliances.models import Alliance, AllianceMember, Commitment, ConflictOfInterest
from essor.common.full_text import matching
from essor.ground.directory.models import Actor
from essor.ground.directory.selectors.spoken_for import every_card_of
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

ORDERS = {
    "new": ("-changed_at", "-id"),
    "large": ("-members_count", "-changed_at", "-id"),
    "mixed": ("-families_count", "-members_count", "-id"),
    "name": ("title", "id"),
}


@dataclass(frozen=True)
class Asked:
    """What a reader looks for; empty: everything."""

    words: str = ""
    state: str = ""
    theme: str = ""
    sort: str = "new"


def public_alliances(territory: Territory, asked: Asked) -> QuerySet[Alliance]:
    """Published alliances, as asked for."""
    return _asked(Alliance.objects.in_territory(territory).public(), asked)


def every_alliance(territory: Territory, asked: Asked) -> QuerySet[Alliance]:
    """Those of every state, drafts included, for facilitators."""
    return _asked(Alliance.objects.in_territory(territory), asked)


def actors_of(person: Person, territory: Territory) -> QuerySet[Actor]:
    """The actors that a person speaks for here."""
    return every_card_of(person, territory)


def alliances_of(person: Person, territory: Territory) -> QuerySet[Alliance]:
    """Those one prepared, and those where an actor one speaks for sits or is invited."""
    seats = AllianceMember.objects.at_the_table().filter(actor__in=actors_of(person, territory))
    rows = Alliance.objects.in_territory(territory)
    return rows.filter(Q(created_by=person) | Q(pk__in=seats.values("alliance"))).select_related("theme")


def invitations_of(person: Person, territory: Territory) -> QuerySet[AllianceMember]:
    """Invitations that wait for this person's answer."""
    rows = AllianceMember.objects.filter(state=MemberState.INVITED, actor__in=actors_of(person, territory))
    return rows.select_related("alliance", "actor__territory")


def commitments_of(alliance: Alliance) -> QuerySet[Commitment]:
    """Every commitment of its members, the first due first."""
    rows = Commitment.objects.filter(member__alliance=alliance)
    return rows.select_related("member__actor").order_by("due_on", "id")


def conflicts_of(alliance: Alliance) -> QuerySet[ConflictOfInterest]:
    """What its members declared and that still stands."""
    rows = ConflictOfInterest.objects.filter(member__alliance=alliance, ended_at=None)
    return rows.select_related("member__actor")


def personal_rows(person: Person) -> dict[str, list[Any]]:
    """What this person answered and declared for alliances, for their own export."""
    return {
        "alliance_consents": list(
            AllianceMember.objects.filter(consent_recorded_by=person).values(
                "alliance__title", "actor__name", "state", "consent_manner", "consented_at"
            )
        ),
        "declared_interests": list(
            ConflictOfInterest.objects.filter(declared_by=person).values(
                "member__alliance__title", "words", "declared_at", "ended_at"
            )
        ),
    }


def _asked(rows: QuerySet[Alliance], asked: Asked) -> QuerySet[Alliance]:
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.theme:
        rows = rows.filter(theme__slug=asked.theme)
    if asked.words:
        rows = matching(rows, asked.words)
    return rows.select_related("theme", "territory").order_by(*ORDERS.get(asked.sort, ORDERS["new"]))
