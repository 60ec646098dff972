"""What the moderator did: data masked, insults hidden with a reason, a contestation still open."""

import secrets
from datetime import timedelta
from typing import Any

from essor.chain.listening.services.care import (
    answer_appeal,
    appeal,
    hide_voice,
    keep_voice,
    mask_personal_data,
    report_voice,
)
from essor.common.codes import digest
from essor.console.demo.scene import Scene
from essor.console.demo.story import story
from essor.console.demo.timeline import at


def moderate(scene: Scene) -> None:
    """Reports, decisions, contestations; two voices with personal data still wait to be read."""
    acts = story()["moderation"]
    for name in acts["masked"]:
        voice = scene.voices[name]
        with at(voice.said_at + timedelta(hours=5)):
            mask_personal_data(contribution=voice, by=scene.malik)
    for each in acts["hidden"]:
        _hide(scene, each)
    for name, reason, comment in acts["reported"]:
        with at(scene.time.ago(2)):
            _report(scene, name, reason, comment)
    for name in acts["kept"]:
        with at(scene.time.ago(1)):
            keep_voice(contribution=scene.voices[name], by=scene.malik)


def _hide(scene: Scene, each: dict[str, Any]) -> None:
    voice = scene.voices[each["voice"]]
    said = voice.said_at
    for rank, reason in enumerate(each.get("reports", [])):
        with at(said + timedelta(hours=2 + rank)):
            _report(scene, each["voice"], reason)
    with at(said + timedelta(hours=9)):
        hide_voice(contribution=voice, by=scene.malik, reason=each["reason"], explanation=each["explanation"])
    if "appeal" in each:
        refused = each.get("refused", "")
        with at(said + timedelta(days=1) if refused else scene.time.ago(3)):
            contested = appeal(contribution=voice, words=each["appeal"])
        if refused:
            with at(said + timedelta(days=2)):
                answer_appeal(appeal=contested, by=scene.alice, accept=False, answer=refused)


def _report(scene: Scene, name: str, reason: str, comment: str = "") -> None:
    report_voice(
        contribution=scene.voices[name],
        reason=reason,
        comment=comment,
        reporter_digest=digest(secrets.token_urlsafe(24), "reporter"),
    )
