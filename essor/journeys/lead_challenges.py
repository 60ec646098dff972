"""A challenge is launched, receives voices, ends, with its thread from the need to its projects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from essor.chain.challenges.enums import Ending
from essor.chain.challenges.models import Challenge, ChallengePhase
from essor.chain.challenges.notifications import tell_gathering_proposed
from essor.chain.challenges.services import challenges, phases
from essor.chain.challenges.services.challenges import PhaseWords
from essor.chain.challenges.services.refusals import ChallengeRefused
from essor.chain.listening.models import Contribution, Speaker
from essor.chain.listening.services.voices import GivenVoice, give_voice, speaker_for
from essor.chain.needs.models import Need
from essor.chain.projects.models import Project
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.models import Gathering
from essor.ground.gatherings.services import announce_gathering, plan_gathering
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import LinkKind
from essor.ground.ledger.models import Link
from essor.ground.people.models import Person
from essor.ground.people.policies import can_facilitate
from essor.ground.territories.models import Theme


@dataclass(frozen=True)
class Invitation:
    """A gathering as a launcher plans it."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place_name: str = ""
    commune_code: str = ""


@transaction.atomic
def launch_challenge(*, by: Person, challenge: Challenge, read_first: bool = True) -> Challenge:
    """Publish it, its launcher being the first of the circle, and tie it to the need it takes up."""
    first = challenge.launched_by or by
    speaker = speaker_for(territory=challenge.territory, person=first, family=_family(first, challenge))
    challenge = challenges.publish_challenge(
        by=by, challenge=challenge, speaker=speaker, read_first=read_first
    )
    _tie(by, challenge)
    return challenge


@transaction.atomic
def reword_challenge(
    *,
    by: Person,
    challenge: Challenge,
    need: Need | None,
    theme: Theme | None,
    phases: Mapping[str, PhaseWords],
    **words: str,
) -> Challenge:
    """Reword it; when it takes up another need, its thread follows. ``words``: title, summary."""
    standing = challenges.locked(challenge=challenge)
    before, was_public = standing.need, standing.is_public
    challenge = challenges.change_challenge(
        by=by, challenge=challenge, need=need, theme=theme, phases=phases, **words
    )
    if before is not None and before != need:
        links = Link.objects.standing().filter(
            source_type=before._meta.label_lower,
            source_id=before.pk,
            result_type=challenge._meta.label_lower,
            result_id=challenge.pk,
        )
        ledger.end_links(by=by, links=list(links), why="the challenge takes up another need")
    if was_public and not challenge.is_public:
        _untie(by, challenge, "the new words of the challenge wait to be read")
    _tie(by, challenge)
    return challenge


@transaction.atomic
def contribute_to_challenge(
    *, phase: ChallengePhase, speaker: Speaker, words: str, by: Person | None, once: str = ""
) -> GivenVoice:
    """Give a voice in a phase: it is a voice like any other, and its thread leads to the challenge."""
    challenge = phase.challenge
    given = give_voice(
        territory=challenge.territory,
        consultation=None,
        speaker=speaker,
        words=words,
        by=by,
        theme=challenge.theme,
        once=once,
    )
    phases.receive_voice(phase=phase, contribution=given.contribution)
    if not given.is_repeat:
        _link(by, given.contribution, challenge, LinkKind.ANSWERS)
        ledger.record(
            by=by, verb="challenge.voice_given", thing=challenge, territory=challenge.territory,
            data={"phase": phase.kind},
        )  # fmt: skip
    return given


@transaction.atomic
def conclude_challenge(*, by: Person, challenge: Challenge, ending: str, why: str = "") -> Challenge:
    """Conclude it. One that ends in projects has at least one."""
    if ending == Ending.PROJECTS and not Project.objects.filter(challenge=challenge).exists():
        raise ChallengeRefused(
            _(
                "Aucun projet n’est né de ce défi : proposez-en un depuis sa page, ou choisissez "
                "une autre fin."
            )
        )
    return challenges.end_challenge(by=by, challenge=challenge, ending=ending, why=why)


@transaction.atomic
def hide_challenge(*, by: Person, challenge: Challenge, why: str) -> Challenge:
    """Hide it: nothing of it is shown on the thread."""
    challenge = challenges.hide_challenge(by=by, challenge=challenge, why=why)
    _untie(by, challenge, "the challenge was hidden")
    return challenge


@transaction.atomic
def restore_challenge(*, by: Person, challenge: Challenge) -> Challenge:
    """Show it again, with its thread."""
    challenge = challenges.restore_challenge(by=by, challenge=challenge)
    _tie(by, challenge)
    return challenge


@transaction.atomic
def withdraw_challenge(*, by: Person, challenge: Challenge) -> Challenge:
    """Its launcher takes it back."""
    challenge = challenges.withdraw_challenge(by=by, challenge=challenge)
    _untie(by, challenge, "the challenge was withdrawn")
    return challenge


@transaction.atomic
def plan_challenge_gathering(*, by: Person, phase: ChallengePhase, invitation: Invitation) -> Gathering:
    """Plan a public gathering for a phase. A facilitator announces it; from anybody else it is proposed."""
    gathering = plan_gathering(
        by=by,
        territory=phase.challenge.territory,
        kind=GatheringKind.WORKSHOP,
        title=invitation.title,
        starts_at=invitation.starts_at,
        ends_at=invitation.ends_at,
        place_name=invitation.place_name,
        commune_code=invitation.commune_code,
        registration_open=True,
    )
    phases.add_gathering(by=by, phase=phase, gathering=gathering)
    if can_facilitate(by, phase.challenge.territory):
        announce_gathering(by=by, gathering=gathering)
    else:
        tell_gathering_proposed(phase.challenge, gathering)
    return gathering


def _family(person: Person, challenge: Challenge) -> str:
    mine = person.memberships.filter(territory=challenge.territory, left_at=None).first()
    return mine.family if mine is not None else "citizen"


def _tie(by: Person, challenge: Challenge) -> None:
    if not challenge.is_public:
        return
    if challenge.need is not None:
        _link(by, challenge.need, challenge, LinkKind.TAKEN_UP)
    for voice in Contribution.objects.filter(pk__in=challenge.phases.values("voices__contribution")):
        _link(by, voice, challenge, LinkKind.ANSWERS)


def _untie(by: Person, challenge: Challenge, why: str) -> None:
    links = Link.objects.standing().filter(result_type=challenge._meta.label_lower, result_id=challenge.pk)
    ledger.end_links(by=by, links=list(links), why=why)


def _link(by: Person | None, source: Model, challenge: Challenge, kind: str) -> None:
    ledger.link(by=by, territory=challenge.territory, source=source, result=challenge, kind=kind)
