"""Rights over syntheses and needs. Each docstring is the rule in plain words."""

from essor.chain.listening.models import Speaker
from essor.chain.needs.models import Need, Synthesis
from essor.ground.people.policies import Visitor, can_facilitate
from essor.ground.territories.models import Territory


def can_make_synthesis(person: Visitor, territory: Territory) -> bool:
    """Facilitators and administrators of the territory ask for syntheses."""
    return can_facilitate(person, territory)


def can_curate_synthesis(person: Visitor, synthesis: Synthesis) -> bool:
    """Facilitators and administrators of the synthesis’s territory rearrange its groups."""
    return can_facilitate(person, synthesis.territory)


def can_code_voice(person: Visitor, territory: Territory) -> bool:
    """Facilitators and administrators of the territory put codes on voices."""
    return can_facilitate(person, territory)


def can_write_need(person: Visitor, territory: Territory) -> bool:
    """Facilitators and administrators of the territory word needs, publish them and follow them."""
    return can_facilitate(person, territory)


def can_read_need(person: Visitor, need: Need) -> bool:
    """Anybody reads a need to be covered, being answered or covered; drafts are for facilitators."""
    return need.is_public or can_facilitate(person, need.territory)


def can_say_concern(speaker: Speaker, need: Need) -> bool:
    """Anybody who speaks in the need’s territory may say that a public need concerns them too."""
    return need.is_public and speaker.territory_id == need.territory_id
