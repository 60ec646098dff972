"""Reading the ledger: histories and the thread. Each walk costs one query a step, whatever its width."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Count

from essor.ground.ledger.models import Fact, Link
from essor.ground.ledger.verbs import NOT_PUBLIC

Node = tuple[str, int]  # (model label in lower case, primary key)
DEPTH = 8


@dataclass(frozen=True)
class Walk:
    """What a walk along the thread met: nodes by distance, and the stitches between them."""

    start: Node
    steps: tuple[tuple[Node, ...], ...]
    stitches: tuple[tuple[Node, Node, str], ...]
    cut: bool  # True when a step was wider than the limit and was not followed whole


def history_of(thing: models.Model, limit: int = 50, without: Sequence[str] = ()) -> models.QuerySet[Fact]:
    """The latest facts about a thing, newest first, with who did them; ``without`` some verbs."""
    return Fact.objects.about(thing).exclude(verb__in=without).select_related("by")[:limit]


def public_history_of(
    thing: models.Model, limit: int = 50, without: Sequence[str] = ()
) -> models.QuerySet[Fact]:
    """The latest facts about a thing that anybody may read: what people asked or refused is left out."""
    return history_of(thing, limit, (*NOT_PUBLIC, *without))


def sources_of(thing: models.Model, limit: int = 500, without: str = "") -> Walk:
    """The thread downwards: what this thing came from, step by step; ``without`` one type of object."""
    return _walk((thing._meta.label_lower, thing.pk), "result", "source", limit, without)


def results_of(thing: models.Model, limit: int = 500) -> Walk:
    """The thread upwards: what became of this thing, step by step."""
    return _walk((thing._meta.label_lower, thing.pk), "source", "result", limit)


def count_sources_by_type(thing: models.Model) -> dict[str, int]:
    """How many standing links arrive at a thing, by the type of their source."""
    rows = (
        Link.objects.standing()
        .filter(result_type=thing._meta.label_lower, result_id=thing.pk)
        .values_list("source_type")
        .annotate(n=Count("source_id", distinct=True))
    )
    return dict(rows)


def _walk(start: Node, here: str, there: str, limit: int, without: str = "") -> Walk:
    seen = {start}
    front: tuple[Node, ...] = (start,)
    steps: list[tuple[Node, ...]] = []
    stitches: list[tuple[Node, Node, str]] = []
    cut = False
    while front and len(steps) < DEPTH:
        found = _neighbours(front, here, there, limit + 1, without)
        cut = cut or len(found) > limit
        found = found[:limit]
        stitches.extend(found)
        new = dict.fromkeys(node for _, node, _ in found if node not in seen)
        seen.update(new)
        front = tuple(new)
        if front:
            steps.append(front)
    return Walk(start=start, steps=tuple(steps), stitches=tuple(stitches), cut=cut)


def _neighbours(
    front: Iterable[Node], here: str, there: str, limit: int, without: str
) -> list[tuple[Node, Node, str]]:
    by_type: dict[str, list[int]] = defaultdict(list)
    for label, pk in front:
        by_type[label].append(pk)
    wanted = models.Q()
    for label, keys in by_type.items():
        wanted |= models.Q(**{f"{here}_type": label, f"{here}_id__in": keys})
    rows = (
        Link.objects.standing()
        .filter(wanted)
        .exclude(**{f"{there}_type": without})
        .order_by("id")
        .values_list(f"{here}_type", f"{here}_id", f"{there}_type", f"{there}_id", "kind")[:limit]
    )
    return [((a, b), (c, d), kind) for a, b, c, d, kind in rows]
