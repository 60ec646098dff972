"""The board, the list, and what a person is told of what the log keeps about them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from essor.chain.holders.enums import HolderStage, NotePrivacy
from essor.chain.holders.models import WARNED, Encounter, ProjectHolder
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
    due: str = ""
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
    if asked.due:
        rows = _due(rows, asked.due)
    if asked.words:
        rows = matching(rows, asked.words)
    told = Q(encounters__about=None, encounters__removed_at=None)
    met = rows.select_related("theme", "referent").annotate(
        times=Count("encounters", filter=told), last_met=Max("encounters__on", filter=told)
    )
    orders = {"next": ("next_on", "id"), "name": ("name", "id")}
    return met.order_by(*orders.get(asked.sort, ("-changed_at", "-id")))


def _due(rows: Any, asked: str) -> Any:
    if asked == "late":
        return rows.late()
    if asked == "soon":
        return rows.soon()
    if asked == "none":
        return rows.without_step()
    return rows.unheard(clock.today() + timedelta(days=WARNED)) if asked == "erased" else rows


def soon_erased(territory: Territory) -> int:
    """How many cards are erased within two months if nobody hears from those they are about."""
    return _due(ProjectHolder.objects.in_territory(territory).living(), "erased").count()


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
    """Encounters, the latest first, each with the notes that others added to it (``others``).

    The note of one kept for its author alone is empty to others; one taken back is told to its author alone,
    unless others added theirs to it.
    """
    rows = list(holder.encounters.select_related("by", "gathering"))
    added: dict[int, list[Encounter]] = {}
    for each in rows:
        is_mine = each.by_id == reader.pk
        if not is_mine and (each.privacy == NotePrivacy.AUTHOR or each.removed_at is not None):
            each.note = ""
        if each.about_id is not None and (is_mine or each.note):
            added.setdefault(each.about_id, []).insert(0, each)
    found = []
    for each in rows:
        each.others = added.get(each.pk, [])  # type: ignore[attr-defined]
        is_told = each.removed_at is None or each.by_id == reader.pk or each.pk in added
        if each.about_id is None and is_told:
            found.append(each)
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
