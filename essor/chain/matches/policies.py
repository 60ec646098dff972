"""Rights over introductions. Each docstring is the rule in plain words."""

from essor.chain.matches.enums import Side
from essor.chain.matches.models import Match
from essor.chain.projects.policies import can_lead_project
from essor.ground.directory.models import Actor
from essor.ground.directory.policies import can_speak_for_actor
from essor.ground.people.policies import Visitor, can_facilitate
from essor.ground.territories.models import Territory


def can_ask_matches(person: Visitor, territory: Territory) -> bool:
    """Facilitators and administrators of the territory have introductions computed."""
    return can_facilitate(person, territory)


def can_read_match(person: Visitor, match: Match) -> bool:
    """Facilitators read every proposal; each side reads those that concern it."""
    return bool(sides_of(person, match))


def can_answer_match(person: Visitor, match: Match) -> bool:
    """Whoever may read a proposal may answer it, for the side they are on."""
    return bool(sides_of(person, match))


def sides_of(person: Visitor, match: Match) -> list[str]:
    """The sides this person answers for: the seeker’s, the candidate’s, or the facilitation’s."""
    sides: list[str] = []
    if match.project is not None and can_lead_project(person, match.project):
        sides.append(Side.SEEKER)
    candidate = candidate_actor(match)
    if candidate is not None and can_speak_for_actor(person, candidate):
        sides.append(Side.CANDIDATE)
    if match.other is not None and can_lead_project(person, match.other):
        sides.append(Side.CANDIDATE)
    facilitates = can_facilitate(person, match.run.territory)
    if facilitates:
        # A facilitator who helps lead a project answers as the facilitation, not in its place.
        return [Side.CANDIDATE, Side.FACILITATION] if _is_theirs(person, candidate) else [Side.FACILITATION]
    return sides


def _is_theirs(person: Visitor, candidate: Actor | None) -> bool:
    return candidate is not None and can_speak_for_actor(person, candidate)


def candidate_actor(match: Match) -> Actor | None:
    """The actor proposed, itself or by the place it offers."""
    return match.actor if match.actor is not None else match.resource.actor if match.resource else None
