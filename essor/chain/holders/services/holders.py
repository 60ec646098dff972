"""Those who carry a project or an idea: noted, met, followed, told of their rights, forgotten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from essor.chain.holders.enums import HolderStage
from essor.chain.holders.lifecycle import HOLDER_MOVES, RESTING
from essor.chain.holders.models import Encounter, HolderMove, ProjectHolder
from essor.chain.holders.services.refusals import HolderClash, HolderRefused
from essor.common import clock
from essor.common.merging import merge_fields
from essor.common.text import search_text, tidy
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import Actor
from essor.ground.people.models import Person
from essor.ground.people.policies import can_facilitate
from essor.ground.territories.models import Territory, Theme

GROUPS = (
    ("name",),
    ("email",),
    ("phone",),
    ("idea",),
    ("theme",),
    ("commune_code",),
    ("referent",),
    ("next_step", "next_on"),
)
NEXT = (("next_step", "next_on"),)


@dataclass(frozen=True)
class HolderWords:
    """What is kept about somebody: no more than what helps to meet them again."""

    name: str
    email: str = ""
    phone: str = ""
    idea: str = ""
    theme: Theme | None = None
    commune_code: str = ""
    next_step: str = ""
    next_on: date | None = None
    referent: Person | None = None

    @property
    def plain(self) -> dict[str, Any]:
        """The same as values that a form may carry and that two versions may be compared by."""
        fields = {name: getattr(self, name) for group in GROUPS for name in group}
        for name in ("theme", "referent"):
            fields[name] = fields[name].pk if fields[name] is not None else None
        day = self.next_on.isoformat() if self.next_on else ""
        name = " ".join(self.name.split())[:120]
        texts = {key: tidy(fields[key]) for key in ("email", "phone", "idea", "next_step")}
        return {**fields, **texts, "name": name, "next_on": day}


def words_of(*, holder: ProjectHolder) -> HolderWords:
    """What is kept about somebody now."""
    return HolderWords(**{name: getattr(holder, name) for group in GROUPS for name in group})


@transaction.atomic
def add_holder(
    *, by: Person, territory: Territory, words: HolderWords, stage: str = HolderStage.SPOTTED
) -> ProjectHolder:
    """Note somebody, at the bottom of a column."""
    now = clock.now()
    holder = ProjectHolder(territory=territory, created_by=by, created_at=now, changed_at=now)
    holder.last_contact_on = clock.today()
    holder.stage = HolderStage(stage)
    _write(holder, words)
    holder.position = _bottom(territory, holder.stage)
    holder.save()
    _record(by, holder, "holder.added")
    return holder


@transaction.atomic
def change_holder(
    *, by: Person, holder: ProjectHolder, words: HolderWords, base: Mapping[str, Any] | None = None
) -> ProjectHolder:
    """Correct what is kept.

    ``base`` is what the card said when the writing began (``HolderWords.plain``): what somebody else changed
    meanwhile stays, and a field changed by both raises HolderClash. Without it, the words replace all.
    """
    holder = locked(holder=holder)
    if base is not None:
        words = _together(words, words_of(holder=holder), base)
    _write(holder, words)
    holder.changed_at = clock.now()
    holder.save()
    _record(by, holder, "holder.changed")
    return holder


@transaction.atomic
def move_holder(
    *, by: Person, holder: ProjectHolder, stage: str, position: int | None = None
) -> ProjectHolder:
    """Put a card in a column, at a rank (from 0) or at the bottom; in its own column, only its rank."""
    holder = locked(holder=holder)
    column = HolderStage(stage)
    if column != holder.stage:
        if column not in HOLDER_MOVES[holder.stage]:
            raise HolderRefused(_("Cette carte ne peut pas aller dans cette colonne."))
        HolderMove.objects.create(holder=holder, before=holder.stage, after=column, by=by, at=clock.now())
        if column not in RESTING:
            holder.last_contact_on = clock.today()
        _record(by, holder, "holder.moved", before=holder.stage, after=str(column))
    holder.stage = column
    bottom = _bottom(holder.territory, column)
    holder.position = bottom if position is None else min(max(0, position), bottom)
    others = ProjectHolder.objects.in_territory(holder.territory).filter(stage=column).exclude(pk=holder.pk)
    others.filter(position__gte=holder.position).update(position=F("position") + 1)
    holder.changed_at = clock.now()
    holder.save(update_fields=["stage", "position", "last_contact_on", "changed_at"])
    return holder


@transaction.atomic
def mark_in_project(*, by: Person, holder: ProjectHolder) -> ProjectHolder:
    """A project was made with them: the card says so."""
    if holder.stage == HolderStage.IN_PROJECT:
        return holder
    return move_holder(by=by, holder=holder, stage=HolderStage.IN_PROJECT)


@transaction.atomic
def inform(*, by: Person, holder: ProjectHolder) -> ProjectHolder:
    """They were told what is kept about them, why, and how to have it erased (GDPR, article 14)."""
    holder = locked(holder=holder)
    if holder.informed_at is None:
        holder.informed_at = clock.now()
        holder.save(update_fields=["informed_at"])
        _record(by, holder, "holder.informed")
    return holder


@transaction.atomic
def hear_from(*, by: Person, holder: ProjectHolder) -> ProjectHolder:
    """There is news of them: the card is kept as long again."""
    holder = locked(holder=holder)
    if holder.last_contact_on != clock.today():
        holder.last_contact_on = clock.today()
        holder.save(update_fields=["last_contact_on"])
        _record(by, holder, "holder.heard_from")
    return holder


@transaction.atomic
def forget_holder(*, by: Person | None, holder: ProjectHolder, because: str = "") -> None:
    """Erase what is kept about somebody, notes included. That they were met stays as a number."""
    holder = locked(holder=holder)
    Encounter.objects.filter(holder=holder).update(note="")
    _scrub(holder)
    _record(by, holder, "holder.forgotten", **({"because": because} if because else {}))


@transaction.atomic
def forget_unheard(*, holder: ProjectHolder) -> bool:
    """Erase the card of somebody not heard from for too long; not if somebody did just before."""
    held = ProjectHolder.objects.select_for_update(of=("self",)).living().filter(pk=holder.pk).first()
    if held is None or held.erased_on > clock.today():
        return False
    forget_holder(by=None, holder=held, because="no_contact")
    return True


@transaction.atomic
def forget_person(*, person: Person, addresses: Iterable[str] = ()) -> int:
    """Somebody erases their account: what the log knew of them goes too; their own notes stay to the team.

    A card is theirs when it is tied to the account, or bears an address they proved to be theirs.
    """
    theirs = Q(person=person)
    for address in addresses:
        theirs |= Q(email__iexact=address)
    mine = list(ProjectHolder.objects.filter(theirs, forgotten_at=None))
    for holder in mine:
        Encounter.objects.filter(holder=holder).update(note="")
        _scrub(holder)
    ProjectHolder.objects.filter(referent=person).update(referent=None)
    own = Encounter.objects.filter(by=person, privacy="author")
    answered = Encounter.objects.exclude(about=None).values("about")
    own.filter(pk__in=answered).update(note="")
    own.exclude(pk__in=answered).delete()
    return len(mine)


def locked(*, holder: ProjectHolder) -> ProjectHolder:
    """The card as it stands now, kept for this transaction. A forgotten one is no longer there."""
    rows = ProjectHolder.objects.select_for_update(of=("self",)).select_related("territory")
    found = rows.get(pk=holder.pk)
    if found.forgotten_at is not None:
        raise HolderRefused(_("Cette fiche a été effacée."))
    return found


def _scrub(holder: ProjectHolder) -> None:
    holder.name, holder.email, holder.phone = _("Personne effacée"), "", ""
    holder.idea, holder.next_step, holder.search, holder.commune_code = "", "", "", ""
    holder.next_on = holder.person = holder.actor = holder.theme = None
    holder.stage, holder.forgotten_at = HolderStage.CLOSED, clock.now()
    holder.save()


def _bottom(territory: Territory, stage: str) -> int:
    rows = ProjectHolder.objects.in_territory(territory).filter(stage=stage)
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _write(holder: ProjectHolder, words: HolderWords) -> None:
    holder.name = " ".join(words.name.split())[:120]
    if not holder.name:
        raise HolderRefused(_("Donnez un nom, ou ce qui permet de s’en souvenir."))
    if words.theme is not None and words.theme.territory_id != holder.territory_id:
        raise HolderRefused(_("Ce thème appartient à un autre territoire : choisissez un thème d’ici."))
    if words.referent is not None and not can_facilitate(words.referent, holder.territory):
        raise HolderRefused(_("La personne référente doit être de la facilitation."))
    if words.next_on is not None and not words.next_step:
        raise HolderRefused(_("Dites quel est le prochain pas de cette date."))
    if words.next_on != holder.next_on:
        holder.reminded_on = None
    holder.email, holder.phone = words.email.strip(), tidy(words.phone)[:30]
    holder.idea, holder.theme = tidy(words.idea)[:2000], words.theme
    holder.commune_code = words.commune_code
    holder.next_step, holder.next_on = tidy(words.next_step)[:200], words.next_on
    holder.referent = words.referent
    holder.search = search_text(holder.name, holder.idea)


def _together(mine: HolderWords, present: HolderWords, base: Mapping[str, Any]) -> HolderWords:
    """Mine and what others changed since ``base``; the choices stay objects, the text may be a merged one."""
    kept, clashes = merge_fields(base, mine.plain, present.plain, groups=GROUPS, texts=("idea",))
    if clashes:
        raise HolderClash(clashes, kept=kept, present=present.plain)
    theirs = {
        name: getattr(present, name)
        for name, value in kept.items()
        if value == present.plain[name] and value != mine.plain[name]
    }
    return replace(mine, **{**theirs, "idea": kept["idea"]})


def _record(by: Person | None, holder: ProjectHolder, verb: str, **data: object) -> None:
    ledger.record(by=by, verb=verb, thing=holder, territory=holder.territory, actor=Actor.MACHINE, data=data)
