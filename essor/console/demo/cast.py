"""The places and the people: two territories that do not see each other, a cast, and organisations."""

from typing import Any

from essor.common import clock
from essor.console.demo.people import address, let_the_neighbours_in
from essor.console.demo.scene import Scene
from essor.console.demo.story import map_of_the_val, rows, story
from essor.console.demo.timeline import Timeline, at
from essor.ground.people.models import Person
from essor.ground.people.services.accounts import open_account
from essor.ground.territories.models import Territory
from essor.ground.territories.perimeter import CommuneInPerimeter
from essor.journeys.join_territory import join_territory
from essor.journeys.keep_organisations import add_organisation, add_organisation_member
from essor.journeys.open_territory import open_territory


def open_the_val(time: Timeline) -> Scene:
    """The territory with its communes and river, and everybody who has an account."""
    story_ = story()
    people = {each["key"]: _account(each) for each in story_["cast"]}
    with at(time.on("2026-01-05", 9)):
        territory = open_territory(by=people["elise"], communes=_communes(), **_words(story_["territory"]))
    codes = {each.name: each.code for each in territory.communes.all()}
    scene = Scene(
        time=time,
        territory=territory,
        people=people,
        communes=codes,
        themes={each.slug: each for each in territory.themes.all()},
    )
    for rank, each in enumerate(story_["cast"][1:]):
        with at(time.on("2026-01-06", 10 + rank)):
            join_territory(
                person=people[each["key"]],
                territory=territory,
                role=each["role"],
                family=each["family"],
                commune_code=codes[each["commune"]],
                by=people["elise"],
            )
    _organisations(scene)
    let_the_neighbours_in(scene)
    return scene


def open_the_neighbour(time: Timeline) -> Territory:
    """Another territory, hardly begun, so that one sees that nothing passes from one to the other."""
    story_ = story()
    founder, stranger = (_account(story_[key]) for key in ("founder", "stranger"))
    words = dict(story_["neighbour"])
    communes = [CommuneInPerimeter(code, name, people) for code, name, people in words.pop("communes")]
    with at(time.ago(20)):
        territory = open_territory(by=founder, communes=communes, languages=("fr", "en"), **words)
        join_territory(
            person=stranger,
            territory=territory,
            role=story_["stranger"]["role"],
            family=story_["stranger"]["family"],
            by=founder,
        )
    return territory


def everybody() -> list[dict[str, Any]]:
    """Those whom the table of the end names."""
    return [*story()["cast"], story()["stranger"]]


def addresses() -> set[str]:
    """The address of every account of the demonstration."""
    neighbours = {address(each["key"]) for each in rows("people")}
    return neighbours | {each["email"] for each in (*everybody(), story()["founder"])}


def _account(each: dict[str, Any]) -> Person:
    return open_account(email=each["email"], password=story()["password"], display_name=each["name"])


def _words(territory: dict[str, Any]) -> dict[str, Any]:
    return {**territory, "languages": ("fr", "en"), "river": map_of_the_val()["river"]["line"]}


def _communes() -> list[CommuneInPerimeter]:
    return [
        CommuneInPerimeter(
            code=each["code"],
            name=each["name"],
            population=each["population"],
            latitude=each["lat"],
            longitude=each["lon"],
            outline=each["outline"],
        )
        for each in map_of_the_val()["communes"]
    ]


def _organisations(scene: Scene) -> None:
    with at(scene.time.on("2026-01-12", 14)):
        for each in story()["organisations"]:
            organisation = add_organisation(
                by=scene.alice,
                territory=scene.territory,
                name=each["name"],
                family=each["family"],
                legal_form=each["legal_form"],
                commune_code=scene.communes[each["commune"]],
                description=each["description"],
            )
            if "member" in each:
                key, title = each["member"]
                add_organisation_member(
                    by=scene.alice,
                    organisation=organisation,
                    person=scene.people[key],
                    title=title,
                    is_contact=True,
                )


def is_built() -> bool:
    """Whether the demonstration is there already."""
    return Territory.objects.filter(slug=story()["territory"]["slug"]).exists()


def now() -> Timeline:
    """The timeline as seen from this instant."""
    return Timeline(clock.now())
