"""Decisions are counted exactly, whatever the order of the ballots."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.engines.tally import errors
from essor.engines.tally.majority import MajorityVote, YesNo, count_majority
from essor.engines.tally.ranked import RankedVote, Ranking, count_ranked
from essor.engines.tally.rules import Quorum, TieRule

SAID = (("A", "yes", 4), ("A", "no", 6), ("B", "yes", 9), ("B", "no", 1), ("C", "yes", 5))
WEIGHTS = {"A": "0.5", "B": "0.3", "C": "0.2"}
BALLOTS = tuple(YesNo(str(at), choice, name, n) for at, (name, choice, n) in enumerate(SAID))


@pytest.mark.parametrize(
    ("convention", "share", "adopted"),
    [("proportional", Fraction(67, 100), True), ("bloc", Fraction(1, 2), False)],
)
def test_the_two_conventions_of_colleges_part(convention, share, adopted):
    found = count_majority(MajorityVote(BALLOTS, WEIGHTS, convention))
    assert (found.share_yes, found.adopted) == (share, adopted)
    other = next(each for each in found.elsewhere if each.parameter == "convention")
    assert (other.outcome == "adopted") is not adopted


def test_a_college_nobody_attended_is_reviewed_unless_a_rule_says_more():
    two = BALLOTS[:4]
    assert count_majority(MajorityVote(two, WEIGHTS, "proportional")).outcome == "to_review"
    lost = count_majority(MajorityVote(two, WEIGHTS, "proportional", empty_college="lost"))
    assert (lost.share_yes, lost.adopted) == (Fraction(47, 100), False)
    spread = count_majority(MajorityVote(two, WEIGHTS, "proportional", empty_college="respread"))
    assert (spread.share_yes, spread.adopted) == (Fraction(47, 80), True)


def test_abstentions_the_quorum_and_the_tie_follow_their_rules():
    ballots = (YesNo("1", "yes", times=5), YesNo("2", "no", times=5), YesNo("3", "abstain", times=2))
    assert count_majority(MajorityVote(ballots)).adopted is False
    chair = TieRule("order", order=("yes", "no"))
    assert count_majority(MajorityVote(ballots, tie=chair)).adopted is True
    counted = count_majority(MajorityVote(ballots, abstentions="counted", tie=chair))
    assert (counted.share_yes, counted.adopted) == (Fraction(5, 12), False)
    assert count_majority(MajorityVote(ballots, quorum=Quorum(26, share="1/2"))).outcome == "no_quorum"


@pytest.mark.parametrize(
    ("vote", "problem", "where"),
    [
        (MajorityVote(()), errors.NoBallots, "ballots"),
        (MajorityVote(BALLOTS[:1] * 2, WEIGHTS, "bloc"), errors.DuplicateBallot, "ballots[1].id"),
        (MajorityVote(BALLOTS, {"A": "0.5", "B": "0.3"}, "bloc"), errors.BadWeights, "colleges"),
        (
            MajorityVote((YesNo("1", "yes", "D"),), WEIGHTS, "bloc"),
            errors.UnknownCollege,
            "ballots[0].college",
        ),
        (MajorityVote((YesNo("1", "oui"),)), errors.UnknownChoice, "ballots[0].choice"),
        (
            MajorityVote((YesNo("1", "yes"),), quorum=Quorum(3, people=4)),
            errors.UnreachableQuorum,
            "quorum.people",
        ),
    ],
)
def test_bad_input_names_the_place(vote, problem, where):
    with pytest.raises(problem) as refused:
        count_majority(vote)
    assert refused.value.where == where


def test_the_published_example_of_forty_five_voters():
    rows = [
        "5",
        "ACBED",
        "5",
        "ADECB",
        "8",
        "BEDAC",
        "3",
        "CABED",
        "7",
        "CAEBD",
        "2",
        "CBADE",
        "7",
        "DCEBA",
        "8",
        "EBADC",
    ]
    ballots = tuple(
        Ranking(row, tuple((name,) for name in row), int(n))
        for n, row in zip(rows[::2], rows[1::2], strict=True)
    )
    found = count_ranked(RankedVote(tuple("ABCDE"), ballots))
    assert found.ranking == (("E",), ("A",), ("C",), ("B",), ("D",))


@given(st.lists(st.permutations("ABCD"), min_size=1, max_size=12), st.randoms())
def test_rankings_do_not_depend_on_the_order_and_find_who_wins_all_duels(rows, chance):
    ballots = [Ranking(str(at), tuple((name,) for name in row)) for at, row in enumerate(rows)]
    found = count_ranked(RankedVote(tuple("ABCD"), tuple(ballots)))
    chance.shuffle(ballots)
    assert count_ranked(RankedVote(tuple("ABCD"), tuple(ballots))).ranking == found.ranking
    best = next(each.figures["winner"] for each in found.steps if each.code == "condorcet")
    assert best is None or found.ranking[0] == (best,)
