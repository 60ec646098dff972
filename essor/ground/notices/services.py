"""Telling people, and letting them say: less."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import override

from essor.common import clock
from essor.common.text import excerpt, tidy
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.models import Muted, Notice
from essor.ground.notices.selectors import muting
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

Words = str | Promise | Callable[[], str]
LONGEST: Final = 240


@transaction.atomic
def tell(
    *,
    persons: Iterable[Person],
    territory: Territory,
    kind: str,
    text: Words,
    url: str,
    group_key: str,
) -> int:
    """Tell each person once; what is still unread with the same ``group_key`` becomes one line with a count.

    ``text`` is a whole sentence: lazy, or a function, so that each reads it in their own language.
    Those who turned this kind off, and closed accounts, are told nothing. Returns how many were told.
    The number of queries does not grow with the number of persons.
    """
    kind = NoticeKind(kind)
    told = {person.pk: person for person in persons if person.is_active}
    for pk in muting(kind=kind, territory=territory, among=list(told)):
        told.pop(pk, None)
    by_language: dict[str, list[int]] = {}
    for person in told.values():
        by_language.setdefault(_language(person, territory), []).append(person.pk)
    for language, keys in by_language.items():
        _tell_in(language, keys, Notice(territory=territory, kind=kind, url=url, group_key=group_key), text)
    return len(told)


def _tell_in(language: str, keys: list[int], like: Notice, text: Words) -> None:
    with override(language):
        words = excerpt(tidy(text() if callable(text) else str(text)), LONGEST - 1)
    now = clock.now()
    waiting = Notice.objects.undigested().filter(person_id__in=keys, group_key=like.group_key)
    already = set(waiting.values_list("person_id", flat=True))
    waiting.update(text=words, url=like.url, created_at=now, count=F("count") + 1)
    Notice.objects.bulk_create(
        (
            Notice(
                person_id=key,
                territory=like.territory,
                kind=like.kind,
                text=words,
                url=like.url,
                group_key=like.group_key,
                created_at=now,
            )
            for key in keys
            if key not in already
        ),
        batch_size=500,
        ignore_conflicts=True,  # told by two acts at the same instant: once is enough
    )


def _language(person: Person, territory: Territory) -> str:
    return person.language or next(iter(territory.languages or []), "") or settings.LANGUAGE_CODE


@transaction.atomic
def mark_read(*, person: Person, notices: Sequence[int] | None = None, before: datetime | None = None) -> int:
    """Mark these notices of the person as read, or all of them; returns how many were not yet."""
    rows = Notice.objects.to(person).unread()
    if notices is not None:
        rows = rows.filter(pk__in=notices)
    if before is not None:
        rows = rows.filter(created_at__lte=before)
    return rows.update(read_at=clock.now())


@transaction.atomic
def mute(*, person: Person, kind: str, territory: Territory | None = None) -> None:
    """No longer tell the person this kind of thing, in this territory or (None) anywhere."""
    Muted.objects.get_or_create(person=person, kind=NoticeKind(kind), territory=territory)


@transaction.atomic
def unmute(*, person: Person, kind: str, territory: Territory | None = None) -> None:
    """Tell the person this kind of thing again; everywhere when no territory is given."""
    rows = Muted.objects.filter(person=person, kind=NoticeKind(kind))
    if territory is not None:
        rows = rows.filter(territory=territory)
    rows.delete()


@transaction.atomic
def mark_digested(*, notices: Iterable[Notice]) -> int:
    """These notices were told by mail; they will not be mailed again."""
    return Notice.objects.filter(pk__in=[each.pk for each in notices]).update(digested_at=clock.now())


@transaction.atomic
def put_back(*, notices: Sequence[Notice]) -> int:
    """Their mail could not leave: they wait again, unless newer ones of the same group already do."""
    if not notices:
        return 0
    waiting = Notice.objects.undigested().filter(person_id=notices[0].person_id)
    newer = set(waiting.values_list("group_key", flat=True))
    back = {each.group_key: each.pk for each in notices if each.group_key not in newer}
    return Notice.objects.filter(pk__in=back.values(), read_at=None).update(digested_at=None)


@transaction.atomic
def erase_notices(*, person: Person) -> None:
    """Forget all that a person was told, and what they had turned off."""
    Notice.objects.to(person).delete()
    Muted.objects.filter(person=person).delete()
