"""The needs: worded from the voices, published with their evidence, moved, and said by others too."""

import secrets
from datetime import datetime, timedelta

import numpy as np

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution
from essor.chain.listening.services.voices import speaker_for
from essor.chain.needs.enums import NeedState
from essor.chain.needs.models import Evidence, Group, Need
from essor.chain.needs.services.needs import (
    choose_need_quotes,
    draft_need,
    move_need,
    publish_need,
    say_concern,
    set_evidence,
)
from essor.console.demo.scene import Scene
from essor.console.demo.story import NeedRow, evidence, story
from essor.console.demo.story import needs as rows_of_needs
from essor.console.demo.timeline import at

DRAFTED, PUBLISHED, RETOLD, MOVED = 16, 12, 9, 6  # days ago
READ_AFTER = timedelta(hours=3)
VISITORS = 60  # who say “this concerns me too” without giving a voice
LIVING = (VoiceState.PUBLISHED, VoiceState.PRIVATE)


def publish_the_needs(scene: Scene, groups: dict[str, Group]) -> dict[str, Need]:
    """Draft each, give it its evidence and quotes, publish those that are ready, move some."""
    made: dict[str, Need] = {}
    before = scene.time.ago(DRAFTED)
    for rank, row in enumerate(rows_of_needs()):
        with at(before + timedelta(minutes=40 * rank)):
            made[row.key] = _draft(scene, row, groups.get(row.key), before)
    for rank, row in enumerate(rows_of_needs()):
        if row.state != NeedState.DRAFT:
            with at(scene.time.ago(PUBLISHED) + timedelta(minutes=6 * rank)):
                made[row.key] = publish_need(by=scene.alice, need=made[row.key])
    for rank, row in enumerate(rows_of_needs()):
        if row.state not in (NeedState.DRAFT, NeedState.TO_COVER):
            with at(scene.time.ago(MOVED) + timedelta(hours=3 * rank)):
                made[row.key] = move_need(by=scene.alice, need=made[row.key], state=row.state, why=row.why)
    return made


def _draft(scene: Scene, row: NeedRow, group: Group | None, before: datetime) -> Need:
    need = draft_need(
        by=scene.alice,
        territory=scene.territory,
        statement=row.statement,
        group=group,
        concerns=row.concerns,
        theme=scene.theme(row.theme),
        commune_codes=[scene.communes[name] for name in row.communes],
        context=row.context,
    )
    return _give_evidence(scene, row, need, before)


def _give_evidence(scene: Scene, row: NeedRow, need: Need, before: datetime) -> Need:
    """The voices said before that moment and still counted, with the quotes in their order."""
    mine = [each for each in evidence() if each.need == row.key]
    voices = {
        each: scene.voices[each.voice]
        for each in mine
        if scene.voices[each.voice].said_at < before and scene.voices[each.voice].state in LIVING
    }
    stances: dict[Contribution, str] = {voice: each.stance for each, voice in voices.items()}
    need = set_evidence(by=scene.alice, need=need, voices=stances)
    quotes = sorted((each for each in voices if each.quote), key=lambda each: each.quote)
    public = [voices[each].pk for each in quotes if voices[each].state == VoiceState.PUBLISHED]
    if public == _quotes_of(need):
        return need
    return choose_need_quotes(by=scene.alice, need=need, voices=public)


def _quotes_of(need: Need) -> list[int]:
    shown = Evidence.objects.filter(need=need, is_quote=True).order_by("position")
    return list(shown.values_list("contribution_id", flat=True))


def add_the_latest_voices(scene: Scene, made: dict[str, Need]) -> None:
    """The voices given since the synthesis join the needs they speak of, soon after the last of them."""
    for row in rows_of_needs():
        recent = {each.voice for each in evidence() if each.need == row.key} & set(story()["recent"])
        if recent:
            last = max(scene.voices[name].said_at for name in recent)
            moment = max(last + READ_AFTER, scene.time.ago(RETOLD))
            with at(moment):
                made[row.key] = _give_evidence(scene, row, made[row.key], moment)


def say_who_is_concerned(scene: Scene, made: dict[str, Need], chance: np.random.Generator) -> None:
    """Visitors, and two of the cast, say of some public needs: this concerns me too."""
    public = [need for need in made.values() if need.is_public]
    weights = np.array([need.people_count for need in public], dtype=float)
    for rank in range(VISITORS):
        with at(scene.time.ago(11 - 10.5 * rank / VISITORS)):
            speaker = speaker_for(territory=scene.territory, guest_key=secrets.token_urlsafe(24))
            wanted = int(chance.integers(1, 6))
            for index in chance.choice(len(public), size=wanted, replace=False, p=weights / weights.sum()):
                say_concern(need=public[index], speaker=speaker)
    for each in story()["cast"]:
        if "concern" in each:
            with at(scene.time.ago(4)):
                person = scene.people[each["key"]]
                speaker = speaker_for(territory=scene.territory, person=person, family=each["family"])
                say_concern(need=made[each["concern"]], speaker=speaker)
