"""Maps of opinions: votes in, ``draw_map``, then compare, route, place somebody, show tables safely."""

from essor.engines.opinion_map.compare import Comparison, Matched, Moved, Shift, compare_maps
from essor.engines.opinion_map.draw import draw_map
from essor.engines.opinion_map.errors import BadRequest, BadVotes, NoVotes, OpinionMapError
from essor.engines.opinion_map.result import (
    Choice,
    Consensus,
    Divisive,
    Group,
    OpinionMap,
    Participant,
    Representative,
    Stability,
    Statement,
)
from essor.engines.opinion_map.routing import Candidate, Turn, routing
from essor.engines.opinion_map.standing import Pull, Standing, snapshot_of, standing
from essor.engines.opinion_map.storage import packed, unpacked
from essor.engines.opinion_map.suppression import Suppressed, suppress
from essor.engines.opinion_map.votes import Votes, votes_from_arrays, votes_from_events, votes_from_matrix

__all__ = [
    "BadRequest",
    "BadVotes",
    "Candidate",
    "Choice",
    "Comparison",
    "Consensus",
    "Divisive",
    "Group",
    "Matched",
    "Moved",
    "NoVotes",
    "OpinionMap",
    "OpinionMapError",
    "Participant",
    "Pull",
    "Representative",
    "Shift",
    "Stability",
    "Standing",
    "Statement",
    "Suppressed",
    "Turn",
    "Votes",
    "compare_maps",
    "draw_map",
    "packed",
    "routing",
    "snapshot_of",
    "standing",
    "suppress",
    "unpacked",
    "votes_from_arrays",
    "votes_from_events",
    "votes_from_matrix",
]
