"""The engine against a naive reading of its own formulas, a case worked by hand, and what must always hold."""

import math
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.engines.matching.errors import BadSide, BadWeights, NothingToCompare
from essor.engines.matching.match import match
from essor.engines.matching.prepared import great_circle
from essor.engines.matching.sides import Item
from essor.engines.matching.weights import PARTS, REASONS, Refusal, Weights

STEMS = ("bus", "soir", "ecol", "pain", "bois", "eau")
stems = st.lists(st.sampled_from(STEMS), max_size=6).map(tuple)
few = st.frozensets(st.integers(0, 4), max_size=3)
things = st.dictionaries(
    st.integers(0, 3), st.lists(st.sampled_from(STEMS), max_size=3).map(tuple), max_size=3
)
spots = st.one_of(st.none(), st.tuples(st.sampled_from([47.9, 47.95, 48.3]), st.sampled_from([3.3, 3.5])))


@st.composite
def items(draw, prefix):
    number = draw(st.integers(1, 7))
    made = []
    for rank in range(number):
        spot = draw(spots)
        made.append(
            Item(
                f"{prefix}{rank}", draw(stems), draw(few), *(spot or (None, None)), draw(few), draw(few),
                draw(few), draw(few), draw(things), draw(things),
            )
        )  # fmt: skip
    return made


def naive(left, right, weights=None):
    """Every pair scored one after the other, from the formulas of the docstrings, without a matrix."""
    weights = weights or Weights()
    texts = [
        (
            *each.words,
            *(stem for side in (each.offers, each.seeks) for words in side.values() for stem in words),
        )
        for each in (*left, *right)
    ]
    spread = Counter(stem for text in texts for stem in set(text))
    idf = {stem: math.log(1 + len(texts) / count) for stem, count in spread.items()}

    def vector(words):
        counts = Counter(word for word in words if idf.get(word, 0) > 0)
        raw = {word: (1 + math.log(n)) * idf[word] for word, n in sorted(counts.items())}
        length = math.sqrt(math.fsum(value * value for value in raw.values()))
        return {word: round(value * 1024 / length) for word, value in raw.items()} if length else {}

    def product(one, other):
        one, other = vector(one), vector(other)
        return sum(value * other.get(word, 0) for word, value in one.items())

    def covered(wanted, offered, most):
        found = sum(1024**2 + product(wanted[kind], offered[kind]) for kind in set(wanted) & set(offered))
        return min(most, most * found // (2 * 1024**2 * max(len(wanted), 1)))

    def score(one, other):
        text = min(weights.text, weights.text * 3 * product(one.words, other.words) // (3 * 1024**2))
        shared = len(one.themes & other.themes)
        themes = weights.themes * shared // max(1, min(len(one.themes), len(other.themes)))
        towards = weights.complement * 2 // 3
        complement = covered(one.seeks, other.offers, towards)
        complement += covered(other.seeks, one.offers, weights.complement - towards)
        if not (text or themes or complement):
            return None
        distance = weights.distance // 2
        if one.is_somewhere and other.is_somewhere:
            pair = [(one.latitude, one.longitude), (other.latitude, other.longitude)]
            half = weights.half_distance
            distance = weights.distance * half // (half + int(great_circle(pair)[0, 1]))
        families = weights.families if one.missing & other.families else 0
        unusual = weights.unusual // 2 if other.families - one.linked_families else 0
        unusual += weights.unusual - weights.unusual // 2 if other.themes - one.linked_themes else 0
        return text + themes + distance + complement + families + unusual

    return {(one.id, other.id): score(one, other) for one in left for other in right}


@given(items("l"), items("r"))
def test_the_matrices_say_what_the_formulas_say(left, right):
    found = match(left, right, k=100, floor=0)
    assert {(each.left, each.right): each.score for each in found.proposals} == {
        pair: score for pair, score in naive(left, right).items() if score is not None
    }


@given(items("l"), items("r"), st.randoms())
def test_neither_the_order_of_the_items_nor_the_number_kept_changes_what_is_best(left, right, chance):
    every = match(left, right, k=100, floor=0).proposals
    shuffled = list(left), list(right)
    for side in shuffled:
        chance.shuffle(side)
    best = match(*shuffled, k=2, floor=0)
    kept = [(each.left, each.right, each.score) for each in every if each.rank <= 2]
    assert [(each.left, each.right, each.score) for each in best.proposals] == kept


@given(items("l"), items("r"))
def test_a_score_is_the_sum_of_its_parts_and_no_part_passes_its_most(left, right):
    for each in match(left, right, k=100, floor=0).proposals:
        assert [part.name for part in each.parts] == list(PARTS)
        assert sum(part.points for part in each.parts) == each.score <= 1000
        assert all(0 <= part.points <= part.most for part in each.parts)


@given(items("l"), items("r"))
def test_offering_what_is_sought_never_lowers_a_score(left, right):
    wished = [replace(left[0], seeks={1: ("bus",)}), *left[1:]]
    before = naive(wished, right)[(wished[0].id, right[0].id)] or 0
    given_ = [replace(right[0], offers={**right[0].offers, 1: ("bus",)}), *right[1:]]
    found = match(wished, given_, k=100, floor=0).of(wished[0].id)
    after = next((each for each in found if each.right == given_[0].id), None)
    assert after is not None
    complement = next(part for part in after.parts if part.name == "complement")
    assert complement.points > 0
    assert after.score >= before - _lost_by_idf(wished, right, given_)


def _lost_by_idf(left, right, changed):
    """Saying a word once more makes it less rare: what the words of this pair lose by that alone."""
    one, other = naive(left, right), naive(left, changed)
    pair = (left[0].id, right[0].id)
    return max(0, (one[pair] or 0) - (other[pair] or 0))


@given(items("l"), items("r"), st.data())
def test_what_people_set_aside_is_never_proposed(left, right, data):
    pairs = [(one.id, other.id) for one in left for other in right]
    known = data.draw(st.lists(st.sampled_from(pairs), max_size=3))
    said = data.draw(st.lists(st.tuples(st.sampled_from(pairs), st.sampled_from(REASONS)), max_size=3))
    refusals = [Refusal(one, other, reason) for (one, other), reason in said]
    found = match(left, right, k=100, floor=0, known=known, refusals=refusals)
    proposed = {(each.left, each.right) for each in found.proposals}
    assert not proposed & {*known, *(pair for pair, _reason in said)}
    busy = {other for (_one, other), reason in said if reason == "no_time"}
    assert not {right for _left, right in proposed} & busy


def grocery():
    """A grocery seeks a place and money; a town offers a place beside it, a bank far away offers money."""
    project = Item(
        "lavoir", ("epiceri", "bourg"), frozenset({1}), 47.8586, 3.4536, missing=frozenset({3}),
        seeks={2: ("local", "plain"), 4: ()},
    )  # fmt: skip
    town = Item(
        "commune",
        ("bourg", "plac"),
        frozenset({1, 2}),
        47.8586,
        3.4536,
        frozenset({3}),
        offers={2: ("local",)},
    )
    bank = Item("banque", ("pret",), frozenset({5}), 50.63, 3.06, frozenset({2}), offers={4: ("pret",)})
    return project, town, bank


def test_a_case_worked_by_hand():
    project, town, bank = grocery()
    first, second = match([project], [town, bank], floor=0).proposals
    points = {part.name: part.points for part in first.parts}
    # Six stems over three texts. "bourg", "local": two texts of three, ln 2.5; the others: one, ln 4.
    # words: "bourg" weighs 0.9163 / √(0.9163² + 1.3863²) = 0.5514 on both sides, 565/1024 once rounded
    assert points["text"] == 91  # 300 × 565² / 1024² = 91.3
    assert points["themes"] == 150  # 1 of the fewest, 1
    assert points["distance"] == 150  # the same place
    # towards: 166 points; two kinds sought, one covered: half for it, half for its words:
    # local·local of (local, plain) and (local): 0.5514
    assert points["complement"] == 166 * (1000 + 551) // 4000
    assert (points["families"], points["unusual"]) == (75, 75)
    assert (first.right, second.right) == ("commune", "banque")
    assert first.is_unusual
    distance = next(part for part in second.parts if part.name == "distance")
    assert distance.evidence == {"kilometres": 309}
    assert distance.points == 150 * 15 // (15 + 309)


def test_each_part_says_what_it_rests_on():
    project, town, _bank = grocery()
    found = {part.name: part.evidence for part in match([project], [town], floor=0).proposals[0].parts}
    assert found["themes"] == {"shared": [1]}
    assert found["complement"] == {"brings": [{"kind": 2, "words": ["local"]}], "receives": []}
    assert found["families"] == {"brings": [3]}
    assert found["unusual"] == {"families": [3], "themes": [1, 2]}


def test_what_a_proposal_rests_on_is_told():
    one = Item("one", ("bus", "soir"), frozenset({1}))
    first = Item("first", ("bus", "soir"), frozenset({1}))
    second = Item("second", ("bus", "soir"), frozenset({2}))
    others = [Item(f"other{n}", ("pain",)) for n in range(3)]
    kept = match([one], [first, second, *others], k=1, floor=0).proposals[0]
    assert kept.right == "first"
    assert [(each.part, each.effect, each.points) for each in kept.would_change] == [
        ("text", "drops", 299),  # rounding to whole 1/1024 costs a point
        ("themes", "drops", 150),
    ]
    without = replace(first, themes=frozenset({2}), id="z")
    assert match([one], [without, second, *others], k=1, floor=0).proposals[0].right == "second"


def test_a_lift_that_is_told_really_happens():
    """What is promised of the words is true: give the second the words of the first, and it passes it."""
    one = Item("one", ("bus", "soir"), frozenset({1}))
    near = Item("near", ("bus", "soir"), frozenset({2}))
    other = Item("other", ("pain",), frozenset({1}))
    first, second = match([one], [near, other], floor=0).proposals
    lift = next(each for each in second.would_change if each.part == "text")
    assert (first.right, lift.effect, lift.rank) == ("near", "lifts", 1)
    better = replace(other, words=("bus", "soir"))
    assert match([one], [near, better], floor=0).proposals[0].right == "other"


def test_too_far_shortens_the_distance_of_this_seeker_alone():
    here = Item("a", ("bus",), frozenset({1}), 47.9, 3.3)
    too = Item("b", ("bus",), frozenset({1}), 47.9, 3.3)
    there, away = (Item(name, ("soir",), frozenset({1}), 48.3, 3.3) for name in ("there", "away"))
    refusals = [Refusal("a", "away", "too_far")]
    found = {each.left: each for each in match([here, too], [there, away], refusals=refusals, floor=0).proposals
             if each.right == "there"}  # fmt: skip
    points = {
        name: next(p.points for p in each.parts if p.name == "distance") for name, each in found.items()
    }
    assert points == {"a": 150 * 7 // (7 + 44), "b": 150 * 15 // (15 + 44)}


def test_another_theme_gives_more_weight_to_themes_and_never_more_than_a_bound():
    seeker = Item("a", ("bus",), frozenset({1}))
    rights = [Item(f"r{n}", ("bus",), frozenset({1})) for n in range(6)]
    refusals = [Refusal("a", f"r{n}", "other_theme") for n in range(5)]
    last = match([seeker], rights, refusals=refusals, floor=0).proposals[0]
    assert {part.name: part.most for part in last.parts}["themes"] == 250
    assert {part.name: part.most for part in last.parts}["text"] == 200


def test_what_resembles_something_not_relevant_loses_points():
    seeker = Item("a", ("bus", "soir"), frozenset({1}))
    rights = [
        Item("like", ("bus", "soir")),
        Item("refused", ("bus", "soir")),
        Item("other", ("ecol", "soir")),
    ]
    before = {each.right: each.score for each in match([seeker], rights, floor=0).proposals}
    after = {
        each.right: each.score
        for each in match(
            [seeker], rights, floor=0, refusals=[Refusal("a", "refused", "not_relevant")]
        ).proposals
    }
    assert after["like"] < before["like"]
    assert "refused" not in after


def test_the_same_input_has_the_same_digest_and_another_has_not():
    project, town, bank = grocery()
    one = match([project], [town, bank]).method.digest
    assert match([project], [bank, town]).method.digest == one
    assert match([project], [bank]).method.digest != one
    assert match([project], [town, bank], known=[("lavoir", "banque")]).method.digest != one


def test_the_floor_keeps_weak_proposals_out():
    project, town, bank = grocery()
    assert [each.right for each in match([project], [town, bank]).proposals] == ["commune"]


def test_the_account_tells_what_was_compared():
    project, town, bank = grocery()
    told = match([project], [town, bank], known=[("lavoir", "banque")]).explain()
    assert [each["code"] for each in told] == ["compare", "set_aside", "score", "keep", "propose"]
    assert told[0]["pairs"] == 2
    assert told[1]["pairs"] == 1


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (Item(""), r"right\[0\].id: it is empty"),
        (Item("x", latitude=48.0), r"right\[0\].longitude: it is missing"),
        (Item("x", latitude=91.0, longitude=0.0), r"right\[0\].latitude: 91.0 is no latitude"),
        (Item("x", latitude=0.0, longitude=float("nan")), r"right\[0\].longitude: nan is no longitude"),
    ],
)
def test_an_item_that_cannot_be_compared_is_named_with_its_field(item, words):
    with pytest.raises(BadSide, match=words):
        match([Item("a")], [item])


def test_an_id_that_stands_twice_is_named():
    with pytest.raises(BadSide, match=r"left\[1\].id: 'a' stands twice"):
        match([Item("a"), Item("a")], [Item("b")])


def test_an_empty_side_and_unfair_weights_are_refused():
    with pytest.raises(NothingToCompare, match="1 on the left, 0 on the right"):
        match([Item("a")], [])
    with pytest.raises(BadWeights, match="give 50 more"):
        Weights(text=250)
    with pytest.raises(BadWeights, match="is no reason"):
        Refusal("a", "b", "because")
