"""Rights over bodies. Each docstring is the rule in plain words."""

from essor.chain.governance.enums import BodyState, MandateRole
from essor.chain.governance.models import Body, BodyMember, Mandate
from essor.common import clock
from essor.ground.directory.policies import can_speak_for_actor
from essor.ground.people.models import Person
from essor.ground.people.policies import Visitor, can_facilitate, can_take_part
from essor.ground.territories.models import Territory

LEADING = (MandateRole.CHAIR, MandateRole.VICE_CHAIR, MandateRole.SECRETARY, MandateRole.MANAGER)


def can_found_body(person: Visitor, territory: Territory) -> bool:
    """Facilitators and administrators of the territory write a body down, with its rules."""
    return can_facilitate(person, territory)


def can_lead_body(person: Visitor, body: Body) -> bool:
    """Facilitators, and those who hold today a mandate of chair, vice-chair, secretary or manager."""
    if can_facilitate(person, body.territory):
        return True
    if not isinstance(person, Person) or not can_take_part(person, body.territory):
        return False
    today = clock.today()
    mandates = Mandate.objects.filter(body=body, role__in=LEADING).select_related("member__actor__territory")
    return any(each.held_on(today) and can_vote_for_member(person, each.member) for each in mandates)


def can_vote_for_member(person: Visitor, member: BodyMember) -> bool:
    """The representative of a member; without one, the person themself or those who speak for it."""
    if not isinstance(person, Person) or not can_take_part(person, member.actor.territory):
        return False
    if member.representative_id is not None:
        return member.representative_id == person.pk
    return can_speak_for_actor(person, member.actor)


def can_sit_in_body(person: Visitor, body: Body) -> bool:
    """Those who vote for a member of today, and those who lead."""
    if can_lead_body(person, body):
        return True
    if not isinstance(person, Person):
        return False
    rows = body.members.on(clock.today()).select_related("actor__territory")
    mine = rows.filter(representative=person)
    if can_take_part(person, body.territory) and mine.exists():
        return True
    from_cards = rows.filter(representative=None)
    return any(can_speak_for_actor(person, each.actor) for each in from_cards)


def can_read_body(person: Visitor, body: Body) -> bool:
    """Anybody reads a body in function or dissolved; what is being prepared is for those who found it."""
    return body.state != BodyState.DRAFT or can_lead_body(person, body)
