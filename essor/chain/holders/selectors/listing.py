"""The board, the list, and what a person is told of what the log keeps about them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from essor.chain.holders.enums import HolderStage, NotePrivacy
from essor.chain.holders.models import Encounter, ProjectHolder
from essor.common import clock
from essor.common.full_text import matching
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

SHOWN = 40  # cards of a column on the board; the list has them all


@dataclass(frozen=True)
class Asked:
    """What a facilitator looks for; empty: everything."""

    words: str = ""
    stage: str = ""
    theme: str = ""
    referent: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Column:
    """A column of the board: how many cards, and the first of them."""

    stage: HolderStage
    number: int
    cards: list[ProjectHolder]

    @property
    def hidden(self) -> int:
        """How many cards the board does not show."""
        return self.number - len(self.cards)


def holders(territory: Territory, asked: Asked) -> QuerySet[Any]:
    """Those who are followed, as asked for, with when they were last met."""
    rows: QuerySet[ProjectHolder] = ProjectHolder.objects.in_territory(territory).living()
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.theme:
        rows = rows.filter(theme__slug=asked.theme)
    if asked.referent.isdecimal():
        rows = rows.filter(referent=int(asked.referent))
    if asked.words:
        rows = matching(rows, asked.words)
    met = rows.select_related("theme", "referent").annotate(
        times=Count("encounters"), last_met=Max("encounters__on")
    )
    orders = {"next": ("next_on", "id"), "name": ("name", "id")}
    return met.order_by(*orders.get(asked.sort, ("-changed_at", "-id")))


def board(territory: Territory, asked: Asked) -> list[Column]:
    """The columns in their order. Two queries for each shown column at most, whatever the number of cards."""
    rows = holders(territory, asked)
    counts = dict(rows.order_by().values_list("stage").annotate(number=Count("pk", distinct=True)))
    ranked = rows.order_by("stage", "position", "id")
    cards: dict[str, list[ProjectHolder]] = {stage: [] for stage in HolderStage.values}
    wanted = Q(pk__in=[])
    for stage in HolderStage.values:
        if counts.get(stage):
            keys = list(ranked.filter(stage=stage).values_list("pk", flat=True)[:SHOWN])
            wanted |= Q(pk__in=keys)
    for holder in ranked.filter(wanted):
        cards[holder.stage].append(holder)
    return [Column(stage, counts.get(stage, 0), cards[stage]) for stage in HolderStage]


def notes_of(holder: ProjectHolder, reader: Person) -> list[Encounter]:
    """Encounters, the latest first; the note of one kept for its author alone is empty to others."""
    found = list(holder.encounters.select_related("by", "gathering"))
    for each in found:
        if each.privacy == NotePrivacy.AUTHOR and each.by_id != reader.pk:
            each.note = ""
    return found


def due(territory: Territory, today: date | None = None) -> QuerySet[ProjectHolder]:
    """Whose next step is today or late, the latest first."""
    day = today or clock.today()
    rows = ProjectHolder.objects.in_territory(territory).living().due()
    return rows.filter(next_on__lte=day).select_related("referent").order_by("next_on", "id")


def personal_rows(person: Person) -> dict[str, list[Any]]:
    """What the log keeps about a person, team notes included, for their own export."""
    mine = ProjectHolder.objects.filter(person=person, forgotten_at=None)
    return {
        "holder_cards": list(
            mine.values("territory__name", "name", "email", "phone", "idea", "stage", "next_step", "next_on")
        ),
        "holder_notes": list(
            Encounter.objects.filter(holder__in=mine).values("on", "manner", "note", "created_at")
        ),
    }
