"""Groups with what makes them weigh: distinct people, gatherings, families; and the voices inside."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Consultation, Contribution
from essor.chain.needs.enums import Hand, Stance
from essor.chain.needs.models import Group, Placement, Synthesis
from essor.chain.needs.scopes import Scope
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.territories.models import Territory

COUNTED = (VoiceState.PUBLISHED, VoiceState.PRIVATE)
MOST_SPOTS = 2000
SORTS = ("diversity", "size", "label")


@dataclass
class GroupFigures:
    """What a group holds, counted over the voices that count."""

    group: Group
    voices: int = 0
    people: int = 0
    gatherings: int = 0
    interviews: int = 0
    families: int = 0
    contrary: int = 0
    inside: list["GroupFigures"] = field(default_factory=list)


def voices_in_scope(
    territory: Territory, consultation: Consultation | None, scope: Scope
) -> QuerySet[Contribution]:
    """The voices a synthesis reads, in the order in which they were recorded: only those that count."""
    voices = Contribution.objects.in_territory(territory).counted()
    if consultation is not None:
        voices = voices.filter(consultation=consultation)
    if scope.questions:
        voices = voices.filter(question__in=scope.questions)
    if scope.gatherings:
        voices = voices.filter(gathering__in=scope.gatherings)
    if scope.channels:
        voices = voices.filter(channel__in=scope.channels)
    if scope.since:
        voices = voices.filter(said_at__date__gte=scope.since)
    return voices.order_by("pk")


def groups_with_figures(synthesis: Synthesis, sort: str = "diversity") -> list[GroupFigures]:
    """Overview groups, each with the groups inside, in three queries whatever the size.

    ``diversity`` puts first what is heard from many families, then in many gatherings, then from many
    people: a small group heard everywhere comes before a large one heard once.
    """
    groups = list(Group.objects.filter(synthesis=synthesis).standing())
    figures = {group.pk: GroupFigures(group) for group in groups}
    for path in ("group", "group__parent"):
        for row in _counts(synthesis, path):
            if found := figures.get(row.pop(path)):
                _add(found, row)
    tops = [each for each in figures.values() if each.group.parent_id is None]
    for each in figures.values():
        if each.group.parent_id in figures:
            figures[each.group.parent_id].inside.append(each)
    for top in tops:
        top.inside.sort(key=_key(sort))
    return sorted(tops, key=_key(sort))


def figures_of_group(group: Group) -> GroupFigures:
    """The figures of one group, the groups inside included, in one query."""
    found = GroupFigures(group)
    for row in _counts(group.synthesis, "synthesis", Q(group=group) | Q(group__parent=group)):
        row.pop("synthesis")
        _add(found, row)
    return found


def groups_with_sizes(synthesis: Synthesis) -> list[tuple[Group, int]]:
    """The standing groups in their order with their numbers of voices, in one query."""
    counted = Q(placements__contribution__state__in=COUNTED)
    groups = (
        Group.objects.filter(synthesis=synthesis).standing().annotate(n=Count("placements", filter=counted))
    )
    return [(group, group.n) for group in groups]


def placements_to_export(synthesis: Synthesis) -> QuerySet[Placement]:
    """Every counted voice of a synthesis with what a table of it shows."""
    return (
        Placement.objects.filter(synthesis=synthesis, contribution__state__in=COUNTED)
        .select_related("contribution__gathering", "contribution__speaker", "group__parent", "machine_group")
        .order_by("pk")
    )


def voices_of_group(group: Group) -> QuerySet[Placement]:
    """The counted voices of a group and of the groups inside: quotes first, then the most typical."""
    return (
        Placement.objects.filter(Q(group=group) | Q(group__parent=group, group__is_dissolved=False))
        .filter(contribution__state__in=COUNTED)
        .select_related(
            "contribution__gathering",
            "contribution__speaker",
            "contribution__question",
            "contribution__theme",
            "contribution__territory",
            "group",
            "machine_group",
        )
        .order_by("-is_quote", F("nearness").desc(nulls_last=True), "pk")
    )


def left_aside(synthesis: Synthesis) -> QuerySet[Placement]:
    """The voices in no group, each with its stated reason."""
    return (
        Placement.objects.filter(synthesis=synthesis, group=None, contribution__state__in=COUNTED)
        .select_related("contribution__gathering", "contribution__speaker", "contribution__question")
        .select_related("contribution__territory", "machine_group")
        .order_by("reason", "pk")
    )


def reasons_left_aside(synthesis: Synthesis) -> dict[str, int]:
    """How many voices are left aside now, by reason."""
    rows = Placement.objects.filter(synthesis=synthesis, group=None, contribution__state__in=COUNTED)
    return dict(rows.order_by().values_list("reason").annotate(n=Count("id")))


def spots(synthesis: Synthesis) -> list[tuple[float, float, int | None, int | None]]:
    """Where at most 2,000 voices stand on the map: x, y, group, overview group; evenly chosen."""
    placed = Placement.objects.filter(synthesis=synthesis, group__isnull=False)
    step = -(-synthesis.voices_count // MOST_SPOTS)
    if step > 1:
        placed = placed.annotate(rank=F("id") % step).filter(rank=0)
    return list(placed.order_by("id").values_list("x", "y", "group_id", "group__parent_id"))


def repeated(placements: Iterable[Placement]) -> dict[int, int]:
    """For each voice of these placements, how many others nearly repeat it in the same synthesis."""
    by_synthesis: dict[int, list[int]] = defaultdict(list)
    for each in placements:
        by_synthesis[each.synthesis_id].append(each.contribution_id)
    found: dict[int, int] = {}
    for synthesis_id, voices in by_synthesis.items():
        rows = Placement.objects.filter(synthesis_id=synthesis_id, same_as__in=voices)
        found.update(
            rows.filter(contribution__state__in=COUNTED).values_list("same_as").annotate(n=Count("id"))
        )
    return found


def decided_by_people(synthesis: Synthesis) -> dict[str, int]:
    """How many groups were renamed or made, and how many voices moved, by people."""
    groups = Group.objects.filter(synthesis=synthesis, hand=Hand.PERSON).standing()
    moved = Placement.objects.filter(synthesis=synthesis, hand=Hand.PERSON)
    return {"groups": groups.count(), "voices": moved.count()}


def _counts(synthesis: Synthesis, path: str, only: Q | None = None) -> list[dict[str, int]]:
    rows = Placement.objects.filter(synthesis=synthesis, contribution__state__in=COUNTED)
    rows = rows.filter(group__is_dissolved=False).exclude(**{path: None})
    if only is not None:
        rows = rows.filter(only)
    supports = Q(stance=Stance.SUPPORTS)
    interview = Q(contribution__gathering__kind=GatheringKind.INTERVIEW)
    return list(
        rows.order_by()
        .values(path)
        .annotate(
            voices=Count("id"),
            people=Count("contribution__speaker", filter=supports, distinct=True),
            gatherings=Count("contribution__gathering", filter=supports & ~interview, distinct=True),
            interviews=Count("contribution__gathering", filter=supports & interview, distinct=True),
            families=Count("contribution__family", filter=supports, distinct=True),
            contrary=Count("id", filter=Q(stance=Stance.CONTRARY)),
        )
    )


def _add(found: GroupFigures, row: dict[str, int]) -> None:
    for name, value in row.items():
        setattr(found, name, max(getattr(found, name), value))


def _key(sort: str):  # type: ignore[no-untyped-def]
    if sort == "label":
        return lambda each: (each.group.label.casefold(), each.group.pk)
    if sort == "size":
        return lambda each: (-each.voices, each.group.pk)
    return lambda each: (-each.families, -each.gatherings, -each.people, each.group.pk)
