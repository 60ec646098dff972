"""Rights over the log of those who are met. Each docstring is the rule in plain words."""

from essor.chain.holders.enums import NotePrivacy
from essor.chain.holders.models import Encounter
from essor.ground.people.models import Person
from essor.ground.people.policies import Visitor, can_facilitate
from essor.ground.territories.models import Territory


def can_meet_holders(person: Visitor, territory: Territory) -> bool:
    """Facilitators of the territory, and nobody else, read and keep the log."""
    return can_facilitate(person, territory)


def can_read_note(person: Visitor, encounter: Encounter) -> bool:
    """A note kept for oneself is read by its author alone; the others by every facilitator."""
    if not isinstance(person, Person) or not can_facilitate(person, encounter.holder.territory):
        return False
    return encounter.privacy == NotePrivacy.TEAM or encounter.by_id == person.pk
