"""The challenges: launched by inhabitants, opened by their circle, led through three phases, concluded."""

import secrets
from datetime import timedelta
from typing import Any

from essor.chain.challenges.enums import ChallengeState, Ending, PhaseKind
from essor.chain.challenges.models import Challenge
from essor.chain.challenges.services.challenges import (
    PhaseWords,
    draft_challenge,
    support_challenge,
)
from essor.chain.challenges.services.lacks import phases_of
from essor.chain.challenges.services.phases import conclude_phase
from essor.chain.listening.enums import VoiceState
from essor.chain.listening.services.care import publish_voice
from essor.chain.listening.services.voices import speaker_for
from essor.chain.needs.models import Need
from essor.console.demo.scene import Scene
from essor.console.demo.story import listed
from essor.console.demo.timeline import at
from essor.journeys.lead_challenges import (
    conclude_challenge,
    contribute_to_challenge,
    launch_challenge,
    reword_challenge,
)

TAKEN_UP = 11.8  # days ago, once the needs are published


def launch_the_challenges(scene: Scene) -> dict[str, Challenge]:
    """Each challenge up to where it stands; those that ended are concluded once their projects exist."""
    return {story_["key"]: _launch(scene, story_) for story_ in listed("challenges")}


def tie_the_challenges(scene: Scene, challenges: dict[str, Challenge], needs: dict[str, Need]) -> None:
    """Once the needs are published, challenges say which they take up."""
    for story_ in listed("challenges"):
        challenge = challenges[story_["key"]]
        if story_["need"]:
            with at(scene.time.ago(TAKEN_UP)):
                challenges[story_["key"]] = reword_challenge(
                    by=scene.alice,
                    challenge=challenge,
                    title=challenge.title,
                    summary=challenge.summary,
                    need=needs[story_["need"]],
                    theme=challenge.theme,
                    phases={},
                )


def conclude_the_challenges(scene: Scene, challenges: dict[str, Challenge]) -> None:
    """How each of those that are over ended."""
    for story_ in listed("challenges"):
        if story_["state"] == ChallengeState.ENDED:
            with at(scene.time.ago(3)):
                conclude_challenge(
                    by=scene.alice,
                    challenge=challenges[story_["key"]],
                    ending=story_["ending"],
                    why=story_["why"],
                )


def _launch(scene: Scene, story_: dict[str, Any]) -> Challenge:
    by = scene.people[story_["by"]]
    with at(_start(scene, story_)):
        challenge = draft_challenge(
            by=by,
            territory=scene.territory,
            title=story_["title"],
            summary=story_["summary"],
            theme=scene.theme(story_["theme"]),
            phases=_phases(scene, story_),
        )
        if story_["state"] == ChallengeState.DRAFT:
            return challenge
        challenge = launch_challenge(by=by, challenge=challenge, read_first=False)
    _support(scene, story_, challenge)
    challenge.refresh_from_db()
    if challenge.state == ChallengeState.OPEN:
        _contribute(scene, story_, challenge)
    challenge.refresh_from_db()
    return challenge


def _start(scene: Scene, story_: dict[str, Any]) -> Any:
    """A month before the first phase, or lately for those that begin in the future."""
    first = story_["phases"][0][1]
    return scene.time.ago(max(28 - first, 4))


def _phases(scene: Scene, story_: dict[str, Any]) -> dict[str, PhaseWords]:
    day = lambda days: scene.time.today + timedelta(days=days)  # noqa: E731
    return {
        kind.value: PhaseWords(aim, day(starts), day(ends))
        for kind, (aim, starts, ends) in zip(PhaseKind, story_["phases"], strict=True)
    }


def _support(scene: Scene, story_: dict[str, Any], challenge: Challenge) -> None:
    begun = _start(scene, story_)
    most = story_["supporters"]
    if story_["ending"] == Ending.NO_CIRCLE:
        most = min(most, challenge.circle_size - 1)
    for rank in range(most - 1):
        with at(begun + timedelta(hours=5 * (rank + 1))):
            speaker = speaker_for(territory=scene.territory, guest_key=secrets.token_urlsafe(24))
            support_challenge(challenge=challenge, speaker=speaker)


def _contribute(scene: Scene, story_: dict[str, Any], challenge: Challenge) -> None:
    phases = {phase.kind: phase for phase in phases_of(challenge=challenge)}
    for phase in phases.values():
        phase.challenge = challenge
    for rank, (kind, words, family) in enumerate(story_["voices"]):
        phase = phases[kind]
        moment = scene.time.ago(_days_ago(scene, phase.starts_on) - 2 - rank)
        with at(moment):
            speaker = speaker_for(
                territory=scene.territory, guest_key=secrets.token_urlsafe(24), family=family
            )
            given = contribute_to_challenge(phase=phase, speaker=speaker, words=words, by=None)
            if given.contribution.state == VoiceState.WAITING:
                publish_voice(by=scene.malik, contribution=given.contribution)
    for kind, outcome in story_["outcomes"].items():
        ended = phases[kind].ends_on
        if outcome and ended and ended < scene.time.today:
            with at(scene.time.ago(_days_ago(scene, ended) - 0.5)):
                conclude_phase(by=scene.people[story_["by"]], phase=phases[kind], outcome=outcome)


def _days_ago(scene: Scene, day: Any) -> float:
    return max(3.0, float((scene.time.today - day).days))
