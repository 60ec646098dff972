"""What cannot be drawn is refused in words; what is poor gives a clear, poor map."""

import numpy as np
import pytest

from essor.engines.opinion_map.draw import draw_map
from essor.engines.opinion_map.errors import BadRequest, BadVotes, NoVotes
from essor.engines.opinion_map.votes import votes_from_arrays, votes_from_events, votes_from_matrix


@pytest.mark.parametrize("matrix", [[], [[]], [[None, None]], np.zeros((0, 4)), np.full((3, 2), np.nan)])
@pytest.mark.parametrize("mode", ["default", "polis"])
def test_nothing_was_voted(matrix, mode):
    with pytest.raises(NoVotes):
        draw_map(votes_from_matrix(matrix), mode=mode)


def test_all_is_moderated_out():
    with pytest.raises(NoVotes) as refused:
        draw_map(votes_from_matrix([[1, 0]]), moderated=["0", "1"])
    assert refused.value.statements == 0


@pytest.mark.parametrize("mode", ["default", "polis"])
def test_one_participant_has_a_place_and_is_told_why_there_is_no_group(mode):
    found = draw_map(votes_from_matrix([[1, -1, 0, 1, 1, 1, 1, 1]]), mode=mode)
    assert (found.participants[0].x, found.participants[0].y) == (0, 0)
    if mode == "default":
        assert found.groups == ()
        assert found.participants[0].why == "too_few_people"
    assert found.explained == (0, 0)


@pytest.mark.parametrize("mode", ["default", "polis"])
def test_everybody_agrees_makes_one_group_and_a_consensus(mode):
    found = draw_map(votes_from_matrix(np.ones((30, 8))), mode=mode)
    assert [each.size for each in found.groups] == [30]
    assert len(found.consensus) == (8 if mode == "default" else 5)
    assert found.divisive == ()
    step = next(each for each in found.explain() if each["code"] == "groups")
    assert step["because"] == "no_difference"


@pytest.mark.parametrize("mode", ["default", "polis"])
def test_a_statement_nobody_voted_on_stands_in_the_middle_and_moves_nobody(mode):
    rng = np.random.default_rng(0)
    table = rng.choice([-1.0, 0.0, 1.0], size=(40, 10))
    table[:, 3] = np.nan
    found = draw_map(votes_from_matrix(table), mode=mode)
    silent = found.statements[3]
    assert silent.seen == 0
    assert not silent.moderated
    assert (silent.x, silent.y) == (0, 0)


def test_who_voted_on_nothing_is_there_without_a_group():
    votes = votes_from_events(
        [(i, j, 1 - 2 * (i % 2)) for i in range(20) for j in range(8)], participants=[99]
    )
    found = draw_map(votes)
    assert found.participants[20].why == "no_vote"
    assert found.participants.not_grouped() == {"no_vote": 1}


def test_few_votes_are_said():
    votes = votes_from_events(
        [*((i, j, 1 - 2 * (i % 2)) for i in range(20) for j in range(8)), (77, 0, 1), (77, 1, 1)]
    )
    found = draw_map(votes)
    assert [each.why for each in found.participants if each.group is None] == ["few_votes"]


@pytest.mark.parametrize("value", [2, -3, 0.5, float("nan"), float("inf"), "1", None])
def test_what_is_no_vote_is_named_with_its_place(value):
    with pytest.raises(BadVotes) as refused:
        votes_from_events([("a", "s", 1), ("b", "s", value)])
    assert refused.value.where == "values[1]"


def test_an_infinite_cell_of_a_matrix_is_refused_and_a_missing_one_is_no_vote():
    with pytest.raises(BadVotes, match="finite"):
        votes_from_matrix([[1, float("inf")]])
    assert len(votes_from_matrix([[1, float("nan")]])) == 1


def test_ten_votes_of_one_person_on_one_statement_count_once_and_the_last_one():
    votes = votes_from_events([("ana", "s", value) for value in (1, 0, -1, 1, 1, 0, 1, -1, 0, -1)])
    assert votes.row(0) == {"s": -1}
    assert votes.replaced == 9


def test_the_order_of_times_decides_when_it_is_given():
    votes = votes_from_events([("ana", "s", 1), ("ana", "s", -1)], times=[20, 10])
    assert votes.row(0) == {"s": 1}


def test_the_other_sign_is_turned():
    assert votes_from_events([("ana", "s", -1)], agree=-1).row(0) == {"s": 1}
    with pytest.raises(BadRequest):
        votes_from_events([("ana", "s", -1)], agree=2)


def test_arrays_must_fit_together():
    one = np.array([0])
    with pytest.raises(BadVotes, match="one length"):
        votes_from_arrays(one, one, np.array([1, 1]))
    with pytest.raises(BadVotes, match="known"):
        votes_from_arrays(np.array([5]), one, one, participants=3)
    with pytest.raises(BadVotes, match="known"):
        votes_from_arrays(np.array([-1]), one, one)
    with pytest.raises(BadVotes, match="twice"):
        votes_from_arrays(one, one, one, participants=["a", "a"])
    with pytest.raises(BadVotes, match="two dimensions"):
        votes_from_matrix([1, 0])
    with pytest.raises(BadVotes, match="one length"):
        votes_from_matrix([[1], [1, 0]])


@pytest.mark.parametrize(
    "wrong",
    [{"mode": "x"}, {"groups": 1}, {"groups": True}, {"groups": "3"}, {"minimum": 0}, {"least_votes": 0}],
)
def test_arguments_out_of_bounds_are_named(wrong):
    with pytest.raises(BadRequest) as refused:
        draw_map(votes_from_matrix([[1]]), **wrong)
    assert refused.value.argument in wrong


def test_a_group_too_small_to_be_shown_is_dissolved_and_said():
    table = np.concatenate(
        [np.ones((20, 9)), -np.ones((20, 9)), np.tile([1, -1, 1, -1, 1, -1, 1, -1, 1], (2, 1))]
    )
    found = draw_map(votes_from_matrix(table), groups=3)
    assert [each.size for each in found.groups] == [20, 20]
    assert found.participants.not_grouped() == {"group_too_small": 2}


def test_more_groups_than_places_are_not_invented():
    table = np.concatenate([np.ones((10, 9)), -np.ones((10, 9))])
    assert len(draw_map(votes_from_matrix(table), groups=6).groups) == 2
    assert len(draw_map(votes_from_matrix(table), groups=6, mode="polis").groups) == 2
