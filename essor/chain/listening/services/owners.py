"""Whose voices they are: a guest who opens an account finds theirs, a person who leaves is forgotten."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from essor.chain.listening.models import Contribution, ContributionVersion, Report, Speaker
from essor.common.codes import digest
from essor.ground.people.models import Person

PURPOSE: Final = "guest"  # of the digest under which a guest's secret is kept


def guest_speakers(*, guest_key: str) -> list[Speaker]:
    """The speakers, one a territory, that a guest's secret gives."""
    rows = Speaker.objects.filter(guest_digest=digest(guest_key, PURPOSE)).select_related("territory")
    return list(rows)


@transaction.atomic
def give_speaker_to(*, speaker: Speaker, person: Person) -> Speaker:
    """The guest was this person: the voices become theirs. Returns the person's speaker in that territory.

    When the person already speaks there, the voices move to that speaker, so that one person counts once;
    the guest's speaker, now without voices, is left for the caller to drop once nothing points to it.
    """
    own = Speaker.objects.in_territory(speaker.territory).of(person).first()
    if own is None:
        speaker.person, speaker.guest_digest = person, None
        speaker.save(update_fields=["person", "guest_digest"])
        return speaker
    if own.pk != speaker.pk:
        Contribution.objects.filter(speaker=speaker).update(speaker=own)
    return own


@transaction.atomic
def drop_speaker(*, speaker: Speaker) -> None:
    """Remove a speaker who has no voice left."""
    speaker.delete()


@transaction.atomic
def forget_person(*, person: Person, new_names: Iterable[tuple[Speaker, str]] = ()) -> int:
    """Cut the tie between a person and their voices; the voices stay, under a pseudonym.

    Returns how many speakers were cut loose. Their own name, when they had signed with it, is replaced.
    """
    names = {speaker.pk: name for speaker, name in new_names}
    speakers = list(Speaker.objects.of(person))
    for speaker in speakers:
        speaker.person, speaker.guest_digest = None, None
        speaker.pseudonym = names.get(speaker.pk, "")
    Speaker.objects.bulk_update(speakers, ["person", "guest_digest", "pseudonym"])
    Contribution.objects.filter(speaker__in=speakers).update(receipt_digest=None)
    ContributionVersion.objects.filter(by=person, contribution__speaker__in=speakers).update(by=None)
    Report.objects.filter(by=person).update(by=None, comment="")
    return len(speakers)
