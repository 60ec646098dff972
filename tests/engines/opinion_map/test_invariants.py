"""What holds whatever the votes."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essor.engines.opinion_map.axes import centre, principal_axes
from essor.engines.opinion_map.draw import draw_map
from essor.engines.opinion_map.errors import NoVotes
from essor.engines.opinion_map.snapshot import snapshot_of
from essor.engines.opinion_map.stability import rand_index
from essor.engines.opinion_map.standing import standing
from essor.engines.opinion_map.votes import votes_from_arrays, votes_from_events, votes_from_matrix
from tests.engines.opinion_map.sets import real_set

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
events = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 8), st.sampled_from([1, 0, -1])), min_size=1, max_size=150
)


def told(found):
    return found.to_dict()


@quick
@given(events, st.sampled_from(["default", "polis"]))
def test_a_map_is_whole_finite_and_the_same_twice(log, mode):
    votes = votes_from_events(log)
    found = draw_map(votes, mode=mode, minimum=2)
    assert told(found) == told(draw_map(votes, mode=mode, minimum=2))
    assert len(found.participants) == len({each[0] for each in log})
    assert np.isfinite(found.participants.x).all()
    assert np.isfinite(found.participants.y).all()
    assert sum(each.size for each in found.groups) == int((found.participants.group >= 0).sum())
    assert all(each.size >= 2 or mode == "polis" for each in found.groups)
    assert all((each.group is None) == bool(each.why) for each in found.participants)
    assert sum(each.seen for each in found.statements) == len({each[:2] for each in log}) == found.votes


@quick
@given(events)
def test_the_last_vote_counts_and_the_order_of_the_rest_does_not(log):
    last = {(who, what): value for who, what, value in log}
    votes = votes_from_events(log)
    again = votes_from_events([(*pair, value) for pair, value in sorted(last.items())])
    assert votes.replaced == len(log) - len(last)
    assert votes.digest() == again.digest()
    for at, name in enumerate(votes.participants):
        mine = {str(what): value for (who, what), value in last.items() if str(who) == name}
        assert votes.row(at) == mine


@quick
@given(events)
def test_everybody_stands_where_the_kept_snapshot_places_them(log):
    votes = votes_from_events(log)
    found = draw_map(votes, minimum=1)
    kept = snapshot_of(found)
    for at, each in enumerate(found.participants):
        here = standing(kept, votes.row(at))
        assert (here.x, here.y) == pytest.approx((each.x, each.y), abs=2e-6)
        if each.group is not None and len(here.distances) > 1:
            least = here.distances[0][1]
            near = [group for group, far in here.distances if far <= least + 1e-4]
            assert each.group in near


@quick
@given(st.integers(2, 40), st.integers(2, 12), st.integers(0, 2**32 - 1))
def test_the_sparse_axes_are_those_of_the_filled_table(n, m, seed):
    rng = np.random.default_rng(seed)
    table = np.where(rng.random((n, m)) < 0.6, rng.choice([-1.0, 0.0, 1.0], (n, m)), np.nan)
    voted = ~np.isnan(table)
    if not voted.any():
        return
    means = np.where(voted, table, 0).sum(0) / np.maximum(voted.sum(0), 1)
    filled = np.where(voted, table, means) - means
    values = np.linalg.svd(filled, compute_uv=False)
    axes = principal_axes(centre(votes_from_matrix(table), np.zeros(m, dtype=bool), as_seen=True))
    assert np.sqrt(axes.eigenvalues) == pytest.approx(np.append(values, [0, 0])[:2], abs=1e-4)
    for vector, value in zip(axes.components, axes.eigenvalues, strict=True):
        assert filled.T @ (filled @ vector) == pytest.approx(value * vector, abs=1e-6)


def test_turning_every_vote_over_turns_the_map_over_and_keeps_the_groups():
    table = np.where(np.random.default_rng(3).random((60, 12)) < 0.5, 1.0, -1.0)
    table[:30, :6] = 1
    table[30:, :6] = -1
    one, other = draw_map(votes_from_matrix(table)), draw_map(votes_from_matrix(-table))
    assert rand_index(one.participants.group, other.participants.group) == 1
    assert one.explained == other.explained


def test_large_and_small_ways_to_the_axes_agree(monkeypatch):
    votes = real_set("brexit-consensus").votes
    centred = centre(votes, np.zeros(votes.shape[1], dtype=bool), as_seen=False)
    exact = principal_axes(centred)
    monkeypatch.setattr("essor.engines.opinion_map.axes.EXACT_WORK", 0)
    monkeypatch.setattr("essor.engines.opinion_map.axes.DENSE", 1000)
    rounds = principal_axes(centred)
    assert rounds.rounds > 3
    assert np.abs((exact.components * rounds.components).sum(axis=1)) == pytest.approx([1, 1], abs=1e-6)
    warm = principal_axes(centred, exact.components)
    assert warm.rounds < rounds.rounds


def test_wide_tables_are_solved_on_their_short_side():
    rng = np.random.default_rng(1)
    table = rng.choice([-1.0, 0.0, 1.0], size=(12, 300))
    found = draw_map(votes_from_matrix(table), minimum=1)
    centred = table - table.mean(axis=0)
    value = np.linalg.svd(centred, compute_uv=False)[0] ** 2
    assert found.explained[0] == pytest.approx(value / (centred**2).sum(), abs=1e-6)


@pytest.mark.parametrize("mode", ["default", "polis"])
def test_shuffled_arrays_of_a_crowd_give_the_map_of_sorted_ones(mode):
    rng = np.random.default_rng(5)
    n, m = 3000, 40
    rows, columns = np.nonzero(rng.random((n, m)) < 0.4)
    side = (rows % 3)[:, None] == np.arange(3)
    values = np.where(
        rng.random(len(rows)) < 0.2,
        0,
        np.where((columns[:, None] % 3 == np.arange(3)) & side, 1, 0).sum(1) * 2 - 1,
    )
    mixed = rng.permutation(len(rows))
    given_ = [votes_from_arrays(rows[o], columns[o], values[o]) for o in (slice(None), mixed)]
    assert given_[0].digest() == given_[1].digest()
    one, other = (draw_map(each, mode=mode) for each in given_)
    assert told(one) == told(other)
    assert len(one.groups) == 3 or mode == "polis"


def test_a_map_drawn_from_the_last_one_keeps_sides_and_names():
    given_ = real_set("vtaiwan.uberx")
    first = draw_map(given_.votes, moderated=given_.moderated)
    log = [
        (name, what, value)
        for at, name in enumerate(given_.votes.participants)
        for what, value in given_.votes.row(at).items()
    ]
    log += [("99999", str(what), 1) for what in given_.votes.statements[:20]]
    log = [(who, what, -value if who == "3" else value) for who, what, value in log]
    second = draw_map(votes_from_events(log), moderated=given_.moderated, previous=first)
    assert [each.id for each in second.groups] == [each.id for each in first.groups]
    same = first.participants.group == second.participants.group[: len(first.participants)]
    assert same.mean() > 0.98
    assert np.corrcoef(first.participants.x, second.participants.x[: len(first.participants)])[0, 1] > 0.99
    assert second.participants[len(first.participants)].id == "99999"


def test_polis_adopts_another_number_of_groups_only_after_four_maps_in_a_row():
    rng = np.random.default_rng(2)
    two = np.concatenate([np.ones((30, 9)), -np.ones((30, 9))])
    three = np.concatenate([two, np.tile([1, 1, 1, -1, -1, -1, 1, -1, 1], (30, 1))])
    noise = np.where(rng.random(three.shape) < 0.03, -1, 1)
    found = draw_map(votes_from_matrix(two * noise[:60]), mode="polis")
    numbers = [len(found.groups)]
    for _ in range(5):
        found = draw_map(votes_from_matrix(three * noise), mode="polis", previous=found)
        numbers.append(len(found.groups))
    assert numbers == [2, 2, 2, 2, 3, 3]
    assert len({each.id for each in found.groups}) == 3


def test_nobody_voted_is_never_a_map():
    with pytest.raises(NoVotes):
        draw_map(votes_from_events([], participants=["a"], statements=["s"]))
