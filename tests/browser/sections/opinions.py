"""The pages of opinion votes and of their maps."""

from types import SimpleNamespace as Things

from essor.chain.opinions.services.computing import draw_opinion_map
from tests.browser.arguments import Arguments, names_of, slug
from tests.chain.opinions.test_maps import two_camps
from tests.factories.opinions import OpenConversationFactory

PUBLIC: dict[str, Arguments] = {
    **names_of("conversations"),
    **names_of("conversation opinion_vote opinion_mine opinion_propose opinion_wall", slug("asked")),
    **names_of("conversation_map opinion_compare opinion_where_i_stand", slug("asked")),
    **names_of("statement", lambda things: [things.asked.slug, things.said.number]),
    **names_of("conversation_map_of opinion_map_report", lambda things: [things.asked.slug, things.map.pk]),
    **names_of("opinion_group", lambda things: [things.asked.slug, things.map.pk, things.camp.key]),
}
ACCOUNT: dict[str, Arguments] = {}
ATELIER: dict[str, Arguments] = {
    **names_of("atelier_conversations atelier_conversation_new"),
    **names_of(
        "atelier_conversation_edit atelier_statements atelier_statements_seed atelier_opinion_evidence "
        "atelier_opinion_paper atelier_opinion_import atelier_opinion_poster",
        slug("asked"),
    ),
    **names_of("atelier_statement_reword", lambda things: [things.asked.slug, things.said.number]),
    **names_of("opinion_group_name", lambda things: [things.asked.slug, things.map.pk, things.camp.key]),
}
NO_PAGE = {
    "a gesture, answered by another page": (
        "territory:opinion_vote_cast territory:opinion_someone_else territory:opinion_resume "
        "territory:opinion_room territory:opinion_withdraw territory:atelier_conversation_act "
        "territory:atelier_statement_act territory:atelier_statements_merge "
        "territory:atelier_opinion_paper_undo territory:atelier_opinion_import_undo"
    ),
    "a file": "territory:opinion_map_data territory:atelier_opinion_export",
}


def furnish(things: Things) -> None:
    """A question voted on by two camps, its map, one statement and one group of it."""
    things.asked = OpenConversationFactory(territory=things.territory)
    statements, _people = two_camps(things.asked)
    things.said = statements[0]
    things.map = draw_opinion_map(conversation_id=things.asked.pk)
    things.camp = things.map.groups.first()
