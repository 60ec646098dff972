"""What Alice calls the groups that no need names: by the themes that people chose themselves."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from essor.chain.needs.models import Group, Placement, Synthesis
from essor.chain.needs.services.curation import merge_groups, rename_group
from essor.console.demo.scene import Scene
from essor.console.demo.story import story

CLOSE = 0.7  # a second theme is named when it has that share of the first


def name_by_theme(scene: Scene, synthesis: Synthesis, named: Iterable[Group]) -> None:
    """Large groups of the same theme are brought together and named; so are the small ones left over."""
    themes = _themes_of(synthesis)
    fine = list(Group.objects.filter(synthesis=synthesis, parent__isnull=False).standing())
    wide: dict[int, Counter[str]] = defaultdict(Counter)
    for each in fine:
        wide[each.parent_id or 0] += themes[each.pk]
    overview = Group.objects.filter(synthesis=synthesis, parent=None).standing()
    _bring_together(scene, {each: _label(wide[each.pk] or themes[each.pk]) for each in overview})
    known = {each.pk for each in named}
    left = Group.objects.filter(synthesis=synthesis, parent__isnull=False).standing().exclude(pk__in=known)
    unsorted = str(story()["synthesis"]["unsorted"])
    by_parent: dict[int | None, dict[Group, str]] = defaultdict(dict)
    for each in left:
        by_parent[each.parent_id][each] = unsorted.format(themes=_label(themes[each.pk]))
    for labels in by_parent.values():
        _bring_together(scene, labels)


def _themes_of(synthesis: Synthesis) -> dict[int, Counter[str]]:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    placed = Placement.objects.filter(
        synthesis=synthesis, group__isnull=False, contribution__theme__isnull=False
    )
    for group, theme in placed.values_list("group_id", "contribution__theme__name"):
        counts[group or 0][theme] += 1
    return counts


def _label(counts: Counter[str]) -> str:
    (first, most), *others = counts.most_common(2)
    if not others or others[0][1] < CLOSE * most:
        return first
    first, second = sorted((first, others[0][0]))
    return str(story()["synthesis"]["two_themes"]).format(first=first, second=second.lower())


def _bring_together(scene: Scene, labels: dict[Group, str]) -> None:
    """Groups that would bear the same name become one."""
    same: dict[str, list[Group]] = defaultdict(list)
    for group, label in labels.items():
        same[label].append(group)
    for label, groups in same.items():
        if groups[1:]:
            merge_groups(by=scene.alice, into=groups[0], groups=groups[1:])
        rename_group(by=scene.alice, group=groups[0], label=label)
