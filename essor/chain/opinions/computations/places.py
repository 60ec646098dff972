"""Where a participant stands now, from the last map: pages may import it, it loads no array."""

from typing import Any

from essor.chain.opinions.models import CurrentVote, OpinionMap, Participant
from essor.chain.opinions.selectors.maps import result_of_map
from essor.engines.opinion_map.standing import Pull, Standing, standing

__all__ = ["Pull", "Standing", "standing_of"]


def standing_of(
    participant: Participant, drawn: OpinionMap, *, result: dict[str, Any] | None = None
) -> Standing:
    """The place of their votes of this very moment on the last map: group, distances, votes that weigh most.

    Statements of the answer are keys as text; ``result`` spares unpacking the map a second time.
    """
    told = result if result is not None else result_of_map(drawn)
    rows = CurrentVote.objects.filter(participant=participant).values_list("statement_id", "choice")
    return standing(told["places"], {str(statement): choice for statement, choice in rows})
