"""Meetings with a holder and the notes kept of them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.holders.enums import Manner, NotePrivacy
from essor.chain.holders.models import Encounter, ProjectHolder
from essor.chain.holders.policies import can_add_note, can_change_note, can_remove_note
from essor.chain.holders.services.holders import NEXT, locked
from essor.chain.holders.services.refusals import HolderClash, HolderRefused
from essor.common import clock
from essor.common.merging import Clash, merge, merge_fields
from essor.common.text import tidy
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person

PUT_BACK = timedelta(days=30)  # how long a note taken back may be put back


@transaction.atomic
def record_encounter(
    *,
    by: Person,
    holder: ProjectHolder,
    manner: str,
    on: date,
    note: str = "",
    privacy: str = NotePrivacy.TEAM,
    next_step: str = "",
    next_on: date | None = None,
    base: Mapping[str, Any] | None = None,
) -> Encounter:
    """Say that somebody was met, with a note and the next step agreed on.

    ``base`` is the next step as it was when the writing began: one that somebody else set meanwhile is never
    overwritten unseen.
    """
    holder = locked(holder=holder)
    if on > clock.today():
        raise HolderRefused(_("Cette rencontre est à venir : notez-la comme prochain pas."))
    if next_on is not None and not tidy(next_step):
        raise HolderRefused(_("Dites quel est le prochain pas de cette date."))
    if base is not None:
        next_step, next_on = _next(holder, next_step, next_on, base)
    now = clock.now()
    encounter = Encounter.objects.create(
        holder=holder,
        manner=Manner(manner),
        on=on,
        note=tidy(note)[:8000],
        privacy=NotePrivacy(privacy),
        by=by,
        created_at=now,
        changed_at=now,
    )
    if next_on != holder.next_on:
        holder.reminded_on = None
    holder.next_step, holder.next_on, holder.changed_at = tidy(next_step)[:200], next_on, now
    holder.last_contact_on = max(on, holder.last_contact_on or on)
    holder.save(update_fields=["next_step", "next_on", "reminded_on", "last_contact_on", "changed_at"])
    _record(by, encounter, "holder.encountered")
    return encounter


@transaction.atomic
def add_note(*, by: Person, encounter: Encounter, note: str, privacy: str = NotePrivacy.TEAM) -> Encounter:
    """Add one's own note to a meeting that another facilitator noted."""
    encounter = _held(encounter)
    if not can_add_note(by, encounter):
        raise HolderRefused(_("On n’ajoute sa note qu’à une rencontre notée par quelqu’un d’autre."))
    if not tidy(note):
        raise HolderRefused(_("Écrivez votre note avant de l’ajouter."))
    now = clock.now()
    made = Encounter.objects.create(
        holder=encounter.holder,
        about=encounter,
        manner=encounter.manner,
        on=encounter.on,
        note=tidy(note)[:8000],
        privacy=NotePrivacy(privacy),
        by=by,
        created_at=now,
        changed_at=now,
    )
    _record(by, made, "holder.note_added")
    return made


@transaction.atomic
def change_note(
    *, by: Person, encounter: Encounter, note: str, privacy: str, base: str | None = None
) -> Encounter:
    """Take one's own note up again; ``base`` is what it said when the writing began."""
    encounter = _held(encounter)
    if not can_change_note(by, encounter):
        raise HolderRefused(
            _("Seule la personne qui a écrit cette note peut la reprendre : ajoutez la vôtre à côté.")
        )
    words = tidy(note)[:8000]
    if base is not None:
        merged = merge(base, words, encounter.note)
        if not merged.is_clean:
            clash = Clash(("note",), (words,), (encounter.note,))
            raise HolderClash((clash,), kept={"note": words}, present={"note": encounter.note})
        words = merged.text[:8000]
    encounter.note, encounter.privacy = words, NotePrivacy(privacy)
    encounter.changed_at = clock.now()
    encounter.save(update_fields=["note", "privacy", "changed_at"])
    _record(by, encounter, "holder.note_changed")
    return encounter


@transaction.atomic
def remove_note(*, by: Person, encounter: Encounter) -> Encounter:
    """Take one's own note back, with the meeting it tells; it may be put back for a month."""
    encounter = _held(encounter)
    if not can_remove_note(by, encounter):
        raise HolderRefused(_("Seule la personne qui a écrit cette note peut la retirer."))
    if encounter.removed_at is None:
        encounter.removed_at = clock.now()
        encounter.save(update_fields=["removed_at"])
        _record(by, encounter, "holder.note_removed")
    return encounter


@transaction.atomic
def restore_note(*, by: Person, encounter: Encounter) -> Encounter:
    """Put one's own note back."""
    encounter = _held(encounter)
    if not can_remove_note(by, encounter):
        raise HolderRefused(_("Seule la personne qui a écrit cette note peut la remettre."))
    if encounter.removed_at is not None:
        encounter.removed_at = None
        encounter.save(update_fields=["removed_at"])
        _record(by, encounter, "holder.note_restored")
    return encounter


@transaction.atomic
def erase_removed_notes() -> int:
    """Notes taken back a month ago are gone; a meeting with the notes of others only loses its own."""
    old = Encounter.objects.filter(removed_at__lt=clock.now() - PUT_BACK)
    answered = Encounter.objects.exclude(about=None).values("about")
    blanked = old.filter(pk__in=answered).exclude(note="").update(note="")
    gone = old.exclude(pk__in=answered)
    number = gone.count()
    gone.delete()
    return blanked + number


def _held(encounter: Encounter) -> Encounter:
    """The note as it stands now, kept for this transaction, with its card."""
    card = locked(holder=encounter.holder)
    found = Encounter.objects.select_for_update(of=("self",)).get(pk=encounter.pk)
    found.holder = card
    return found


def _next(
    holder: ProjectHolder, next_step: str, next_on: date | None, base: Mapping[str, Any]
) -> tuple[str, date | None]:
    mine, present = (
        {"next_step": tidy(step), "next_on": day.isoformat() if day else ""}
        for step, day in ((next_step, next_on), (holder.next_step, holder.next_on))
    )
    kept, clashes = merge_fields(base, mine, present, groups=NEXT)
    if clashes:
        raise HolderClash(clashes, kept=kept, present=present)
    days = {mine["next_on"]: next_on, present["next_on"]: holder.next_on}
    return kept["next_step"], days[kept["next_on"]]


def _record(by: Person, encounter: Encounter, verb: str) -> None:
    holder = encounter.holder
    ledger.record(by=by, verb=verb, thing=holder, territory=holder.territory)
