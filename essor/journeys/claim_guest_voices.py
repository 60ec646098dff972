"""Somebody who spoke without an account opens one, or signs in: their voices and votes become theirs."""

from django.db import transaction

from essor.chain.challenges.services.supporters import move_supports
from essor.chain.listening.models import Contribution, Speaker
from essor.chain.listening.services.owners import drop_speaker, give_speaker_to, guest_speakers
from essor.chain.needs.models import Evidence, Need
from essor.chain.needs.services.concerns import move_concerns
from essor.chain.needs.services.evidence import recount
from essor.chain.opinions.services.owners import give_participant_to, guest_participants
from essor.ground.ledger.services import record
from essor.ground.people.models import Person


@transaction.atomic
def claim_guest_voices(person: Person, guest_key: str) -> int:
    """Tie what this guest said and voted to the person; returns how many voices. Twice does nothing."""
    claimed = 0
    for speaker in guest_speakers(guest_key=guest_key) if guest_key else []:
        claimed += _claim(speaker, person)
    for participant in guest_participants(guest_key=guest_key):
        give_participant_to(participant=participant, person=person)
    return claimed


def _claim(speaker: Speaker, person: Person) -> int:
    voices = list(Contribution.objects.filter(speaker=speaker).values_list("pk", flat=True))
    own = give_speaker_to(speaker=speaker, person=person)
    if own.pk != speaker.pk:
        move_concerns(source=speaker, target=own)
        move_supports(source=speaker, target=own)
        drop_speaker(speaker=speaker)
        recount_needs_of(voices, by=person)
    if voices:
        record(
            by=person,
            verb="voice.claimed",
            thing=own,
            territory=own.territory,
            data={"voices": len(voices)},
        )
    return len(voices)


def recount_needs_of(voices: list[int], by: Person | None) -> None:
    """The needs that these voices are evidence for count distinct people again."""
    needs = Evidence.objects.filter(contribution__in=voices).values("need")
    for need in Need.objects.filter(pk__in=needs).select_related("territory"):
        recount(need=need, by=by)
