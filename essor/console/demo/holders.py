"""Those whom the facilitator met: a card, an encounter with its note, a next step."""

import csv

from essor.chain.holders.enums import HolderStage
from essor.chain.holders.models import ProjectHolder
from essor.chain.holders.services.encounters import record_encounter
from essor.chain.holders.services.holders import HolderWords, add_holder, inform, move_holder
from essor.console.demo.people import Made
from essor.console.demo.scene import Scene
from essor.console.demo.story import HERE, Row
from essor.console.demo.timeline import at

NOTED = "2026-03-01"


def meet_the_holders(scene: Scene, made: Made) -> dict[str, ProjectHolder]:
    """Meet everybody; returns those from whom a project is born, under the name of the project."""
    linked: dict[str, ProjectHolder] = {}
    for rank, row in enumerate(_rows()):
        holder = _meet(scene, row, rank)
        if row["linked"]:
            linked[row["linked"]] = holder
    return linked


def settle_the_board(scene: Scene) -> None:
    """Where each stands at the end, with what comes next."""
    cards = {each.name: each for each in ProjectHolder.objects.in_territory(scene.territory)}
    for rank, row in enumerate(_rows()):
        holder = cards[row["name"]]
        if row["stage"] != holder.stage:
            with at(
                scene.time.ago(6) if row["stage"] == HolderStage.CLOSED else scene.time.ago(20 - rank / 3)
            ):
                move_holder(by=scene.alice, holder=holder, stage=row["stage"])


def _meet(scene: Scene, row: Row, rank: int) -> ProjectHolder:
    met = row["met_on"] or "2026-06-15"
    words = HolderWords(
        name=row["name"],
        idea=row["idea"],
        theme=scene.theme(row["theme"]),
        commune_code=scene.communes[row["commune"]],
        referent=scene.people[row["referent"]],
        next_step=row["next_step"] if not row["met_on"] else "",
    )
    with at(scene.time.on(NOTED, 9, rank)):
        holder = add_holder(by=scene.alice, territory=scene.territory, words=words)
    if row["met_on"]:
        with at(scene.time.on(met, 17)):
            days = int(row["next_in"] or 0)
            record_encounter(
                by=scene.alice,
                holder=holder,
                manner=row["manner"],
                on=scene.time.day(met),
                note=row["note"],
                privacy=row["privacy"],
                next_step=row["next_step"],
                next_on=scene.time.ahead(days, 9).date() if row["next_step"] and days else None,
            )
            inform(by=scene.alice, holder=holder)
    holder.refresh_from_db()
    return holder


def _rows() -> list[Row]:
    with (HERE / "holders.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="|"))
