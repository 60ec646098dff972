"""The names and addresses of what a voice became: listening knows their keys, pages know who they are."""

from dataclasses import dataclass

from essor.chain.listening.selectors.voices import Became
from essor.chain.needs.models import Need
from essor.ground.ledger.enums import LinkKind
from essor.ground.territories.models import Territory

_NEED = Need._meta.label_lower


@dataclass(frozen=True)
class Result:
    """Something the voice supports or nuances, as it is shown."""

    need: Need
    is_contrary: bool


def named_results(territory: Territory, became: Became) -> list[Result]:
    """The published needs that a voice supports or nuances, in one query."""
    kinds = {pk: kind for (label, pk), kind in became.results if label == _NEED}
    if not kinds:
        return []
    needs = Need.objects.in_territory(territory).public().filter(pk__in=kinds)
    for each in needs:
        each.territory = territory
    return [Result(each, kinds[each.pk] == LinkKind.NUANCES) for each in needs]
