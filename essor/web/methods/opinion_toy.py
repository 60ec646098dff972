"""The example of the map of opinions, computed by the engine on the table the reader fills in.

It loads numpy, which no page of the site does: ``opinion_map`` loads this module when it is first asked for.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from essor.engines.opinion_map.draw import draw_map
from essor.engines.opinion_map.errors import NoVotes
from essor.engines.opinion_map.votes import votes_from_matrix

Table = tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True)
class Toy:
    """What became of the table."""

    dots: tuple[tuple[float, float, int | None], ...]
    groups: tuple[Any, ...]
    consensus: tuple[Any, ...]
    divisive: tuple[Any, ...]
    choices: tuple[Any, ...]
    explained: tuple[float, float]
    stability: float | None
    means: tuple[float, ...]
    kept: tuple[int, ...]  # the numbers of the statements, as the page shows them
    digest: str
    because: str


@lru_cache(maxsize=64)
def draw_toy(table: Table) -> Toy | None:
    """The map of a small table; None when nobody voted."""
    if all(vote is None for row in table for vote in row):
        return None
    votes = votes_from_matrix(table)
    try:
        found = draw_map(votes, seed=1, least_votes=3, minimum=2, most_groups=3)
    except NoVotes:
        return None
    step = next(each for each in found.explain() if each["code"] == "groups")
    return Toy(
        dots=tuple((each.x, each.y, each.group) for each in found.participants),
        groups=found.groups,
        consensus=found.consensus,
        divisive=found.divisive,
        choices=found.choices,
        explained=found.explained,
        stability=found.stability.overall if found.stability else None,
        means=tuple(found.basis.means.tolist()),
        kept=tuple(int(each) + 1 for each in found.basis.statements),
        digest=found.method.digest,
        because=step["because"],
    )
