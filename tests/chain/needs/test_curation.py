"""People rearrange the groups, and may change their mind."""

import pytest
from django.db import IntegrityError, transaction

from essor.chain.needs.enums import CurationVerb, Hand, LeftAside, Stance, SynthesisState
from essor.chain.needs.models import CurationStep, Group, Placement, Synthesis
from essor.chain.needs.services import curation
from essor.chain.needs.services.curation import CurationRefused
from essor.common import clock
from essor.ground.ledger.models import Fact
from tests.factories.needs import HeardVoiceFactory, VoiceGroupFactory


def picture(synthesis):
    """Everything curation may change, as one value."""
    groups = Group.objects.filter(synthesis=synthesis).standing().order_by("pk")
    placed = Placement.objects.filter(synthesis=synthesis).order_by("pk")
    return (
        list(groups.values_list("pk", "label", "hand", "parent_id")),
        list(placed.values_list("pk", "group_id", "reason", "hand", "stance", "is_quote")),
    )


GESTURES = {
    "rename": lambda by, on: curation.rename_group(by=by, group=on.buses, label="Rentrer le soir"),
    "merge": lambda by, on: curation.merge_groups(by=by, into=on.buses, groups=[on.bikes, on.doctors]),
    "merge overview": lambda by, on: curation.merge_groups(by=by, into=on.care, groups=[on.mobility]),
    "split": lambda by, on: curation.split_group(
        by=by, group=on.buses, voices=on.voices(on.buses)[:2], label="Nuit"
    ),
    "make": lambda by, on: curation.make_group(
        by=by, synthesis=on.synthesis, label="À part", parent=on.care, voices=on.voices(on.bikes)[:1]
    ),
    "move": lambda by, on: curation.move_voices(
        by=by, synthesis=on.synthesis, voices=on.voices(on.buses)[:3], to=on.doctors
    ),
    "aside": lambda by, on: curation.set_aside(
        by=by, synthesis=on.synthesis, voices=on.voices(on.buses)[:1], why="hors sujet"
    ),
    "quote": lambda by, on: curation.choose_quote(
        by=by, synthesis=on.synthesis, voices=on.voices(on.buses)[:2]
    ),
    "stance": lambda by, on: curation.mark_stance(
        by=by, synthesis=on.synthesis, voices=on.voices(on.buses)[:1], stance=Stance.CONTRARY
    ),
}


@pytest.mark.parametrize("name", sorted(GESTURES))
def test_undoing_a_gesture_brings_everything_back(name, alice, laid):
    before = picture(laid.synthesis)
    GESTURES[name](alice, laid)
    assert picture(laid.synthesis) != before
    curation.undo_last(by=alice, synthesis=laid.synthesis)
    assert picture(laid.synthesis) == before
    assert Fact.objects.filter(verb="curation.undone", by=alice).count() == 1


@pytest.mark.parametrize("name", sorted(GESTURES))
def test_each_gesture_is_a_fact_made_by_a_person(name, alice, laid):
    GESTURES[name](alice, laid)
    fact = Fact.objects.get()
    assert (fact.actor, fact.by, fact.data["step"]) == ("person", alice, 1)


def test_all_gestures_are_undone_one_after_the_other(alice, laid):
    pictures = [picture(laid.synthesis)]
    for name in ("rename", "stance", "quote", "split", "aside", "make", "merge"):
        GESTURES[name](alice, laid)
        pictures.append(picture(laid.synthesis))
    for expected in reversed(pictures[:-1]):
        curation.undo_last(by=alice, synthesis=laid.synthesis)
        assert picture(laid.synthesis) == expected
    with pytest.raises(CurationRefused, match="plus rien à annuler"):
        curation.undo_last(by=alice, synthesis=laid.synthesis)


def test_the_calculated_name_stays_readable_beside_the_decided_one(alice, laid):
    curation.rename_group(by=alice, group=laid.buses, label="Rentrer le soir")
    laid.buses.refresh_from_db()
    assert (laid.buses.label, laid.buses.machine_label) == ("Rentrer le soir", "bus du soir")
    assert laid.buses.hand == Hand.PERSON


def test_a_moved_voice_remembers_where_the_calculation_had_put_it(alice, laid):
    voice = laid.voices(laid.buses)[0]
    curation.move_voices(by=alice, synthesis=laid.synthesis, voices=[voice], to=laid.doctors)
    placed = Placement.objects.get(synthesis=laid.synthesis, contribution=voice)
    assert (placed.group, placed.machine_group, placed.hand) == (laid.doctors, laid.buses, Hand.PERSON)


def test_voices_that_nearly_repeat_another_follow_it(alice, laid):
    first, second, third, _fourth = laid.voices(laid.buses)
    Placement.objects.filter(contribution__in=[second, third]).update(same_as=first)
    curation.move_voices(by=alice, synthesis=laid.synthesis, voices=[third], to=laid.bikes)
    curation.move_voices(by=alice, synthesis=laid.synthesis, voices=[first], to=laid.doctors)
    assert {first, second} <= set(laid.voices(laid.doctors))
    assert third in laid.voices(laid.bikes), "moved alone by somebody, it stays where they put it"


def test_merging_takes_along_voices_and_the_groups_inside(alice, laid):
    curation.merge_groups(by=alice, into=laid.care, groups=[laid.mobility])
    inside = Group.objects.filter(parent=laid.care).standing()
    assert set(inside) == {laid.buses, laid.bikes, laid.doctors}
    laid.mobility.refresh_from_db()
    assert laid.mobility.is_dissolved


def test_a_voice_set_aside_keeps_the_reason(alice, laid):
    voice = laid.voices(laid.buses)[0]
    step = curation.set_aside(by=alice, synthesis=laid.synthesis, voices=[voice], why="  deux sujets ")
    placed = Placement.objects.get(synthesis=laid.synthesis, contribution=voice)
    assert (placed.group, placed.reason) == (None, LeftAside.BY_HAND)
    assert step.after["why"] == "deux sujets"


def test_an_older_gesture_is_undone_alone_when_nothing_later_touched_the_same_things(alice, laid):
    rename = GESTURES["rename"](alice, laid)
    GESTURES["stance"](alice, laid)
    curation.undo_step(by=alice, step=rename)
    laid.buses.refresh_from_db()
    assert laid.buses.label == "bus du soir"
    assert Placement.objects.filter(stance=Stance.CONTRARY).count() == 1


@pytest.mark.parametrize(
    ("first", "then"), [("rename", "merge into"), ("move", "move back"), ("make", "fill"), ("move", "merge")]
)
def test_an_older_gesture_is_not_undone_when_a_later_one_needs_it(first, then, alice, laid):
    step = GESTURES[first](alice, laid)
    step = CurationStep.objects.get(number=1) if not isinstance(step, CurationStep) else step
    if then == "merge into":
        curation.rename_group(by=alice, group=laid.buses, label="Encore autre chose")
    elif then == "move back":
        curation.move_voices(
            by=alice, synthesis=laid.synthesis, voices=laid.voices(laid.doctors)[:1], to=laid.bikes
        )
    elif then == "fill":
        made = Group.objects.get(label="À part")
        curation.move_voices(
            by=alice, synthesis=laid.synthesis, voices=laid.voices(laid.doctors)[:1], to=made
        )
    else:
        curation.merge_groups(by=alice, into=laid.bikes, groups=[laid.buses])
    now = picture(laid.synthesis)
    with pytest.raises(CurationRefused, match="plus récent"):
        curation.undo_step(by=alice, step=step)
    assert picture(laid.synthesis) == now


def test_a_gesture_is_not_undone_twice(alice, laid):
    step = GESTURES["rename"](alice, laid)
    curation.undo_step(by=alice, step=step)
    with pytest.raises(CurationRefused, match="déjà annulé"):
        curation.undo_step(by=alice, step=step)


REFUSED = {
    "a name without letters": ("nom", lambda by, on: curation.rename_group(by=by, group=on.buses, label=" ")),
    "a name too long": (
        "signes",
        lambda by, on: curation.rename_group(by=by, group=on.buses, label="a" * 161),
    ),
    "the same name": (
        "déjà",
        lambda by, on: curation.rename_group(by=by, group=on.buses, label="bus du soir"),
    ),
    "merging with itself": (
        "autre groupe",
        lambda by, on: curation.merge_groups(by=by, into=on.buses, groups=[on.buses]),
    ),
    "merging two grains": (
        "même finesse",
        lambda by, on: curation.merge_groups(by=by, into=on.buses, groups=[on.care]),
    ),
    "splitting everything": (
        "au moins une",
        lambda by, on: curation.split_group(by=by, group=on.buses, voices=on.voices(on.buses), label="Tout"),
    ),
    "splitting voices of elsewhere": (
        "pas toutes",
        lambda by, on: curation.split_group(
            by=by, group=on.buses, voices=on.voices(on.bikes)[:1], label="Non"
        ),
    ),
    "moving nothing": (
        "au moins une voix",
        lambda by, on: curation.move_voices(by=by, synthesis=on.synthesis, voices=[], to=on.bikes),
    ),
    "moving to where they are": (
        "déjà",
        lambda by, on: curation.move_voices(
            by=by, synthesis=on.synthesis, voices=on.voices(on.buses), to=on.buses
        ),
    ),
    "moving into an overview group that has finer ones": (
        "plus fins",
        lambda by, on: curation.move_voices(
            by=by, synthesis=on.synthesis, voices=on.voices(on.buses), to=on.care
        ),
    ),
    "aside without a reason": (
        "pourquoi",
        lambda by, on: curation.set_aside(by=by, synthesis=on.synthesis, voices=on.voices(on.buses), why=" "),
    ),
    "a group inside a detail group": (
        "vue d’ensemble",
        lambda by, on: curation.make_group(by=by, synthesis=on.synthesis, label="Non", parent=on.buses),
    ),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_makes_no_sense_is_refused_in_plain_words_and_changes_nothing(name, alice, laid):
    words, gesture = REFUSED[name]
    before = picture(laid.synthesis)
    with pytest.raises(CurationRefused, match=words):
        gesture(alice, laid)
    assert picture(laid.synthesis) == before
    assert not CurationStep.objects.exists()


def test_voices_that_are_not_in_the_synthesis_are_refused(alice, laid, territory):
    stranger = HeardVoiceFactory(territory=territory)
    with pytest.raises(CurationRefused, match="pas dans cette synthèse"):
        curation.move_voices(by=alice, synthesis=laid.synthesis, voices=[stranger.pk], to=laid.buses)


def test_a_group_of_another_synthesis_is_refused(alice, laid):
    with pytest.raises(CurationRefused, match="n’existe plus"):
        curation.merge_groups(by=alice, into=laid.buses, groups=[VoiceGroupFactory()])


def test_a_synthesis_still_computing_is_not_curated(alice, laid):
    Synthesis.objects.update(state=SynthesisState.RUNNING)
    with pytest.raises(CurationRefused, match="prêtes"):
        curation.rename_group(by=alice, group=laid.buses, label="Autre")


def test_voice_placed_once_in_a_synthesis(laid):
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(
            synthesis=laid.synthesis, contribution_id=laid.voices(laid.buses)[0], group=laid.buses
        )


@pytest.mark.parametrize("reason", ["", "far_from_everything"])
def test_placed_in_a_group_or_aside_with_a_reason(reason, laid, territory):
    group = laid.buses if reason else None
    with (
        pytest.raises(IntegrityError, match="placed_in_a_group_or_aside_with_a_reason"),
        transaction.atomic(),
    ):
        Placement.objects.create(
            synthesis=laid.synthesis,
            contribution=HeardVoiceFactory(territory=territory),
            group=group,
            reason=reason,
        )


def test_curation_step_number_once(alice, laid):
    GESTURES["rename"](alice, laid)
    with pytest.raises(IntegrityError), transaction.atomic():
        CurationStep.objects.create(
            synthesis=laid.synthesis, number=1, verb=CurationVerb.RENAME, before={}, after={}, at=clock.now()
        )
