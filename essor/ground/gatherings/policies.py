"""Who may do what with a gathering."""

from essor.ground.gatherings.enums import GatheringKind, GatheringState, MinutesState
from essor.ground.gatherings.models import Gathering, Minutes
from essor.ground.people.policies import Visitor, can_facilitate


def can_see_gathering(person: Visitor, gathering: Gathering) -> bool:
    """Anybody sees announced, held and cancelled meetings; drafts and interviews are for facilitators."""
    if gathering.state != GatheringState.DRAFT and gathering.kind != GatheringKind.INTERVIEW:
        return True
    return can_facilitate(person, gathering.territory)


def can_run_gathering(person: Visitor, gathering: Gathering) -> bool:
    """Facilitators of the territory prepare, announce, hold and cancel its gatherings."""
    return can_facilitate(person, gathering.territory)


def can_read_minutes(person: Visitor, minutes: Minutes) -> bool:
    """Anybody reads published minutes of a meeting they may see; drafts are for facilitators."""
    if minutes.state == MinutesState.PUBLISHED:
        return can_see_gathering(person, minutes.gathering)
    return can_facilitate(person, minutes.gathering.territory)
