"""A worker draws the map of opinions again, after votes came in."""

from essor.chain.opinions.services.computing import draw_opinion_map


def run(conversation_id: int) -> None:
    """Draw it; run twice on the same votes, the second time changes nothing."""
    draw_opinion_map(conversation_id=conversation_id)
