"""Reading maps of opinions: the latest, those of other dates, what each says, and how fresh it is."""

import json
import zlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from essor.chain.opinions.models import Conversation, GroupName, MapComparison, MapRequest, OpinionMap, Vote
from essor.chain.opinions.policies import can_run_conversations
from essor.ground.people.policies import Visitor
from essor.ground.territories.models import Territory


@dataclass(frozen=True)
class NamedGroup:
    """A group of a map. ``letter`` tells it apart until somebody gives it a name."""

    index: int
    key: int
    size: int
    letter: str
    name: str = ""
    portrait: str = ""


@dataclass(frozen=True)
class Freshness:
    """How the last map stands to the votes: what came since, and whether a calculation is under way."""

    map: OpinionMap | None
    votes_since: int
    is_awaited: bool
    failure: str


def pack(content: Any) -> bytes:
    """Plain values as they are stored in a map.

    >>> unpack(pack({"groups": []}))
    {'groups': []}
    """
    return zlib.compress(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(), 6)


def unpack(stored: bytes | memoryview) -> Any:
    """What ``pack`` stored."""
    return json.loads(zlib.decompress(bytes(stored)))


def latest_map(conversation: Conversation) -> OpinionMap | None:
    """The last map computed, with its result but not the points."""
    return OpinionMap.objects.filter(conversation=conversation).defer("points").first()


def map_in_territory(territory: Territory, pk: int) -> OpinionMap | None:
    """A map by its key, if it is of this territory."""
    rows = OpinionMap.objects.in_territory(territory).select_related("conversation__territory")
    return rows.filter(pk=pk).first()


def maps_for(viewer: Visitor, conversation: Conversation) -> QuerySet[OpinionMap]:
    """Facilitators read every map; the others the last one and those that are kept.

    Maps drawn seconds apart would tell, by their difference, how one person voted.
    """
    rows = OpinionMap.objects.filter(conversation=conversation)
    if can_run_conversations(viewer, conversation.territory):
        return rows
    return rows.filter(Q(is_kept=True) | Q(pk__in=rows.order_by("-computed_at", "-id").values("pk")[:1]))


def result_of_map(drawn: OpinionMap) -> dict[str, Any]:
    """What the map says; statements are named by their keys as text, groups by the keys of ``MapGroup``.

    ``groups`` (id, size, x, y, stability, representative), ``consensus``, ``divisive`` (shares: [group,
    share]), ``statements`` (x, y, agrees, disagrees, passes, moderated, extremity, consensus), ``tallies``
    (by group then statement: agrees, passes, disagrees), ``reasons`` (the steps, codes and figures),
    ``choices`` (numbers of groups tried), ``explained`` (shares of the two axes), ``stability``,
    ``not_grouped`` (people by reason), ``dots`` ([x, y, group] to draw), ``families`` (declared families ×
    groups, small cells hidden, or null), ``method``, ``votes``, ``replaced``. ``places`` and ``basis`` serve
    to place somebody and to draw the next map.
    """
    result: dict[str, Any] = unpack(drawn.result)
    return result


def points_of_map(drawn: OpinionMap) -> dict[str, list[Any]]:
    """Where each participant stands: lists ``participant``, ``x``, ``y``, ``group`` (null outside groups)."""
    points: dict[str, list[Any]] = unpack(drawn.points)
    return points


def groups_of_map(drawn: OpinionMap) -> list[NamedGroup]:
    """The groups of a map with the names given to them: two queries."""
    names = {each.key: each for each in GroupName.objects.filter(conversation=drawn.conversation_id)}
    found = []
    for row in drawn.groups.order_by("index"):
        given = names.get(row.key)
        found.append(
            NamedGroup(
                index=row.index,
                key=row.key,
                size=row.size,
                letter=letter_of(row.key),
                name=given.name if given else "",
                portrait=given.portrait if given else "",
            )
        )
    return found


def letter_of(key: int) -> str:
    """A, B… Z, then AA: what a group is called before it has a name.

    >>> letter_of(0), letter_of(25), letter_of(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    key += 1
    while key:
        key, rest = divmod(key - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def freshness_of(conversation: Conversation, drawn: OpinionMap | None) -> Freshness:
    """Whether what is shown is up to date: the page says so and never waits."""
    since = Vote.objects.filter(conversation=conversation, id__gt=drawn.through_vote if drawn else 0)
    return Freshness(
        map=drawn,
        votes_since=since.count(),
        is_awaited=MapRequest.objects.filter(conversation=conversation).exists(),
        failure=conversation.map_failure,
    )


def comparison_of(earlier: OpinionMap, later: OpinionMap) -> dict[str, Any] | None:
    """What the comparison of two maps says; None when it was not asked for or is being computed."""
    rows = MapComparison.objects.filter(earlier=earlier, later=later).exclude(computed_at=None)
    stored = rows.values_list("result", flat=True).first()
    found: dict[str, Any] | None = unpack(stored) if stored else None
    return found
