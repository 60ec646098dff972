"""What goes with the map: two dates, tables that name nobody, the order of statements, one participant."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from essor.engines.opinion_map.compare import compare_maps
from essor.engines.opinion_map.draw import draw_map
from essor.engines.opinion_map.errors import BadRequest, BadVotes
from essor.engines.opinion_map.routing import Candidate, routing
from essor.engines.opinion_map.snapshot import snapshot_of
from essor.engines.opinion_map.standing import standing
from essor.engines.opinion_map.storage import packed, unpacked
from essor.engines.opinion_map.suppression import suppress
from essor.engines.opinion_map.votes import votes_from_matrix
from tests.engines.opinion_map.sets import real_set


def camps(left=20, right=20, moved=0, flipped=False):
    table = np.concatenate([np.ones((left, 10)), -np.ones((right, 10))])
    table[:moved] *= -1
    table[:, 9] = -1 if flipped else 1
    return draw_map(votes_from_matrix(table), minimum=3)


def test_two_dates_are_compared():
    before, after = camps(), camps(moved=4, flipped=True)
    found = compare_maps(before, after)
    assert {each.id for each in found.moved} == {"0", "1", "2", "3"}
    assert found.stayed == 36
    assert (found.came, found.went) == (0, 0)
    assert sorted(each.shared for each in found.groups) == [16, 20]
    assert [each.statement for each in found.changed] == ["9"]
    shift = found.changed[0]
    assert shift.agree[0] > 0.9 > 0.1 > shift.agree[1]


def test_groups_that_end_or_begin_are_told_and_newcomers_counted():
    one = camps()
    alone = draw_map(votes_from_matrix(np.ones((50, 10))))
    found = compare_maps(one, alone)
    assert sorted(each.after is None for each in found.groups) == [False, True]
    assert found.came == 10
    back = compare_maps(alone, one)
    assert any(each.before is None for each in back.groups)
    assert back.went == 10
    assert compare_maps(one, one).moved == ()


def test_a_small_family_takes_its_total_and_another_with_it():
    shown = suppress([[40, 30], [2, 1], [25, 50]])
    assert shown.cells[1] == (None, None)
    assert shown.row_totals[1] is None
    assert shown.row_totals.count(None) == 2
    assert shown.total == 148
    assert not shown.withheld


def test_nothing_small_hides_nothing_and_a_small_whole_hides_all():
    assert suppress([[10, 0], [7, 9]]).hidden == 0
    tiny = suppress([[1, 2], [0, 1]])
    assert tiny.withheld
    assert tiny.total is None


@pytest.mark.parametrize("wrong", [[], [[]], [[1, -2]], [[1.5]], [[float("nan")]], [[1], [1, 2]], ["ab"]])
def test_what_is_no_table_is_refused(wrong):
    with pytest.raises(BadRequest):
        suppress(wrong)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda w: st.lists(st.lists(st.integers(0, 30), min_size=w, max_size=w), min_size=1, max_size=4)
    )
)
def test_no_small_cell_can_be_worked_out(table):
    shown = suppress(table)
    counts = np.array(table)
    flat = [each for row in shown.cells for each in row]
    assert all(
        each is None or each == 0 or each >= 5 for each in [*flat, *shown.row_totals, *shown.column_totals]
    )
    assert all(each is None or each == real for each, real in zip(flat, counts.ravel(), strict=True))
    if shown.withheld:
        return
    # Whoever knows what is shown: every unknown cell must have more than one possible value.
    n, (rows, columns) = counts.size, counts.shape
    equations, values = [], []
    for at, each in enumerate(flat):
        if each is not None:
            equations.append(np.eye(n)[at])
            values.append(each)
    masks = [np.eye(rows)[i][:, None] * np.ones(columns) for i in range(rows)]
    masks += [np.ones((rows, 1)) * np.eye(columns)[j] for j in range(columns)] + [np.ones((rows, columns))]
    totals = [*shown.row_totals, *shown.column_totals, shown.total]
    for mask, total in zip(masks, totals, strict=True):
        if total is not None:
            equations.append(mask.ravel())
            values.append(total)
    for at, each in enumerate(flat):
        if each is None and 0 < counts.ravel()[at] < 5:
            ends = [
                linprog(s * np.eye(n)[at], A_eq=np.array(equations), b_eq=values, bounds=(0, None)).fun
                for s in (1, -1)
            ]
            assert -ends[1] - ends[0] > 0.5


def test_new_statements_come_early_and_old_ones_still_come():
    old = [Candidate(f"old{i}", agrees=40, disagrees=30, passes=10, extremity=1.5) for i in range(10)]
    fresh = [Candidate(f"new{i}") for i in range(2)]
    firsts = [routing([*old, *fresh], participant=str(who))[0].id for who in range(400)]
    assert 0.2 < sum(each.startswith("new") for each in firsts) / 400 < 0.8
    assert len(set(firsts)) == 12


def test_the_order_is_the_same_for_a_seed_and_voting_changes_nothing_of_the_rest():
    every = [Candidate(str(i), agrees=i, passes=2) for i in range(30)]
    order = [each.id for each in routing(every, participant="ana", seed=4)]
    assert order == [each.id for each in routing(list(reversed(every)), participant="ana", seed=4)]
    assert order != [each.id for each in routing(every, participant="ben", seed=4)]
    assert order[3:] == [each.id for each in routing(every, participant="ana", seed=4, seen=order[:3])]
    assert order[:5] == [each.id for each in routing(every, participant="ana", seed=4, most=5)]


def test_one_that_is_passed_comes_late_and_wrong_counts_are_refused():
    informative, dull = (
        Candidate("a", agrees=45, disagrees=45),
        Candidate("b", agrees=5, disagrees=5, passes=80),
    )
    firsts = [routing([informative, dull], participant=str(who))[0].id for who in range(200)]
    assert firsts.count("a") > 180
    for wrong in (Candidate("x", agrees=-1), Candidate("x", extremity=float("nan"))):
        with pytest.raises(BadRequest):
            routing([wrong], participant="a")
    with pytest.raises(BadRequest):
        routing([], participant="a", mode="other")


def test_one_participant_is_placed_from_json_and_told_what_is_missing():
    kept = json.loads(json.dumps(snapshot_of(camps())))
    mine = standing(kept, {str(i): 1 for i in range(8)})
    assert mine.group == camps().participants[0].group
    assert mine.distances[0][0] == mine.group
    assert len(mine.pulls) == 5
    few = standing(kept, {"0": 1, "1": 1, "unknown": -1})
    assert (few.group, few.why, few.seen, few.missing) == (None, "few_votes", 2, 5)
    assert standing(kept, {}).why == "no_vote"
    assert (standing(kept, {}).x, standing(kept, {}).y) == (0, 0)
    with pytest.raises(BadVotes):
        standing(kept, {"0": 3})


@pytest.mark.parametrize("mode", ["default", "polis"])
def test_a_map_kept_as_json_is_the_same_map(mode):
    given_ = real_set("london.youth.policing")
    drawn = draw_map(given_.votes, mode=mode, moderated=given_.moderated)
    back = unpacked(json.loads(json.dumps(packed(drawn), allow_nan=False)))
    assert packed(back) == packed(drawn)
    assert back.to_dict() == drawn.to_dict()
    assert compare_maps(drawn, back).moved == ()
    again = [
        draw_map(given_.votes, mode=mode, moderated=given_.moderated, previous=each) for each in (drawn, back)
    ]
    assert packed(again[0]) == packed(again[1])
    alone = draw_map(votes_from_matrix([[1.0] * 8]), mode=mode)
    assert packed(unpacked(json.loads(json.dumps(packed(alone))))) == packed(alone)
