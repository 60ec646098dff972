"""Rights over alliances. Each docstring is the rule in plain words."""

from essor.chain.alliances.enums import MemberRole
from essor.chain.alliances.models import Alliance, AllianceMember
from essor.ground.directory.models import Actor
from essor.ground.directory.policies import can_speak_for_actor
from essor.ground.people.models import Person
from essor.ground.people.policies import Visitor, can_facilitate, can_take_part
from essor.ground.territories.models import Territory


def can_prepare_alliance(person: Visitor, territory: Territory) -> bool:
    """Members of the territory prepare an alliance: a draft that they and facilitators see."""
    return can_take_part(person, territory)


def can_lead_alliance(person: Visitor, alliance: Alliance) -> bool:
    """Who prepared it, those who speak for the member that leads it, and facilitators."""
    if can_facilitate(person, alliance.territory):
        return True
    if not isinstance(person, Person) or not can_take_part(person, alliance.territory):
        return False
    if alliance.created_by_id == person.pk:
        return True
    leading = alliance.members.consented().filter(role=MemberRole.LEADS).select_related("actor__territory")
    return any(can_speak_for_actor(person, each.actor) for each in leading)


def can_publish_alliance(person: Visitor, territory: Territory) -> bool:
    """Facilitators publish an alliance and put it back to draft."""
    return can_facilitate(person, territory)


def can_sit_in_alliance(person: Visitor, alliance: Alliance) -> bool:
    """Those who speak for a member at the table, and those who lead."""
    if can_lead_alliance(person, alliance):
        return True
    rows = alliance.members.at_the_table().select_related("actor__territory")
    return any(can_speak_for_actor(person, each.actor) for each in rows)


def can_read_alliance(person: Visitor, alliance: Alliance) -> bool:
    """Anybody reads a published alliance; the others are for those who sit in it."""
    return alliance.is_public or can_sit_in_alliance(person, alliance)


def can_answer_for_member(person: Visitor, member: AllianceMember) -> bool:
    """Only those who speak for an actor say yes or no for it online."""
    return can_speak_for_actor(person, member.actor)


def can_commit_for(person: Visitor, actor: Actor, alliance: Alliance) -> bool:
    """Those who speak for a member, and those who lead, write its commitments and declarations."""
    return can_speak_for_actor(person, actor) or can_lead_alliance(person, alliance)
