"""Rights over challenges. Each docstring is the rule in plain words."""

from essor.chain.challenges.enums import ChallengeState
from essor.chain.challenges.models import Challenge
from essor.chain.listening.models import Speaker
from essor.ground.people.models import Person
from essor.ground.people.policies import Visitor, can_facilitate, can_moderate, can_take_part
from essor.ground.territories.models import Territory


def can_launch_challenge(person: Visitor, territory: Territory) -> bool:
    """Anybody with an account launches a challenge; whoever is no member yet joins in the same gesture."""
    return isinstance(person, Person) and person.is_active


def can_lead_challenge(person: Visitor, challenge: Challenge) -> bool:
    """Who launched it leads it, while they belong here; facilitators help."""
    mine = isinstance(person, Person) and challenge.launched_by_id == person.pk
    return (mine and can_take_part(person, challenge.territory)) or can_facilitate(
        person, challenge.territory
    )


def can_read_challenge(person: Visitor, challenge: Challenge) -> bool:
    """Anybody reads a public challenge; the others are for who leads them and for moderators."""
    return (
        challenge.is_public
        or can_lead_challenge(person, challenge)
        or can_moderate(person, challenge.territory)
    )


def can_support_challenge(speaker: Speaker, challenge: Challenge) -> bool:
    """Anybody who speaks in the territory supports a challenge that is gathering or open."""
    running = challenge.state in (ChallengeState.GATHERING, ChallengeState.OPEN)
    return running and speaker.territory_id == challenge.territory_id


def can_set_challenge_rules(person: Visitor, territory: Territory) -> bool:
    """Facilitators and administrators choose the size of the first circle, and whether to read first."""
    return can_facilitate(person, territory)
