"""Comparing texts costs a known amount of work, whatever anybody writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.common import aligning, merging
from essor.common.aligning import Aligned, TooLong, blocks
from essor.web.projects.differences import differences

LONG = 9_000
HOSTILE = {
    "two words": ("a b " * LONG, "b a " * (LONG - 1) + "a c b"),
    "sentences of one word": ("a. b. " * LONG, "b. a. " * (LONG - 1) + "c."),
    "short lines": ("a\nb\n" * LONG, "b\na\n" * (LONG - 3) + "c\n"),
    "full stops": ("." * LONG * 2, "!" + ". " * LONG),
    "many changed sentences": (
        "".join(f"a b a b a b {n}. " for n in range(900)),
        "".join(f"b a b c a {n} {n}. " for n in range(900)),
    ),
}
WORDS = st.lists(st.sampled_from(["a", "b", "c", ". ", " ", "\n"]), max_size=30).map("".join)


class Counted(list):
    """A list of words that counts how often one is read."""

    reads = 0

    def __getitem__(self, key):
        found = super().__getitem__(key)
        if isinstance(key, slice):
            return Counted(found)
        Counted.reads += 1
        return found


def reads(function, *lists):
    Counted.reads = 0
    function(*(Counted(each) for each in lists))
    return Counted.reads


def test_the_work_grows_with_the_product_of_the_lengths_not_with_their_cube():
    hostile = [["a", "b"] * size for size in (50, 100)]
    small, large = (reads(blocks, ["c", *each, "d"], ["e", *each[1:], "f"]) for each in hostile)
    assert large < 5 * small
    assert large < 3 * 200 * 200


def test_hostile_words_are_compared_within_the_bound(monkeypatch):
    tables = []

    def counted(one, two, _common=aligning._common):
        tables.append(len(one) * len(two))
        return _common(one, two)

    monkeypatch.setattr(aligning, "_common", counted)
    for name, (before, after) in HOSTILE.items():
        tables.clear()
        found = differences(before, after)
        assert sum(tables) <= 2 * aligning.MOST, name
        assert "".join(each.text for each in found if each.state != "added") == before, name
        assert "".join(each.text for each in found if each.state != "removed") == after, name
        tables.clear()
        merged = merging.merge(before, after, before.replace("a", "d"))
        assert sum(tables) <= 4 * aligning.MOST, name
        assert merged.clashes or merged.text, name


def test_beyond_the_bound_both_wordings_are_shown_whole():
    found = differences("un deux trois", "trois deux un", most=3)
    assert [(each.state, each.text) for each in found] == [
        ("removed", "un deux trois"),
        ("added", "trois deux un"),
    ]
    with pytest.raises(TooLong):
        blocks(list("abc"), list("cba"), most=3)
    assert Aligned(None, ["a"], ["a"]).get_matching_blocks() == [(0, 0, 1), (1, 1, 0)]


def test_only_the_sentence_that_changed_is_compared_by_words():
    before = "Le car part à huit heures. Il revient le soir."
    found = differences(before, before.replace("soir", "midi").replace("revient le", "rentre à"))
    assert [(each.state, each.text) for each in found] == [
        ("same", "Le car part à huit heures. Il "),
        ("removed", "revient le soir."),
        ("added", "rentre à midi."),
    ]


@given(before=WORDS, after=WORDS, most=st.integers(0, 300))
def test_both_wordings_can_be_read_from_the_pieces(before, after, most):
    found = differences(before, after, most)
    assert "".join(each.text for each in found if each.state != "added") == before
    assert "".join(each.text for each in found if each.state != "removed") == after


@given(one=st.lists(st.sampled_from("abc")), two=st.lists(st.sampled_from("abc")))
def test_a_run_is_the_same_in_both_and_runs_never_cross(one, two):
    last_one = last_two = 0
    for a, b, size in blocks(one, two):
        assert one[a : a + size] == two[b : b + size]
        assert a >= last_one
        assert b >= last_two
        last_one, last_two = a + size, b + size
