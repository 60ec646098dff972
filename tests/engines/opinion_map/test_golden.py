"""Mode ``polis`` gives what Polis's own engine and red-dwarf give on real conversations."""

import numpy as np
import pytest

from essor.engines.opinion_map.agreement import group_aware
from essor.engines.opinion_map.draw import draw_map
from essor.engines.opinion_map.portrait import representatives
from essor.engines.opinion_map.representative import tally
from essor.engines.opinion_map.routing import Candidate, priority_of
from tests.engines.opinion_map.sets import GOLDEN, PEER, SETS, golden, peer, real_set


def drawn(name):
    votes, answer = golden(name)
    return votes, answer, draw_map(votes, mode="polis", moderated=answer["mod-out"])


def labels_of(votes, answer):
    """The group of each participant in the published answer, k for none."""
    base = dict(zip(answer["base-clusters"]["id"], answer["base-clusters"]["members"], strict=True))
    found = np.full(len(votes.participants), len(answer["group-clusters"]))
    for each in answer["group-clusters"]:
        for cluster in each["members"]:
            for member in base[cluster]:
                found[votes.participants.index(str(member))] = each["id"]
    return found


@pytest.mark.parametrize("name", GOLDEN)
def test_the_axes_are_those_of_polis(name):
    _votes, answer, found = drawn(name)
    kept = [int(each) for each in found.basis.statements]
    for axis in (0, 1):
        theirs = np.array(answer["pca"]["comps"][axis])
        ours = np.zeros(len(theirs))
        ours[kept] = found.basis.components[axis]
        assert abs(ours @ theirs) / np.linalg.norm(theirs) >= 0.999
    assert found.basis.means == pytest.approx(-np.array(answer["pca"]["center"])[kept])


@pytest.mark.parametrize("name", GOLDEN)
def test_statements_and_participants_stand_where_polis_puts_them(name):
    _votes, answer, found = drawn(name)
    extremity = [each.extremity for each in found.statements]
    assert np.corrcoef(extremity, answer["pca"]["comment-extremity"])[0, 1] > 0.999
    base = answer["base-clusters"]
    alone = [(members[0], at) for at, members in enumerate(base["members"]) if len(members) == 1]
    ours = {each.id: each for each in found.participants}
    for axis in "xy":
        mine = [getattr(ours[str(member)], axis) for member, _at in alone]
        assert abs(np.corrcoef(mine, [base[axis][at] for _member, at in alone])[0, 1]) > 0.999


@pytest.mark.parametrize("name", GOLDEN)
def test_those_who_count_are_those_of_polis_but_for_what_only_its_history_explains(name):
    """Once in, Polis keeps somebody: four early participants of the first set never reached seven votes."""
    _votes, answer, found = drawn(name)
    grouped = {int(each.id) for each in found.participants if each.group is not None}
    more = set(answer["in-conv"]) - grouped
    assert grouped <= set(answer["in-conv"])
    assert all(answer["user-vote-counts"][str(each)] < 7 for each in more)


@pytest.mark.parametrize("name", GOLDEN)
def test_representative_statements_of_the_published_groups_are_the_published_ones(name):
    votes, answer = golden(name)
    k = len(answer["group-clusters"])
    tallies = tally(votes, labels_of(votes, answer), k)
    kept = np.array([at for at in range(votes.shape[1]) if at not in answer["mod-out"]])
    said = representatives(tallies, kept, tuple(votes.statements), polis=True, minimum=1)
    for group, theirs in answer["repness"].items():
        ours = said[int(group)]
        assert [(int(each.statement), each.direction) for each in ours] == [
            (each["tid"], each["repful-for"]) for each in theirs
        ]
        for mine, other in zip(ours, theirs, strict=True):
            figures = (mine.share_z, mine.ratio_z, mine.ratio, mine.share, mine.count, mine.seen)
            wanted = ("p-test", "repness-test", "repness", "p-success", "n-success", "n-trials")
            assert figures == pytest.approx([other[each] for each in wanted], abs=1e-5)


@pytest.mark.parametrize("name", GOLDEN)
def test_group_aware_consensus_is_the_published_one(name):
    votes, answer = golden(name)
    tallies = tally(votes, labels_of(votes, answer), len(answer["group-clusters"]))
    ours = group_aware(tallies)["agree"].prod(axis=0)
    theirs = [answer["group-aware-consensus"][each] for each in votes.statements]
    assert ours == pytest.approx(theirs)


@pytest.mark.parametrize("name", GOLDEN)
def test_consensus_is_the_published_one(name):
    _votes, answer, found = drawn(name)
    for side in ("agree", "disagree"):
        ours = [each for each in found.consensus if each.direction == side]
        assert [int(each.statement) for each in ours] == [each["tid"] for each in answer["consensus"][side]]
        assert [each.share for each in ours] == pytest.approx(
            [e["p-success"] for e in answer["consensus"][side]]
        )


@pytest.mark.parametrize("name", GOLDEN)
def test_the_order_of_statements_has_the_published_priorities(name):
    votes, answer = golden(name)
    tallies = tally(votes, labels_of(votes, answer), len(answer["group-clusters"])).sum(axis=0)
    for at, each in enumerate(votes.statements):
        agrees, passes, disagrees = (int(count) for count in tallies[at])
        extremity, meta = answer["pca"]["comment-extremity"][at], int(each) in answer["meta-tids"]
        turn = priority_of(Candidate(each, agrees, disagrees, passes, extremity, meta), "polis")
        assert turn.priority == pytest.approx(answer["comment-priorities"][each])


@pytest.mark.parametrize("name", SETS)
def test_the_projection_is_that_of_red_dwarf(name):
    given, theirs = real_set(name), peer()
    found = draw_map(given.votes, mode="polis", moderated=given.moderated)
    assert [int(each) for each in found.participants.ids] == theirs[f"{name}/ids"].tolist()
    for axis, ours in enumerate((found.participants.x, found.participants.y)):
        other = theirs[f"{name}/xy"][:, axis]
        assert abs(np.corrcoef(ours, other)[0, 1]) > 0.9995
        assert np.abs(ours) == pytest.approx(np.abs(other), abs=2e-3)
    spots = np.array([[each.x, each.y] for each in found.statements])
    assert np.abs(spots) == pytest.approx(np.abs(theirs[f"{name}/statements"]), abs=2e-3)


@pytest.mark.parametrize("name", SETS)
def test_representative_statements_are_those_of_red_dwarf_for_the_same_groups(name):
    given, wanted = real_set(name), PEER[name]
    k, labels = wanted["k"], peer()[f"{name}/group"].astype(int)
    tallies = tally(given.votes, np.where(labels < 0, k, labels), k)
    kept = np.array([at for at, each in enumerate(given.votes.statements) if each not in given.moderated])
    said = representatives(tallies, kept, tuple(given.votes.statements), polis=True, minimum=1)
    ours = [[[int(each.statement), each.direction] for each in group] for group in said]
    assert ours == [wanted["repness"][str(group)] for group in range(k)]


@pytest.mark.parametrize("name", SETS)
def test_consensus_is_that_of_red_dwarf_but_for_equal_scores(name):
    given = real_set(name)
    found = draw_map(given.votes, mode="polis", moderated=given.moderated)
    seen = {each.id: each for each in found.statements}

    def score(tid, side):
        count = getattr(seen[str(tid)], f"{side}s")
        total = seen[str(tid)].seen
        return round(
            (count + 1) / (total + 2) * 2 * (total + 1) ** 0.5 * ((count + 1) / (total + 1) - 0.5), 9
        )

    for side in ("agree", "disagree"):
        ours = [int(each.statement) for each in found.consensus if each.direction == side]
        theirs = PEER[name]["consensus"][side]
        assert [score(each, side) for each in ours] == [score(each, side) for each in theirs]
