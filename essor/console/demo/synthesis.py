"""The synthesis: asked for and computed by the real engine, then taken in hand by the facilitator."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import timedelta

from essor.chain.needs.enums import Grain, Stance
from essor.chain.needs.models import Group, Placement, Synthesis
from essor.chain.needs.services.curation import (
    choose_quote,
    mark_stance,
    merge_groups,
    move_voices,
    rename_group,
)
from essor.chain.needs.services.syntheses import ask_synthesis
from essor.console.demo.naming import name_by_theme
from essor.console.demo.scene import Scene
from essor.console.demo.story import EvidenceRow, evidence, needs, story
from essor.console.demo.timeline import at
from essor.journeys import compute_synthesis

ASKED = 21  # days ago; later voices are not in it
ENOUGH, SHARE = 4, 0.2  # voices of a need in a group, to say that the group speaks of it
MERGED, MOVED, MARKED = 4, 8, 6  # at most


def compute(scene: Scene) -> Synthesis:
    """Ask for it as from the atelier, and do at once what the worker would do."""
    with at(scene.time.ago(ASKED)):
        synthesis = ask_synthesis(
            by=scene.alice,
            territory=scene.territory,
            consultation=scene.consultation,
            title=story()["synthesis"]["title"],
            grain=Grain.DETAIL,
            seed=1,
        )
    with at(scene.time.ago(ASKED) + timedelta(minutes=1)):
        compute_synthesis.run(synthesis_id=synthesis.pk)
    synthesis.refresh_from_db()
    return synthesis


def curate(scene: Scene, synthesis: Synthesis) -> dict[str, Group]:
    """Merge what says the same, name, move, mark: a few dozen gestures. Returns the group of each need."""
    told = [each for each in evidence() if each.voice in scene.voices]
    found = _groups_of_needs(scene, synthesis, told)
    chosen: dict[str, Group] = {}
    merged = 0
    moment = scene.time.ago(ASKED - 2)
    for each in needs():
        groups = found.get(each.key, [])
        if not groups:
            continue
        into, others = groups[0], groups[1:]
        alike = [group for group in others if group.parent_id == into.parent_id][:1]
        with at(moment):
            if alike and merged < MERGED:
                merge_groups(by=scene.alice, into=into, groups=alike)
                merged += 1
            rename_group(by=scene.alice, group=into, label=each.statement)
        chosen[each.key] = into
        moment += timedelta(minutes=25)
    _finish(scene, synthesis, told, chosen)
    with at(scene.time.ago(ASKED - 4)):
        name_by_theme(scene, synthesis, chosen.values())
    return chosen


def _groups_of_needs(scene: Scene, synthesis: Synthesis, told: list[EvidenceRow]) -> dict[str, list[Group]]:
    """Each detail group, given to the need that most of its voices speak of; the fullest first."""
    place = {
        voice: group
        for voice, group in Placement.objects.filter(synthesis=synthesis, group__isnull=False).values_list(
            "contribution_id", "group_id"
        )
    }
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for each in told:
        group = place.get(scene.voices[each.voice].pk)
        if group is not None:
            votes[group][each.need] += 1
    groups = {each.pk: each for each in Group.objects.filter(synthesis=synthesis, children=None).standing()}
    found: dict[str, list[tuple[int, Group]]] = defaultdict(list)
    for key, counts in votes.items():
        need, count = counts.most_common(1)[0]
        if count >= max(ENOUGH, SHARE * counts.total()) and key in groups:
            found[need].append((count, groups[key]))
    return {
        need: [group for _count, group in sorted(pairs, key=lambda pair: (-pair[0], pair[1].pk))]
        for need, pairs in found.items()
    }


def _finish(scene: Scene, synthesis: Synthesis, told: list[EvidenceRow], chosen: dict[str, Group]) -> None:
    """A few voices moved to where they belong, contrary voices marked, quotes chosen."""
    place = dict(Placement.objects.filter(synthesis=synthesis).values_list("contribution_id", "group_id"))
    moved = marked = 0
    for rank, (need, group) in enumerate(chosen.items()):
        mine = [each for each in told if each.need == need]
        away = [_pk(scene, each) for each in mine if _elsewhere(place, _pk(scene, each), group)][:3]
        against = [
            _pk(scene, each)
            for each in mine
            if each.stance == Stance.CONTRARY and place.get(_pk(scene, each)) == group.pk
        ]
        quotes = [_pk(scene, each) for each in mine if each.quote and place.get(_pk(scene, each)) == group.pk]
        with at(scene.time.ago(ASKED - 3) + timedelta(minutes=12 * rank)):
            if away and moved < MOVED:
                move_voices(by=scene.alice, synthesis=synthesis, voices=away, to=group)
                moved += 1
            if against and marked < MARKED:
                mark_stance(by=scene.alice, synthesis=synthesis, voices=against, stance=Stance.CONTRARY)
                marked += 1
            if quotes and rank % 3 == 0:
                choose_quote(by=scene.alice, synthesis=synthesis, voices=quotes)


def _pk(scene: Scene, each: EvidenceRow) -> int:
    return scene.voices[each.voice].pk


def _elsewhere(place: Mapping[int, int | None], voice: int, group: Group) -> bool:
    return voice in place and place[voice] != group.pk
