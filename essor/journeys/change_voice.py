"""A voice is moderated, corrected, taken back or erased, and the needs it speaks for are counted again."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from essor.chain.listening.models import Contribution
from essor.ground.people.models import Person
from essor.journeys.recount_after_moderation import recount_after_moderation

Result = TypeVar("Result")


@transaction.atomic
def change_voice(*, change: Callable[[], Result], voice: Contribution, by: Person | None) -> Result:
    """Make the change, a service of listening, and recount the needs in the same transaction.

    Whatever the change raises goes through, and nothing is counted.
    """
    result = change()
    recount_after_moderation(voices=[voice], by=by)
    return result
