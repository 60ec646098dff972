"""Writing gatherings: planned, announced, held; places kept; people counted; minutes published."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from essor.common import clock
from essor.common.codes import digest, new_code, read_code
from essor.common.text import tidy
from essor.ground.gatherings.enums import GatheringKind, GatheringState, MinutesState, RegistrationState
from essor.ground.gatherings.lifecycle import MINUTES_MOVES, MOVES
from essor.ground.gatherings.models import AgendaItem, Attendance, Gathering, Minutes, Registration
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import Actor
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

CHANGEABLE = (
    "kind", "title", "summary", "starts_at", "ends_at", "place_name", "address", "access_notes",
    "commune_code", "capacity", "registration_open",
)  # fmt: skip


class GatheringRefused(Exception):
    """The gathering cannot be written or moved so; the message says what to do."""


class RegistrationRefused(Exception):
    """No place can be kept; the message says why."""


@dataclass(frozen=True)
class Place:
    """A place kept, and the code by which its holder can give it back (shown once)."""

    registration: Registration
    code: str


@transaction.atomic
def plan_gathering(
    *,
    by: Person | None,
    territory: Territory,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    agenda: Sequence[tuple[str, int | None]] = (),
    **details: Any,
) -> Gathering:
    """Prepare a gathering. ``agenda`` is a sequence of (title, minutes or None).

    Raises GatheringRefused when it would end before it starts.
    """
    now = clock.now()
    gathering = Gathering(
        territory=territory, kind=kind, title=tidy(title), starts_at=starts_at, ends_at=ends_at,
        created_by=by, created_at=now, changed_at=now, **details,
    )  # fmt: skip
    _check(gathering)
    gathering.slug = _free_slug(gathering)
    gathering.save()
    set_agenda(gathering=gathering, agenda=agenda)
    ledger.record(by=by, verb="gathering.planned", thing=gathering, territory=territory)
    return gathering


@transaction.atomic
def change_gathering(*, by: Person, gathering: Gathering, **changes: Any) -> list[Registration]:
    """Change some of CHANGEABLE. Returns the registrations that a larger room lets in."""
    changed = [name for name in CHANGEABLE if name in changes and getattr(gathering, name) != changes[name]]
    for name in changed:
        setattr(gathering, name, changes[name])
    _check(gathering)
    gathering.changed_at = clock.now()
    gathering.save()
    if changed:
        ledger.record(
            by=by, verb="gathering.changed", thing=gathering, territory=gathering.territory,
            data={"fields": changed},
        )  # fmt: skip
    return _fill_free_places(gathering)


@transaction.atomic
def set_agenda(*, gathering: Gathering, agenda: Sequence[tuple[str, int | None]]) -> None:
    """Replace the agenda by these (title, minutes or None), in this order."""
    gathering.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(gathering=gathering, position=position, title=tidy(title), minutes=minutes)
        for position, (title, minutes) in enumerate(agenda)
        if title.strip()
    )


def announce_gathering(*, by: Person | None, gathering: Gathering) -> None:
    """Let everybody see it. Interviews are never announced."""
    if gathering.kind == GatheringKind.INTERVIEW:
        raise GatheringRefused(_("Un entretien ne s’annonce pas : il reste entre les personnes présentes."))
    _move(by, gathering, GatheringState.ANNOUNCED, "gathering.announced")


def hold_gathering(*, by: Person | None, gathering: Gathering) -> None:
    """Say that it took place."""
    if gathering.starts_at > clock.now():
        raise GatheringRefused(_("Cette rencontre n’a pas encore commencé : changez sa date, ou attendez."))
    _move(by, gathering, GatheringState.HELD, "gathering.held")


def cancel_gathering(*, by: Person, gathering: Gathering, because: str) -> None:
    """Cancel it, with the reason that people will read."""
    if not because.strip():
        raise GatheringRefused(
            _("Dites pourquoi la rencontre est annulée : les personnes inscrites le liront.")
        )
    gathering.cancelled_because = tidy(because)[:240]
    _move(by, gathering, GatheringState.CANCELLED, "gathering.cancelled")


@transaction.atomic
def register(
    *,
    gathering: Gathering,
    name: str,
    person: Person | None = None,
    email: str = "",
    needs_help_with: str = "",
) -> Place:
    """Keep a place, or a rank in the waiting list when the room is full.

    Raises RegistrationRefused when registration is closed, or this person already has a place.
    """
    gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if not gathering.registration_open or gathering.state != GatheringState.ANNOUNCED:
        raise RegistrationRefused(_("Les inscriptions à cette rencontre sont closes."))
    if gathering.starts_at <= clock.now():
        raise RegistrationRefused(_("Cette rencontre a déjà commencé."))
    living = gathering.registrations.exclude(state=RegistrationState.CANCELLED)
    if person is not None and living.filter(person=person).exists():
        raise RegistrationRefused(_("Vous avez déjà une place à cette rencontre."))
    full = gathering.capacity is not None and living.confirmed().count() >= gathering.capacity
    code = new_code()
    registration = Registration.objects.create(
        gathering=gathering, person=person, name=tidy(name)[:80], email=email,
        needs_help_with=tidy(needs_help_with)[:240],
        state=RegistrationState.WAITING if full else RegistrationState.CONFIRMED,
        digest=digest(code, "registration"), created_at=clock.now(),
    )  # fmt: skip
    ledger.record(
        by=person, verb="registration.made", thing=gathering, territory=gathering.territory,
        actor=Actor.GUEST, data={"state": registration.state},
    )  # fmt: skip
    return Place(registration, code)


def registration_by_code(*, territory: Territory, code: str) -> Registration | None:
    """The registration that a code opens, in this territory."""
    return (
        Registration.objects.select_related("gathering", "gathering__territory")
        .filter(gathering__territory=territory, digest=digest(read_code(code), "registration"))
        .first()
    )


@transaction.atomic
def cancel_registration(*, registration: Registration, by: Person | None = None) -> list[Registration]:
    """Give a place back. Returns those whom the waiting list lets in. Doing it twice changes nothing."""
    gathering = Gathering.objects.select_for_update().get(pk=registration.gathering_id)
    registration.refresh_from_db()
    if registration.state == RegistrationState.CANCELLED:
        return []
    registration.state = RegistrationState.CANCELLED
    registration.cancelled_at = clock.now()
    registration.name, registration.email, registration.needs_help_with = "", "", ""
    registration.save()
    ledger.record(
        by=by, verb="registration.cancelled", thing=gathering, territory=gathering.territory,
        actor=Actor.GUEST,
    )  # fmt: skip
    return _fill_free_places(gathering)


@transaction.atomic
def count_attendance(*, by: Person | None, gathering: Gathering, counts: Mapping[str, int]) -> None:
    """How many came, by family. Families not named are left as they were; a count, never names."""
    for family, count in counts.items():
        if family not in StakeholderFamily.values or count < 0:
            raise GatheringRefused(
                _("« %(family)s » : le nombre de présents doit être zéro ou plus.") % {"family": family}
            )
        Attendance.objects.update_or_create(gathering=gathering, family=family, defaults={"count": count})
    ledger.record(
        by=by, verb="gathering.attendance_counted", thing=gathering, territory=gathering.territory,
        actor=Actor.MACHINE, data=dict(counts),
    )  # fmt: skip


@transaction.atomic
def write_minutes(*, by: Person, gathering: Gathering, body: str) -> Minutes:
    """Write or rewrite the minutes; published ones must be withdrawn first, so that no reader is misled."""
    minutes = Minutes.objects.filter(gathering=gathering).first()
    if minutes is not None and minutes.state == MinutesState.PUBLISHED:
        raise GatheringRefused(_("Ce compte rendu est publié : retirez-le d’abord pour le reprendre."))
    if minutes is None:
        minutes = Minutes(gathering=gathering)
    minutes.body, minutes.written_by, minutes.changed_at = tidy(body), by, clock.now()
    minutes.save()
    ledger.record(by=by, verb="minutes.written", thing=gathering, territory=gathering.territory)
    return minutes


@transaction.atomic
def publish_minutes(*, by: Person, minutes: Minutes) -> None:
    """Let everybody read the minutes; the digest of the text is kept in the ledger."""
    if not minutes.body.strip():
        raise GatheringRefused(_("Le compte rendu est vide : écrivez-le avant de le publier."))
    if minutes.gathering.kind == GatheringKind.INTERVIEW:
        raise GatheringRefused(_("Le compte rendu d’un entretien ne se publie pas."))
    _move_minutes(by, minutes, MinutesState.PUBLISHED, "minutes.published")


@transaction.atomic
def withdraw_minutes(*, by: Person, minutes: Minutes) -> None:
    """Take the minutes back to draft."""
    _move_minutes(by, minutes, MinutesState.DRAFT, "minutes.withdrawn")


def _move_minutes(by: Person, minutes: Minutes, state: MinutesState, verb: str) -> None:
    if state not in MINUTES_MOVES[minutes.state]:
        raise GatheringRefused(_("Ce compte rendu est déjà dans cet état."))
    minutes.state = state
    minutes.published_at = clock.now() if state == MinutesState.PUBLISHED else None
    minutes.save()
    ledger.record(
        by=by, verb=verb, thing=minutes.gathering, territory=minutes.gathering.territory,
        data={"sha256": hashlib.sha256(minutes.body.encode()).hexdigest()},
    )  # fmt: skip


@transaction.atomic
def _move(by: Person | None, gathering: Gathering, state: GatheringState, verb: str) -> None:
    if state not in MOVES[gathering.state]:
        raise GatheringRefused(
            _("Une rencontre « %(now)s » ne peut pas devenir « %(then)s ».")
            % {"now": gathering.get_state_display(), "then": state.label}
        )
    gathering.state = state
    gathering.changed_at = clock.now()
    gathering.save()
    ledger.record(by=by, verb=verb, thing=gathering, territory=gathering.territory, actor=Actor.MACHINE)


def _check(gathering: Gathering) -> None:
    if gathering.ends_at <= gathering.starts_at:
        raise GatheringRefused(_("La fin doit venir après le début : corrigez l’une des deux heures."))
    if not gathering.title:
        raise GatheringRefused(_("Donnez un titre à la rencontre."))
    code = gathering.commune_code
    if code and not gathering.territory.communes.filter(code=code).exists():
        raise GatheringRefused(_("La commune choisie n’est pas du territoire."))


def _free_slug(gathering: Gathering) -> str:
    stem = slugify(gathering.title)[:60] or "rencontre"
    taken = set(
        Gathering.objects.in_territory(gathering.territory)
        .filter(slug__startswith=stem)
        .values_list("slug", flat=True)
    )
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def _fill_free_places(gathering: Gathering) -> list[Registration]:
    """Let in the first of the waiting list for each free place."""
    waiting = list(gathering.registrations.waiting())
    if gathering.capacity is not None:
        free = gathering.capacity - gathering.registrations.confirmed().count()
        waiting = waiting[: max(free, 0)]
    for registration in waiting:
        registration.state = RegistrationState.CONFIRMED
        registration.save()
    return waiting


@transaction.atomic
def forget_registrations(*, person: Person, addresses: Iterable[str] = ()) -> list[Registration]:
    """The person's account is erased: places to come are given back, past ones no longer name anybody.

    ``addresses``: theirs, under which they may have kept places before they signed in.
    Returns those whom the waiting lists let in.
    """
    let_in: list[Registration] = []
    keys = list(registrations_of(person=person, addresses=addresses).values_list("pk", flat=True))
    mine = Registration.objects.filter(pk__in=keys).select_related("gathering", "gathering__territory")
    for registration in mine.filter(gathering__starts_at__gt=clock.now()):
        let_in += cancel_registration(registration=registration, by=person)
    mine.update(person=None, name="", email="", needs_help_with="")
    return let_in


def registrations_of(*, person: Person, addresses: Iterable[str]) -> QuerySet[Registration]:
    """The places of a person: kept from their account, or as a visitor under one of their addresses."""
    whose = Q(person=person)
    for address in addresses:
        whose |= Q(person=None, email__iexact=address)
    return Registration.objects.filter(whose)
