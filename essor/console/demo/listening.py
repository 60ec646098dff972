"""The consultation: opened in winter, still listening today; and the voices written online."""

import secrets
from datetime import datetime, time, timedelta

import numpy as np

from essor.chain.listening.models import Speaker
from essor.chain.listening.services.consultations import (
    add_phase,
    add_question,
    draft_consultation,
    open_consultation,
)
from essor.chain.listening.services.voices import give_voice, speaker_for
from essor.console.demo.scene import Scene
from essor.console.demo.story import Row, rows, story
from essor.console.demo.timeline import HERE, at

LISTENS_FOR = timedelta(days=12)  # from today
NIGHT = "heure du matin"


def open_the_consultation(scene: Scene) -> None:
    """Drafted, given its questions and phases, then opened."""
    words = story()["consultation"]
    with at(scene.time.on("2026-01-12", 10)):
        consultation = draft_consultation(
            by=scene.alice,
            territory=scene.territory,
            **{name: words[name] for name in ("title", "summary", "description", "engagement")},
        )
        for each in words["questions"]:
            scene.questions[each["key"]] = add_question(
                by=scene.alice, consultation=consultation, text=each["text"], help_text=each["help_text"]
            )
        for each, (starts, ends) in zip(words["phases"], _phases(scene), strict=True):
            add_phase(by=scene.alice, consultation=consultation, starts_at=starts, ends_at=ends, **each)
    with at(scene.time.on("2026-02-09", 8)):
        scene.consultations.append(open_consultation(by=scene.alice, consultation=consultation))


def _phases(scene: Scene) -> list[tuple[datetime, datetime]]:
    """Information, listening until twelve days from now, synthesis, answers."""
    begins, listens = scene.time.on("2026-01-12", 10), scene.time.on("2026-02-09", 8)
    last_day = scene.time.today + LISTENS_FOR
    ends = datetime.combine(last_day, time(0), HERE) + timedelta(days=1)
    answers = ends + timedelta(days=35)
    return [(begins, listens), (listens, ends), (ends, answers), (answers, answers + timedelta(days=90))]


def give_the_online_voices(scene: Scene, chance: np.random.Generator) -> None:
    """Each voice on its day, by somebody without an account, or by one of the cast."""
    told = list(enumerate(rows("voices_online"), start=1))
    dated = {f"online:{number}": _when(scene, row, chance) for number, row in told}
    recent = story()["recent"]
    for rank, name in enumerate(recent):
        dated[name] = scene.time.ago(19 - 18.5 * rank / (len(recent) - 1))
    keys: dict[str, str] = {}
    for number, row in sorted(told, key=lambda each: dated[f"online:{each[0]}"]):
        name = f"online:{number}"
        with at(dated[name]):
            scene.voices[name] = give_voice(
                territory=scene.territory,
                consultation=scene.consultation,
                speaker=_speaker(scene, row, keys),
                words=row["words"],
                title=row["title"],
                question=scene.questions[row["question"]],
                theme=scene.theme(row["theme"]),
                commune_code=scene.communes.get(row["commune"], ""),
            ).contribution


def _speaker(scene: Scene, row: Row, keys: dict[str, str]) -> Speaker:
    name = row["pseudonym"]
    member = story()["speaks_as"].get(name)
    return speaker_for(
        territory=scene.territory,
        person=scene.people[member] if member else None,
        guest_key=None if member else keys.setdefault(name, secrets.token_urlsafe(24)),
        family=row["family"],
        pseudonym=name,
    )


def _when(scene: Scene, row: Row, chance: np.random.Generator) -> datetime:
    if NIGHT in row["words"]:
        return scene.time.on(row["date"], 1, 12)
    minutes = int(chance.integers(7 * 60, 22 * 60))
    return scene.time.on(row["date"], minutes // 60, minutes % 60)
