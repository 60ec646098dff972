"""A file read again: cards follow what it says now, but never against what people wrote since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from essor.common import clock
from essor.ground.directory.enums import ActorState, Direction
from essor.ground.directory.models import Actor, ActorBatch, ActorTheme, Resource
from essor.ground.directory.services.actors import change_actor, locked
from essor.ground.directory.services.resources import add_resource, close_resource
from essor.ground.people.models import Person
from essor.ground.territories.models import Theme

LISTS = {"offers": Direction.OFFERS, "seeks": Direction.SEEKS}
FIELDS = (
    "name", "family", "presentation", "contact", "website", "commune_code", "latitude", "longitude",
)  # fmt: skip


@dataclass(frozen=True)
class Followed:
    """What became of one card: the fields that follow the file, and those that people keep."""

    changed: tuple[str, ...]
    kept: tuple[str, ...]


@transaction.atomic
def remember_said(*, actor: Actor, said: Mapping[str, Any]) -> Actor:
    """Keep what the file said of a new card, to know later who changed what."""
    actor.imported = dict(said)
    actor.save(update_fields=["imported"])
    return actor


@transaction.atomic
def follow_file(
    *, by: Person | None, batch: ActorBatch, actor: Actor, said: Mapping[str, Any], kinds: Mapping[str, str]
) -> Followed:
    """Give the card what the file says now, field by field, where the card still says what it said before.

    ``said``: the fields, ``themes`` as keys, ``offers`` and ``seeks`` as words; ``kinds``: the kind of each.
    """
    actor = locked(actor=actor)
    told = actor.imported or {}
    new = {name: value for name, value in said.items() if value != told.get(name)}
    now = {**{name: getattr(actor, name) for name in FIELDS}, "themes": _themes(actor)}
    wanted = {name: value for name, value in new.items() if name in now and now[name] != value}
    free = [name for name in wanted if now[name] == told.get(name)]
    before = {
        "pk": actor.pk, "imported": told, "at": actor.changed_at.isoformat(),
        "was": {name: now[name] for name in free},
    }  # fmt: skip
    if free:
        words = {name: wanted[name] for name in free if name != "themes"}
        themes = Theme.objects.filter(pk__in=wanted["themes"]) if "themes" in free else None
        actor = change_actor(by=by, actor=actor, themes=themes, **words)
    before |= _follow_lists(by, actor, said, kinds)
    changed = [*free, *(name for name in LISTS if before[f"{name}_added"] or before[f"{name}_closed"])]
    remember_said(actor=actor, said=said)
    if changed:
        before["now"] = {name: said[name] for name in free}
        before["until"] = actor.changed_at.isoformat()
        batch.journal.setdefault("changed", []).append(before)
    return Followed(tuple(changed), tuple(name for name in wanted if name not in free))


def _themes(actor: Actor) -> list[int]:
    return sorted(ActorTheme.objects.filter(actor=actor).values_list("theme", flat=True))


def _follow_lists(
    by: Person | None, actor: Actor, said: Mapping[str, Any], kinds: Mapping[str, str]
) -> dict[str, list[int]]:
    """Add what the file newly says is offered or sought, close what it said and says no more."""
    told: dict[str, list[int]] = {}
    for name, direction in LISTS.items():
        before, now = (actor.imported or {}).get(name, []), said.get(name, [])
        standing = {each.words: each for each in actor.resources.current().filter(direction=direction)}
        gone = [standing[words] for words in before if words not in now and words in standing]
        for each in gone:
            close_resource(by=by, resource=each)
        added = [
            add_resource(by=by, actor=actor, direction=direction, kind=kinds[words], words=words)
            for words in now
            if words not in before and words not in standing
        ]
        told[f"{name}_added"], told[f"{name}_closed"] = [e.pk for e in added], [e.pk for e in gone]
    return told


@transaction.atomic
def put_back(*, batch: ActorBatch) -> tuple[int, int]:
    """Undo what ``follow_file`` did for this file; returns how many cards are as before, how many stay."""
    back = left = 0
    for entry in reversed(batch.journal.get("changed", [])):
        actor = locked(actor=Actor(pk=entry["pk"]))
        now = {**{name: getattr(actor, name) for name in FIELDS}, "themes": _themes(actor)}
        free = [name for name, value in entry["now"].items() if now[name] == value]
        if actor.state == ActorState.MERGED or len(free) < len(entry["now"]):
            left += 1
            continue
        _put_back(batch, actor, entry, free)
        back += 1
    return back, left


def _put_back(batch: ActorBatch, actor: Actor, entry: dict[str, Any], free: list[str]) -> None:
    is_untouched = actor.changed_at.isoformat() == entry["until"]
    if free:
        words = {name: entry["was"][name] for name in free if name != "themes"}
        themes = Theme.objects.filter(pk__in=entry["was"]["themes"]) if "themes" in free else None
        actor = change_actor(by=batch.created_by, actor=actor, themes=themes, **words)
    for name in LISTS:
        Resource.objects.filter(pk__in=entry[f"{name}_added"], closed_at=None).update(closed_at=clock.now())
        Resource.objects.filter(pk__in=entry[f"{name}_closed"]).update(closed_at=None)
    actor.imported = entry["imported"]
    if is_untouched:
        actor.changed_at = datetime.fromisoformat(entry["at"])
    actor.save(update_fields=["imported", "changed_at"])


@transaction.atomic
def take_up_again(
    *, by: Person | None, batch: ActorBatch, actor: Actor, source_key: str, said: Mapping[str, Any]
) -> Actor:
    """A card that an undone import had withdrawn comes back with the file; hidden, if it was hidden."""
    actor = locked(actor=actor)
    now = clock.now()
    actor.state = ActorState.HIDDEN if actor.hidden_from else ActorState.LISTED
    actor.batch, actor.source_key, actor.imported = batch, source_key, said
    actor.save()
    words = {name: said[name] for name in FIELDS if name in said}
    change_actor(by=by, actor=actor, themes=Theme.objects.filter(pk__in=said.get("themes", [])), **words)
    Actor.objects.filter(pk=actor.pk).update(created_at=now, changed_at=now)
    actor.refresh_from_db()
    return actor
