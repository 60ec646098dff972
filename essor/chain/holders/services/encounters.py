"""Meetings with a holder and the notes kept of them."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.holders.enums import Manner, NotePrivacy
from essor.chain.holders.models import Encounter, ProjectHolder
from essor.chain.holders.policies import can_read_note
from essor.chain.holders.services.holders import locked
from essor.chain.holders.services.refusals import HolderRefused
from essor.common import clock
from essor.common.text import tidy
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person


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
) -> Encounter:
    """Say that somebody was met, with a note and the next step agreed on."""
    holder = locked(holder=holder)
    if on > clock.today():
        raise HolderRefused(_("Cette rencontre est à venir : notez-la comme prochain pas."))
    if next_on is not None and not tidy(next_step):
        raise HolderRefused(_("Dites quel est le prochain pas de cette date."))
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
    holder.save(update_fields=["next_step", "next_on", "reminded_on", "changed_at"])
    _record(by, encounter, "holder.encountered")
    return encounter


@transaction.atomic
def change_note(*, by: Person, encounter: Encounter, note: str, privacy: str) -> Encounter:
    """Take a note up again: one that one may read; only its author makes it private."""
    if not can_read_note(by, encounter):
        raise HolderRefused(_("Cette note n’est lisible que par la personne qui l’a écrite."))
    if privacy == NotePrivacy.AUTHOR and encounter.by_id != by.pk:
        raise HolderRefused(_("Seule la personne qui a écrit cette note peut la garder pour elle."))
    encounter.note, encounter.privacy = tidy(note)[:8000], NotePrivacy(privacy)
    encounter.changed_at = clock.now()
    encounter.save(update_fields=["note", "privacy", "changed_at"])
    _record(by, encounter, "holder.note_changed")
    return encounter


def _record(by: Person, encounter: Encounter, verb: str) -> None:
    holder = encounter.holder
    ledger.record(by=by, verb=verb, thing=holder, territory=holder.territory)
