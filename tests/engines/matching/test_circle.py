"""The circle of an alliance: exact when few, never far from the best when many."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from essor.engines.matching import circle
from essor.engines.matching.circle import FAMILY, KIND, Candidate, compose

some = st.frozensets(st.integers(0, 5), max_size=3)
candidates = st.lists(
    st.builds(Candidate, st.uuids().map(str), st.integers(0, 1000), some, some), min_size=1, max_size=7,
    unique_by=lambda each: each.id,
)  # fmt: skip


def points(chosen, sought, missing):
    kinds = {kind for each in chosen for kind in each.kinds} & sought
    families = {family for each in chosen for family in each.families} & missing
    return sum(each.score for each in chosen) + KIND * len(kinds) + FAMILY * len(families)


@given(candidates, some, some, st.integers(1, 4))
def test_with_few_candidates_no_set_is_better(people, sought, missing, most):
    found = compose(people, sought=sought, missing=missing, most=most)
    sets = (chosen for size in range(1, most + 1) for chosen in combinations(people, min(size, len(people))))
    assert found.is_exact
    assert found.points == max(points(chosen, sought, missing) for chosen in sets)


@given(candidates, some, some, st.integers(1, 4))
def test_step_by_step_reaches_at_least_two_thirds_or_so(people, sought, missing, most):
    pool = sorted(people, key=lambda each: each.id)
    size = min(most, len(pool))
    reached = points(circle._greedy(pool, size, sought, missing), sought, missing)
    best = compose(people, sought=sought, missing=missing, most=most).points
    assert reached * 1000 >= 632 * best


@given(candidates, some, some)
def test_each_member_says_what_it_adds_and_the_rest_is_told_as_missing(people, sought, missing):
    found = compose(people, sought=sought, missing=missing, most=3)
    added = [kind for seat in found.seats for kind in seat.kinds]
    assert len(added) == len(set(added)), "nobody adds what another brought"
    assert set(added) | set(found.kinds_uncovered) == sought
    families = [family for seat in found.seats for family in seat.families]
    assert set(families) | set(found.families_uncovered) == missing


def test_many_candidates_are_chosen_step_by_step_and_it_is_said():
    people = [Candidate(f"{n:03}", n) for n in range(120)]
    found = compose(people, sought=frozenset(), missing=frozenset(), most=5)
    assert not found.is_exact
    assert [seat.id for seat in found.seats] == ["119", "118", "117", "116", "115"]
