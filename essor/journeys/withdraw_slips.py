"""Paper slips saved together are taken back together."""

from django.db import transaction

from essor.chain.listening.selectors.capture import slips_of
from essor.chain.listening.services.capture import withdraw_captured
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory
from essor.journeys.recount_after_moderation import recount_after_moderation


@transaction.atomic
def withdraw_slips(*, by: Person, territory: Territory, token: str) -> int:
    """Withdraw every slip of one pasting. Returns how many; doing it twice changes nothing."""
    voices = withdraw_captured(by=by, territory=territory, voices=slips_of(territory, token))
    recount_after_moderation(voices=voices, by=by)
    return len(voices)
