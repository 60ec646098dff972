"""Two maps of one conversation side by side."""

from typing import Any

from essor.chain.opinions.computations.snapshots import restored
from essor.chain.opinions.models import OpinionMap
from essor.engines.opinion_map.compare import compare_maps


def compare(earlier: OpinionMap, later: OpinionMap) -> dict[str, Any]:
    """Groups matched, how many moved from which to which, and the statements whose shares changed.

    People are counted, never named: ``moved`` is ``[before, after, people]``, null for outside groups.
    """
    found = compare_maps(restored(earlier), restored(later))
    moved: dict[tuple[int | None, int | None], int] = {}
    for each in found.moved:
        moved[each.before, each.after] = moved.get((each.before, each.after), 0) + 1
    ordered = sorted(moved.items(), key=lambda row: (-row[1], str(row[0])))
    return {
        "groups": [vars(each) for each in found.groups],
        "moved": [[before, after, people] for (before, after), people in ordered],
        "stayed": found.stayed,
        "came": found.came,
        "went": found.went,
        "statements": [vars(each) for each in found.statements],
    }
