"""The names and addresses of what a voice became: listening knows their keys, pages know who they are."""

from dataclasses import dataclass

from essor.chain.listening.selectors.voices import Became
from essor.chain.needs.models import Need
from essor.ground.ledger.enums import LinkKind
from essor.ground.ledger.selectors import Node
from essor.ground.territories.models import Territory
from essor.web.drawings.thread import STEP_NAMES, Knot
from essor.web.thread.kinds import named

_NEED = Need._meta.label_lower


@dataclass(frozen=True)
class Result:
    """Something a voice nourished, as it is shown: a need, or what grew from it."""

    knot: Knot
    is_need: bool
    is_contrary: bool

    @property
    def step_name(self) -> str:
        return str(STEP_NAMES.get(self.knot.step, ""))


def named_results(territory: Territory, became: Became) -> list[Result]:
    """What a voice became, as far as anybody may see, nearest first; one query a type."""
    kinds: dict[Node, str] = dict(became.results)
    known = named(territory, kinds)
    return [
        Result(known[node], node[0] == _NEED, kind == LinkKind.NUANCES)
        for node, kind in became.results
        if node in known
    ]
