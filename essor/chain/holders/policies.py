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
    if encounter.by_id == person.pk:
        return True
    return encounter.privacy == NotePrivacy.TEAM and encounter.removed_at is None


def can_change_note(person: Visitor, encounter: Encounter) -> bool:
    """Only the facilitator who wrote a note rewords it; the others add their own beside it."""
    return _wrote(person, encounter) and encounter.removed_at is None


def can_remove_note(person: Visitor, encounter: Encounter) -> bool:
    """Only the facilitator who wrote a note takes it back, or puts it back within a month."""
    return _wrote(person, encounter)


def can_add_note(person: Visitor, encounter: Encounter) -> bool:
    """Every facilitator adds a note of their own to a meeting that the team may read."""
    is_a_meeting = encounter.about_id is None and encounter.removed_at is None
    return is_a_meeting and can_read_note(person, encounter) and not _wrote(person, encounter)


def _wrote(person: Visitor, encounter: Encounter) -> bool:
    if not isinstance(person, Person) or not can_facilitate(person, encounter.holder.territory):
        return False
    return encounter.by_id == person.pk
