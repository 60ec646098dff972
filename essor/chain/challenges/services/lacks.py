"""What a challenge still lacks before it is launched: everything at once, each thing at its field."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from essor.chain.challenges.enums import PhaseKind
from essor.chain.challenges.models import Challenge, ChallengePhase
from essor.chain.challenges.services.refusals import ChallengeRefused, Lack
from essor.common import clock


def phases_of(*, challenge: Challenge) -> list[ChallengePhase]:
    """The three phases in their order."""
    order = {kind: rank for rank, kind in enumerate(PhaseKind.values)}
    return sorted(challenge.phases.all(), key=lambda phase: order[phase.kind])


def lacks_of(*, challenge: Challenge) -> list[Lack]:
    """Everything that keeps a challenge from being launched, in the order of its form."""
    phases = phases_of(challenge=challenge)
    lacks = lacks_of_phases(phases=phases)
    ends = [phase.ends_on for phase in phases if phase.ends_on]
    if not lacks and ends and max(ends) < clock.today():
        words = _("La dernière phase est déjà passée : choisissez des dates à venir.")
        lacks.append(Lack(f"{phases[-1].kind}_ends_on", words))
    return lacks


def lacks_of_phases(*, phases: list[ChallengePhase]) -> list[Lack]:
    """What the phases of any public challenge must have: an aim, dates, one after the other."""
    lacks: list[Lack] = []
    last: date | None = None
    for phase in phases:
        lacks += _lacks_of_phase(phase)
        if last is not None and phase.starts_on is not None and phase.starts_on <= last:
            words = _("La phase « %(phase)s » commence avant la fin de la précédente : décalez-la.")
            lacks.append(Lack(f"{phase.kind}_starts_on", words % {"phase": phase.get_kind_display()}))
        last = phase.ends_on or last
    return lacks


def refuse_what_lacks(*, lacks: list[Lack]) -> None:
    """Refuse with everything that is missing, when something is."""
    if lacks:
        raise ChallengeRefused(" ".join(each.words for each in lacks), lacks)


def _lacks_of_phase(phase: ChallengePhase) -> Iterator[Lack]:
    said = {"phase": phase.get_kind_display()}
    if not phase.aim:
        words = _("La phase « %(phase)s » n’a pas de but : dites-le en une phrase.") % said
        yield Lack(f"{phase.kind}_aim", words)
    if phase.starts_on is None or phase.ends_on is None:
        side = "ends_on" if phase.starts_on else "starts_on"
        words = _("La phase « %(phase)s » n’a pas de dates : donnez son début et sa fin.") % said
        yield Lack(f"{phase.kind}_{side}", words)
    elif phase.ends_on < phase.starts_on:
        words = _("La phase « %(phase)s » finit avant de commencer : échangez ses dates.") % said
        yield Lack(f"{phase.kind}_ends_on", words)
