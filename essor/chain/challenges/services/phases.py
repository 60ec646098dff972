"""What happens in a phase: gatherings, voices, and what came out of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.challenges.enums import ChallengeState
from essor.chain.challenges.models import ChallengeGathering, ChallengePhase, ChallengeVoice
from essor.chain.challenges.services.refusals import ChallengeRefused
from essor.chain.listening.models import Contribution
from essor.common import clock
from essor.common.text import tidy
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.models import Gathering
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person


@transaction.atomic
def receive_voice(*, phase: ChallengePhase, contribution: Contribution) -> ChallengeVoice:
    """A voice given in this phase. Its words and their moderation are those of any voice."""
    if phase.challenge.state != ChallengeState.OPEN:
        raise ChallengeRefused(_("Ce défi ne reçoit pas encore, ou plus, de contributions."))
    if contribution.territory_id != phase.challenge.territory_id:
        raise ChallengeRefused(_("Cette voix est d’un autre territoire."))
    voice, _is_new = ChallengeVoice.objects.get_or_create(
        contribution=contribution, defaults={"phase": phase}
    )
    return voice


@transaction.atomic
def conclude_phase(*, by: Person, phase: ChallengePhase, outcome: str) -> ChallengePhase:
    """Say what came out of a phase; said again, the words are replaced."""
    if not (outcome := tidy(outcome)[:4000]):
        raise ChallengeRefused(_("Dites ce qui est sorti de cette phase, même si c’est peu."))
    phase.outcome, phase.concluded_at = outcome, clock.now()
    phase.save(update_fields=["outcome", "concluded_at"])
    _record(by, phase, "challenge.phase_concluded")
    return phase


@transaction.atomic
def add_gathering(*, by: Person, phase: ChallengePhase, gathering: Gathering) -> ChallengeGathering:
    """A gathering belongs to this phase of an open challenge."""
    if phase.challenge.state != ChallengeState.OPEN:
        raise ChallengeRefused(
            _("Un défi accueille des rencontres une fois ouvert : formez d’abord son premier cercle.")
        )
    if gathering.territory_id != phase.challenge.territory_id or gathering.kind == GatheringKind.INTERVIEW:
        raise ChallengeRefused(_("Choisissez une rencontre publique de ce territoire."))
    row, _is_new = ChallengeGathering.objects.get_or_create(phase=phase, gathering=gathering)
    _record(by, phase, "challenge.gathering_added", gathering=gathering.pk)
    return row


@transaction.atomic
def remove_gathering(*, by: Person, phase: ChallengePhase, gathering: Gathering) -> None:
    """The gathering no longer belongs to this phase; it stays a gathering of the territory."""
    ChallengeGathering.objects.filter(phase=phase, gathering=gathering).delete()
    _record(by, phase, "challenge.gathering_removed", gathering=gathering.pk)


def _record(by: Person, phase: ChallengePhase, verb: str, **data: object) -> None:
    ledger.record(
        by=by,
        verb=verb,
        thing=phase.challenge,
        territory=phase.challenge.territory,
        data={"phase": phase.kind, **data},
    )
