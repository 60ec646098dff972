"""Examples small enough to be worked with a pencil."""

import math

import numpy as np
import pytest

from essor.engines.opinion_map.draw import draw_map
from essor.engines.opinion_map.votes import votes_from_matrix

N = None


def two_camps():
    """Two camps of six opposed on four statements; all agree on the fifth; the sixth is seen by one alone."""
    left = [[1, 1, -1, -1, 1, N, 1, 0] for _ in range(6)]
    right = [[-1, -1, 1, 1, 1, N, 1, 0] for _ in range(6)]
    left[0][5] = 1
    return votes_from_matrix([*left, *right], statements=["a", "b", "c", "d", "e", "f", "g", "h"])


def test_two_opposed_camps_worked_by_hand():
    found = draw_map(two_camps(), least_votes=4)
    # Means: 0 on a–d, 1 on e–g, 0 on h: only a–d differ, so the first axis is (1, 1, -1, -1, 0…)/2, all the
    # variance is on it, and a participant of seven votes stands at sqrt(8/7)·(1+1+1+1)/2.
    assert np.abs(found.basis.components[0]).round(6).tolist() == [0.5] * 4 + [0] * 4
    assert found.explained == (1.0, 0.0)
    spots = sorted({round(each.x, 6) for each in found.participants if each.seen == 7})
    assert spots == pytest.approx([-2 * math.sqrt(8 / 7), 2 * math.sqrt(8 / 7)], abs=1e-6)
    alone = next(each for each in found.participants if each.seen == 8)
    assert abs(alone.x) == pytest.approx(2)
    assert [(each.id, each.size) for each in found.groups] == [(0, 6), (1, 6)]


def test_the_figures_of_a_representative_statement_worked_by_hand():
    found = draw_map(two_camps(), least_votes=4)
    first = found.groups[0].representative[0]
    # 6 of 6 against 0 of 6: share 7/8, ratio (7/8)/(1/8), z of one proportion 2·sqrt(7)/2, z of two with
    # 7/7 and 1/7, p = 8/14, sqrt(p(1-p)·2/7).
    assert (first.count, first.seen) == (6, 6)
    assert first.share == 7 / 8
    assert first.ratio == 7
    assert first.share_z == pytest.approx(math.sqrt(7))
    assert first.ratio_z == pytest.approx((6 / 7) / math.sqrt(8 / 14 * 6 / 14 * 2 / 7))
    assert first.metric == pytest.approx(first.ratio * first.ratio_z * first.share * first.share_z)
    assert first.certain
    said = {(each.statement, each.direction) for each in found.groups[0].representative}
    assert said in (
        {("a", "agree"), ("b", "agree"), ("c", "disagree"), ("d", "disagree")},
        {("a", "disagree"), ("b", "disagree"), ("c", "agree"), ("d", "agree")},
    )


def test_consensus_and_divisions_worked_by_hand():
    found = draw_map(two_camps(), least_votes=4)
    assert {each.statement for each in found.consensus} == {"e", "g"}
    agreed = found.consensus[0]
    assert agreed.metric == pytest.approx((7 / 8) ** 2)
    assert agreed.geometric_mean == agreed.least == pytest.approx(7 / 8)
    assert {each.statement for each in found.divisive} == {"a", "b", "c", "d"}
    assert all(each.metric == pytest.approx(6 / 8) for each in found.divisive)


def test_a_statement_stands_where_one_who_only_agrees_with_it_would():
    found = draw_map(two_camps(), least_votes=4)
    by_id = {each.id: each for each in found.statements}
    assert abs(by_id["a"].x) == pytest.approx(math.sqrt(8) / 2, abs=1e-6)
    assert by_id["a"].x == -by_id["c"].x
    assert by_id["e"].x == by_id["h"].x == 0
    assert (by_id["h"].agrees, by_id["h"].passes) == (0, 12)


def test_the_map_says_why():
    steps = {each["code"]: each for each in draw_map(two_camps(), least_votes=4).explain()}
    assert steps["read"]["votes"] == 85
    assert steps["groups"]["because"] == "best"
    assert steps["groups"]["silhouette"] > 0.9
    assert steps["stability"]["overall"] > 0.9
    assert steps["stands_out"]["times"] == 7


def test_moderated_statements_are_dropped_by_default_and_seen_by_all_in_polis():
    votes = two_camps()
    default = draw_map(votes, moderated=["a", "h"], least_votes=4)
    polis = draw_map(votes, mode="polis", moderated=["a", "h"], least_votes=4)
    assert (default.basis.width, polis.basis.width) == (6, 8)
    for found in (default, polis):
        assert "a" not in found.basis.statements
        assert [each.moderated for each in found.statements] == [True] + [False] * 6 + [True]
        assert not {"a", "h"} & {one.statement for each in found.groups for one in each.representative}
    # Five votes on six statements kept; in polis the two set aside count as seen: 7 of 8.
    last = 11
    assert abs(default.participants[last].x) == pytest.approx(math.sqrt(6 / 5) * math.sqrt(3), abs=1e-6)
    assert abs(polis.participants[last].x) == pytest.approx(math.sqrt(8 / 7) * math.sqrt(3), abs=1e-6)


def test_the_json_has_the_shape_that_is_promised():
    told = draw_map(two_camps(), least_votes=4).to_dict()
    assert list(told) == ["method", "participants", "statements", "groups", "consensus", "divisive"]
    assert list(told["participants"][0]) == ["id", "x", "y", "group"]
    assert list(told["statements"][0]) == ["id", "x", "y", "agrees", "disagrees", "passes"]
    assert list(told["groups"][0]) == ["id", "size", "representative"]
    assert list(told["groups"][0]["representative"][0]) == ["statement", "direction", "metric"]
    assert told["method"]["mode"] == "default"
