"""The hundred interviews: each with a consent recorded before any word is kept."""

from datetime import timedelta

from essor.chain.listening.enums import Channel, ConsentManner
from essor.chain.listening.models import Consent, Speaker
from essor.chain.listening.services.capture import CapturedLine, capture_voices, record_consent
from essor.console.demo.scene import Scene
from essor.console.demo.story import Row, rows, story
from essor.console.demo.timeline import at
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.models import Gathering
from essor.ground.gatherings.services import hold_gathering, plan_gathering

MANNERS = (ConsentManner.WRITTEN, ConsentManner.WRITTEN, ConsentManner.SPOKEN, ConsentManner.RECORDED)
LASTS = timedelta(minutes=50)
HOURS = (9, 10, 14, 15, 16, 17, 18)


def hold_the_interviews(scene: Scene) -> None:
    """One after the other, in the order of their dates."""
    said = list(enumerate(rows("voices_interviews"), start=1))
    for rank, row in enumerate(rows("interviews")):
        _hold(scene, rank, row, [each for each in said if each[1]["interview"] == row["key"]])


def _hold(scene: Scene, rank: int, row: Row, told: list[tuple[int, Row]]) -> None:
    starts = scene.time.on(row["date"], HOURS[rank % len(HOURS)])
    with at(starts):
        gathering = plan_gathering(
            by=scene.alice,
            territory=scene.territory,
            kind=GatheringKind.INTERVIEW,
            title=f"Entretien {rank + 1} : {row['pseudonym']}",
            summary=row["role"],
            starts_at=starts,
            ends_at=starts + LASTS,
            commune_code=scene.communes.get(row["commune"], ""),
        )
        consent = _consent(scene, rank, row, gathering)
    with at(starts + LASTS + timedelta(minutes=20)):
        hold_gathering(by=scene.alice, gathering=gathering)
        _capture(scene, row, told, gathering, consent.speaker)


def _consent(scene: Scene, rank: int, row: Row, gathering: Gathering) -> Consent:
    may_quote = row["key"] not in story()["interviews_not_quoted"]
    return record_consent(
        by=scene.alice,
        gathering=gathering,
        purpose=story()["interview_purpose" if may_quote else "interview_private_purpose"],
        may_quote=may_quote,
        until_on=scene.time.day(row["consent_until"]),
        pseudonym=row["pseudonym"],
        family=row["family"],
        given=MANNERS[rank % len(MANNERS)],
    )


def _capture(
    scene: Scene, row: Row, told: list[tuple[int, Row]], gathering: Gathering, speaker: Speaker
) -> None:
    lines = [
        CapturedLine(
            words=each["words"],
            family=row["family"],
            commune_code=scene.communes.get(row["commune"], ""),
            theme=scene.theme(each["theme"]),
            key=f"{row['key']}:{number}",
            question=scene.questions[each["question"]],
        )
        for number, each in told
    ]
    voices = capture_voices(
        by=scene.alice,
        territory=scene.territory,
        gathering=gathering,
        consultation=scene.consultation,
        question=None,
        channel=Channel.INTERVIEW,
        speaker=speaker,
        lines=lines,
    )
    scene.voices |= {
        f"interviews:{number}": voice for (number, _row), voice in zip(told, voices, strict=True)
    }
