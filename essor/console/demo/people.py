"""Those who carry something: neighbours with an account and a card, and the actors of the directory."""

from dataclasses import dataclass, field

from essor.chain.projects.models import Project
from essor.console.demo.scene import Scene
from essor.console.demo.story import Row, rows, story
from essor.console.demo.timeline import at
from essor.ground.directory.models import Actor
from essor.ground.directory.services.actors import add_person_actor, change_actor
from essor.ground.directory.services.resources import add_resource
from essor.ground.people.models import Organisation
from essor.ground.people.services.accounts import open_account
from essor.ground.territories.models import Theme
from essor.journeys.join_territory import join_territory
from essor.journeys.keep_organisations import add_organisation

JOINED, LISTED = "2026-01-26", "2026-02-09"


@dataclass
class Made:
    """What the second half builds, each under its stable name."""

    actors: dict[str, Actor] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)


def address(key: str) -> str:
    """The address of a neighbour."""
    return f"{key}@val-de-lume.example"


def let_the_neighbours_in(scene: Scene) -> None:
    """Open the accounts of those who carry something, and have them join."""
    for rank, each in enumerate(rows("people")):
        with at(scene.time.on(JOINED, 9, rank * 4)):
            person = open_account(
                email=address(each["key"]), password=story()["password"], display_name=each["name"]
            )
            scene.people[each["key"]] = person
            join_territory(
                person=person,
                territory=scene.territory,
                family=each["family"],
                commune_code=scene.communes[each["commune"]],
            )


def keep_the_directory(scene: Scene) -> Made:
    """The cards of organisations, then those of people, who list themselves."""
    made = Made()
    known = {each.name: each for each in Organisation.objects.filter(territory=scene.territory)}
    for rank, row in enumerate(rows("actors")):
        with at(scene.time.on(LISTED, 9 + rank // 12, (rank % 12) * 5)):
            made.actors[row["key"]] = _organisation(scene, row, known)
    for rank, row in enumerate(rows("people")):
        with at(scene.time.on(LISTED, 18, rank * 4)):
            made.actors[row["key"]] = _neighbour(scene, row)
    return made


def _organisation(scene: Scene, row: Row, known: dict[str, Organisation]) -> Actor:
    organisation = known.get(row["name"]) or add_organisation(
        by=scene.alice,
        territory=scene.territory,
        name=row["name"],
        family=row["family"],
        legal_form=row["legal_form"],
        commune_code=scene.communes[row["commune"]],
        description=row["description"],
    )
    actor = Actor.objects.get(organisation=organisation)
    actor = change_actor(
        by=scene.alice, actor=actor, themes=_themes(scene, row), commune_codes=[actor.commune_code]
    )
    _resources(scene, actor, row)
    return actor


def _neighbour(scene: Scene, row: Row) -> Actor:
    person = scene.people[row["key"]]
    actor = add_person_actor(
        by=person,
        person=person,
        territory=scene.territory,
        themes=_themes(scene, row),
        name=row["name"],
        family=row["family"],
        presentation=row["presentation"],
        commune_code=scene.communes[row["commune"]],
    )
    _resources(scene, actor, row)
    return actor


def _themes(scene: Scene, row: Row) -> list[Theme]:
    return [scene.themes[slug] for slug in row["themes"].split(";") if slug]


def _resources(scene: Scene, actor: Actor, row: Row) -> None:
    for direction in ("offers", "seeks"):
        for kind, words, quantity in things(row[direction]):
            add_resource(
                by=scene.alice, actor=actor, direction=direction, kind=kind, words=words, quantity=quantity
            )


def things(written: str) -> list[tuple[str, str, str]]:
    """Things sought or offered, written ``kind:words:quantity`` and separated by bars."""
    found = []
    for each in filter(None, written.split("|")):
        kind, words, *quantity = each.split(":")
        found.append((kind, words, quantity[0] if quantity else ""))
    return found
