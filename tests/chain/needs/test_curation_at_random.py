"""Whatever people do, and in whatever order, undoing everything gives the calculated groups back."""

import random

import pytest
from django.db.models import Q

from essor.chain.needs.enums import Stance
from essor.chain.needs.models import Group, Placement
from essor.chain.needs.services import curation
from essor.chain.needs.services.curation import CurationRefused

GESTURES = 14


def picture(synthesis):
    groups = Group.objects.filter(synthesis=synthesis).standing().order_by("pk")
    placed = Placement.objects.filter(synthesis=synthesis).order_by("pk")
    return (
        list(groups.values_list("pk", "label", "hand", "parent_id")),
        list(placed.values_list("pk", "group_id", "reason", "hand", "stance", "is_quote")),
    )


def gesture(chance, by, synthesis):
    """One gesture at random; some make no sense, and are refused."""
    groups = list(Group.objects.filter(synthesis=synthesis).standing())
    voices = list(Placement.objects.filter(synthesis=synthesis).values_list("contribution_id", flat=True))
    some = chance.sample(voices, chance.randint(1, 4))
    one, other = chance.choice(groups), chance.choice(groups)
    acts = [
        lambda: curation.rename_group(by=by, group=one, label=f"nom {chance.random()}"),
        lambda: curation.merge_groups(by=by, into=one, groups=[other]),
        lambda: curation.split_group(
            by=by,
            group=one,
            voices=list(Placement.objects.filter(group=one).values_list("contribution_id", flat=True))[:1],
            label="à part",
        ),
        lambda: curation.make_group(by=by, synthesis=synthesis, label="fait", parent=one, voices=some),
        lambda: curation.move_voices(by=by, synthesis=synthesis, voices=some, to=one),
        lambda: curation.set_aside(by=by, synthesis=synthesis, voices=some, why="autre sujet"),
        lambda: curation.choose_quote(by=by, synthesis=synthesis, voices=some, chosen=chance.random() < 0.5),
        lambda: curation.mark_stance(
            by=by, synthesis=synthesis, voices=some, stance=chance.choice(Stance.values)
        ),
    ]
    chance.choice(acts)()


@pytest.mark.parametrize("seed", range(8))
def test_undoing_everything_gives_the_calculated_groups_back(seed, alice, laid):
    chance = random.Random(seed)
    pictures = [picture(laid.synthesis)]
    for _each in range(GESTURES):
        try:
            gesture(chance, alice, laid.synthesis)
        except CurationRefused:
            assert picture(laid.synthesis) == pictures[-1], "a refused gesture changes nothing"
        else:
            pictures.append(picture(laid.synthesis))
        lost = Placement.objects.filter(synthesis=laid.synthesis).filter(
            Q(group__is_dissolved=True) | Q(group=None, reason="")
        )
        assert not lost.exists()
    assert len(pictures) > 4
    for expected in reversed(pictures[:-1]):
        curation.undo_last(by=alice, synthesis=laid.synthesis)
        assert picture(laid.synthesis) == expected


@pytest.mark.parametrize("seed", range(4))
def test_undoing_any_gesture_either_works_or_is_refused_and_never_loses_a_voice(seed, alice, laid):
    chance = random.Random(100 + seed)
    for _each in range(GESTURES):
        try:
            gesture(chance, alice, laid.synthesis)
        except CurationRefused:
            continue
    for step in chance.sample(list(laid.synthesis.steps.all()), laid.synthesis.steps.count()):
        before = picture(laid.synthesis)
        try:
            curation.undo_step(by=alice, step=step)
        except CurationRefused:
            assert picture(laid.synthesis) == before
        lost = Placement.objects.filter(synthesis=laid.synthesis, group__is_dissolved=True)
        assert not lost.exists()
        assert (
            not Group.objects.filter(synthesis=laid.synthesis, parent__is_dissolved=True).standing().exists()
        )
