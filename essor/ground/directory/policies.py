"""Rights over the directory. Each docstring is the rule in plain words."""

from essor.ground.directory.models import Actor
from essor.ground.people.models import OrganisationMember, Person
from essor.ground.people.policies import Visitor, can_facilitate, can_take_part
from essor.ground.territories.models import Territory


def can_keep_directory(person: Visitor, territory: Territory) -> bool:
    """Facilitators and administrators of the territory add, import, merge and hide cards."""
    return can_facilitate(person, territory)


def can_speak_for_actor(person: Visitor, actor: Actor) -> bool:
    """Members speak for their own card, and for the organisations in whose name they speak.

    Two cards that were merged are one: who speaks for one speaks for both, until they are parted.
    """
    if not isinstance(person, Person) or not can_take_part(person, actor.territory):
        return False
    if actor.person_id is not None:
        return actor.person_id == person.pk
    one = Actor.objects.filter(pk=actor.pk).as_one().exclude(organisation=None).values("organisation")
    return OrganisationMember.objects.filter(organisation__in=one, person=person).exists()


def can_change_actor(person: Visitor, actor: Actor) -> bool:
    """Those who speak for an actor keep its card; facilitators help with those of organisations."""
    if can_speak_for_actor(person, actor):
        return True
    return actor.person_id is None and can_facilitate(person, actor.territory)


def can_read_actor(person: Visitor, actor: Actor) -> bool:
    """Anybody reads a listed card; the others are for those who speak for it and for facilitators."""
    return actor.is_listed or can_speak_for_actor(person, actor) or can_facilitate(person, actor.territory)
