"""The pages of those who are met."""

from types import SimpleNamespace as Things

from essor.chain.holders.services.encounters import record_encounter
from essor.chain.holders.services.holders import HolderWords, add_holder
from essor.common import clock
from tests.browser.arguments import Arguments, names_of, pk

PUBLIC: dict[str, Arguments] = {}
ACCOUNT: dict[str, Arguments] = {}
ATELIER: dict[str, Arguments] = {
    **names_of("atelier_holders atelier_holders_list atelier_holder_new"),
    **names_of(
        "atelier_holder atelier_holder_edit atelier_encounter_new atelier_holder_forget", pk("holder")
    ),
    **names_of("atelier_encounter", lambda things: [things.holder.pk, things.encounter.pk]),
    **names_of("atelier_note_add", lambda things: [things.holder.pk, things.other.pk]),
}
NO_PAGE = {
    "a gesture, answered by another page": (
        "territory:atelier_holder_move territory:atelier_holder_inform territory:atelier_holder_heard "
        "territory:atelier_note_remove"
    ),
    "answers for machines": "territory:atelier_holders_ics",
}


def furnish(things: Things) -> None:
    """Three people to meet; one was met, with a next step that is due."""
    for name in ("Marius", "Colette"):
        add_holder(by=things.alice, territory=things.territory, words=HolderWords(name=name, idea="Un four."))
    things.holder = add_holder(
        by=things.alice, territory=things.territory, words=HolderWords(name="Simone", idea="Un repas.")
    )
    things.encounter = record_encounter(
        by=things.elise,
        holder=things.holder,
        manner="visit",
        on=clock.today(),
        note="Elle a les marmites.",
        next_step="Rappeler",
        next_on=clock.today(),
    )
    things.other = record_encounter(
        by=things.alice, holder=things.holder, manner="face", on=clock.today(), note="Une salle à trouver."
    )
