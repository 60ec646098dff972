"""Gestures of curation: the last one of a synthesis or of a group, and the groups each one touched."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from essor.chain.needs.models import CurationStep, Group, Placement, Synthesis

MOST_LOOKED_AT = 200  # gestures further back than this are undone from their list
MOST_NAMED = 3


@dataclass(frozen=True)
class Told:
    """A gesture and the names of the groups it touched; ``more`` says how many are not named."""

    step: CurationStep
    groups: tuple[str, ...]
    more: int = 0


def last_step(synthesis: Synthesis) -> CurationStep | None:
    """The last gesture that was not undone, on any group."""
    return synthesis.steps.filter(undone_at=None).select_related("by").first()


def last_step_on(group: Group) -> CurationStep | None:
    """The last gesture that was not undone and that touched this group, its voices or a group inside."""
    inside = Group.objects.filter(parent=group).values_list("pk", flat=True)
    groups = {group.pk, *inside}
    voices = set(Placement.objects.filter(group__in=groups).values_list("pk", flat=True))
    steps = group.synthesis.steps.filter(undone_at=None).select_related("by")[:MOST_LOOKED_AT]
    for step in steps:
        if groups & set(_named_groups(step)) or voices & {int(key) for key in step.after["placements"]}:
            return step
    return None


def told(steps: Iterable[CurationStep]) -> list[Told]:
    """Each gesture with the names its groups bear now, in two queries whatever their number."""
    rows = list(steps)
    keys = {step.pk: list(dict.fromkeys(_named_groups(step))) for step in rows}
    unnamed = {
        step.pk: [int(key) for key in step.after["placements"]][:1] for step in rows if not keys[step.pk]
    }
    first = [key for found in unnamed.values() for key in found]
    stands = dict(Placement.objects.filter(pk__in=first).values_list("pk", "group_id"))
    for pk, found in unnamed.items():
        keys[pk] = [stands[key] for key in found if stands.get(key)]
    wanted = {key for found in keys.values() for key in found}
    labels = dict(Group.objects.filter(pk__in=wanted).values_list("pk", "label"))
    return [_told(step, [labels[key] for key in keys[step.pk] if key in labels]) for step in rows]


def told_one(step: CurationStep | None) -> Told | None:
    """One gesture with the names of its groups, when there is one."""
    return told([step])[0] if step else None


def _told(step: CurationStep, names: list[str]) -> Told:
    return Told(step, tuple(names[:MOST_NAMED]), max(0, len(names) - MOST_NAMED))


def _named_groups(step: CurationStep) -> Iterator[int]:
    """The groups a gesture speaks of: the one it is about, those it changed, those voices left or joined."""
    if "about" in step.after:
        yield step.after["about"]
    yield from (int(key) for key in step.after["groups"])
    for side in (step.before, step.after):
        for columns in side["placements"].values():
            if columns.get("group_id"):
                yield columns["group_id"]
