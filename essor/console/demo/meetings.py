"""The ten public meetings, with who came and what was said; and the three meetings to come."""

from datetime import datetime, timedelta
from itertools import groupby

from essor.chain.listening.enums import Channel
from essor.chain.listening.services.capture import CapturedLine, capture_voices
from essor.console.demo.scene import Scene
from essor.console.demo.story import Row, rows, story
from essor.console.demo.timeline import at
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.models import Gathering
from essor.ground.gatherings.services import (
    announce_gathering,
    change_gathering,
    count_attendance,
    hold_gathering,
    plan_gathering,
    publish_minutes,
    register,
    write_minutes,
)
from essor.ground.people.enums import StakeholderFamily

LASTS = timedelta(minutes=130)
LAST_MEETING = "meeting-10"  # its minutes are still a draft


def hold_the_meetings(scene: Scene) -> None:
    """Planned, announced, held, their voices captured table by table, their minutes published."""
    said = list(enumerate(rows("voices_meetings"), start=1))
    for row in rows("meetings"):
        starts = scene.time.moment(row["date"])
        gathering = _planned(scene, row, starts)
        heard = [each for each in said if each[1]["gathering"] == row["key"]]
        for rank, (_table, lines) in enumerate(groupby(heard, key=lambda each: each[1]["table"])):
            with at(starts + timedelta(minutes=35 + 11 * rank)):
                _capture(scene, gathering, list(lines))
        with at(starts + LASTS + timedelta(minutes=15)):
            hold_gathering(by=scene.alice, gathering=gathering)
            counts = {family: int(row[f"attendance_{family}"]) for family in StakeholderFamily.values}
            count_attendance(by=scene.alice, gathering=gathering, counts=counts)
        _minutes(scene, row["key"], gathering, starts)


def _planned(scene: Scene, row: Row, starts: datetime) -> Gathering:
    with at(starts - timedelta(days=24)):
        gathering = plan_gathering(
            by=scene.alice,
            territory=scene.territory,
            kind=GatheringKind.PUBLIC_MEETING,
            title=row["title"],
            summary=row["summary"],
            starts_at=starts,
            ends_at=starts + LASTS,
            place_name=row["place"],
            commune_code=scene.communes[row["commune"]],
            agenda=[(title, minutes) for title, minutes in story()["agenda"]],
        )
    with at(starts - timedelta(days=20)):
        announce_gathering(by=scene.alice, gathering=gathering)
    return gathering


def _capture(scene: Scene, gathering: Gathering, told: list[tuple[int, Row]]) -> None:
    lines = [
        CapturedLine(
            words=row["words"],
            family=row["family"],
            table=row["table"],
            same_speaker=bool(row["same_speaker"]),
            commune_code=scene.communes.get(row["commune"], ""),
            theme=scene.theme(row["theme"]),
            key=f"{row['gathering']}:{number}",
            question=scene.questions[row["question"]],
        )
        for number, row in told
    ]
    voices = capture_voices(
        by=scene.alice,
        territory=scene.territory,
        gathering=gathering,
        consultation=scene.consultation,
        question=None,
        channel=Channel.MEETING,
        lines=lines,
    )
    scene.voices |= {f"meetings:{number}": voice for (number, _row), voice in zip(told, voices, strict=True)}


def _minutes(scene: Scene, key: str, gathering: Gathering, starts: datetime) -> None:
    with at(starts + timedelta(days=3)):
        minutes = write_minutes(by=scene.alice, gathering=gathering, body=story()["minutes"][key])
    if key != LAST_MEETING:
        with at(starts + timedelta(days=7)):
            publish_minutes(by=scene.alice, minutes=minutes)


def announce_what_comes(scene: Scene) -> None:
    """Meetings to come, with places kept; one of them is full and has a waiting list."""
    names = story()["first_names"]
    for each in story()["gatherings_to_come"]:
        starts = scene.time.ahead(each["days"], each["hour"])
        with at(scene.time.ago(16)):
            gathering = plan_gathering(
                by=scene.alice,
                territory=scene.territory,
                kind=each["kind"],
                title=each["title"],
                summary=each["summary"],
                starts_at=starts,
                ends_at=starts + timedelta(hours=each["hours"]),
                place_name=each["place"],
                access_notes=each["access"],
                commune_code=scene.communes[each["commune"]],
                capacity=each["capacity"],
                agenda=[(title, minutes) for title, minutes in story()["agenda"][:4]],
            )
        with at(scene.time.ago(15)):
            announce_gathering(by=scene.alice, gathering=gathering)
            change_gathering(by=scene.alice, gathering=gathering, registration_open=True)
        for rank in range(each["registered"]):
            with at(scene.time.ago(14 - 13 * rank / each["registered"])):
                register(
                    gathering=gathering,
                    name=names[(rank * 7 + each["days"]) % len(names)],
                    needs_help_with=each["help"] if rank == 2 else "",
                )
