"""A consent is taken back: the words it covered leave the site, and the needs are counted again."""

from django.db import transaction

from essor.chain.listening.models import Consent, Contribution
from essor.chain.listening.services.capture import withdraw_consent as end_consent
from essor.chain.listening.services.voices import erase_voice
from essor.ground.people.models import Person
from essor.journeys.recount_after_moderation import recount_after_moderation


@transaction.atomic
def withdraw_consent(
    *, by: Person | None, consent: Consent, erase: bool = False, because: str = "asked"
) -> list[Contribution]:
    """Withdraw every voice said under this consent; with ``erase``, no word of them remains anywhere."""
    voices = end_consent(by=by, consent=consent, because=because)
    if erase:
        for voice in Contribution.objects.filter(speaker=consent.speaker_id, gathering=consent.gathering_id):
            erase_voice(contribution=voice, by=by, why="consent")
    recount_after_moderation(voices=voices, by=by)
    return voices
