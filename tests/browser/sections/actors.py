"""The pages of the directory of actors."""

from types import SimpleNamespace as Things

from essor.ground.directory.services.actors import add_person_actor, change_actor
from essor.ground.directory.services.resources import add_resource
from tests.browser.arguments import Arguments, names_of, pk, slug
from tests.factories.chain import OrganisationActorFactory

PUBLIC: dict[str, Arguments] = {
    **names_of("actors actors_map actors_network"),
    **names_of("actor", slug("actor")),
}
ACCOUNT: dict[str, Arguments] = {
    **names_of("actors_mine actor_myself"),
    **names_of("actor_edit actor_resources actor_withdraw", slug("card")),
    **names_of("actor_claim", slug("actor")),
}
ATELIER: dict[str, Arguments] = {
    **names_of("atelier_actors atelier_claims atelier_duplicates atelier_actor_imports"),
    **names_of("atelier_actor_hide", pk("actor")),
}
NO_PAGE = {
    "a gesture, answered by another page": "territory:actor_resource territory:atelier_merge_undo",
    "seen in its own test, with a file": "territory:atelier_actor_import",
}


def furnish(things: Things) -> None:
    """An organisation that nobody speaks for yet, and the card of Bilal with what he offers."""
    made = OrganisationActorFactory(territory=things.territory)
    things.actor = change_actor(
        by=things.alice, actor=made, themes=[things.theme], name="Les Semeurs du soir"
    )
    add_resource(
        by=things.alice, actor=things.actor, direction="offers", kind="time", words="Conduire le soir"
    )
    things.card = add_person_actor(
        by=things.bilal, person=things.bilal, territory=things.territory, name="Bilal", family="citizen"
    )
    for direction, words in (("offers", "Conduire le dimanche"), ("seeks", "Un véhicule")):
        add_resource(by=things.bilal, actor=things.card, direction=direction, kind="time", words=words)
