from datetime import timedelta

import pytest

from essor.chain.matches.enums import Answer, PairState, Reason, Side
from essor.chain.matches.models import MatchAnswer
from essor.chain.matches.policies import sides_of
from essor.chain.matches.selectors.pairs import latest_answers, state_of
from essor.chain.matches.services.answers import AnswerRefused, answer_match, forget_person
from essor.common import clock
from essor.ground.ledger.models import Fact
from essor.ground.notices.models import Notice
from tests.factories.chain import OrganisationActorFactory, TeamMemberFactory
from tests.factories.matches import MatchFactory, ReadyRunFactory


@pytest.fixture
def match(territory, association, bilal, chloe):
    """Bilal carries a project; Chloé speaks for the association that is proposed to it."""
    actor = OrganisationActorFactory(territory=territory, organisation=association)
    found = MatchFactory(run=ReadyRunFactory(territory=territory), actor=actor)
    TeamMemberFactory(project=found.project, person=bilal)
    return found


def state(match):
    return state_of(latest_answers(match.run.territory, [match.pair]).get(match.pair, {}))


def test_each_answers_for_their_own_side(match, alice, bilal, chloe, driss, farid):
    assert sides_of(bilal, match) == [Side.SEEKER]
    assert sides_of(chloe, match) == [Side.CANDIDATE]
    assert sides_of(alice, match) == [Side.FACILITATION]
    assert sides_of(driss, match) == sides_of(farid, match) == []


def test_two_yes_make_a_meeting_and_both_are_told(match, bilal, chloe, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer_match(by=bilal, match=match, answer=Answer.ACCEPTED)
    assert state(match) == PairState.SUGGESTED
    assert [each.person for each in Notice.objects.all()] == [chloe]
    with django_capture_on_commit_callbacks(execute=True):
        answer_match(by=chloe, match=match, answer=Answer.ACCEPTED)
    assert state(match) == PairState.MET
    told = Notice.objects.get(person=bilal)
    assert "oui tous les deux" in told.text
    assert Fact.objects.filter(verb="match.answered").count() == 2


def test_the_facilitation_may_propose_but_not_say_yes_for_anybody(match, alice, bilal):
    answer_match(by=alice, match=match, answer=Answer.ACCEPTED)
    answer_match(by=bilal, match=match, answer=Answer.ACCEPTED)
    assert state(match) == PairState.SUGGESTED
    with pytest.raises(AnswerRefused):
        answer_match(by=alice, match=match, answer=Answer.ACCEPTED, side=Side.CANDIDATE)


def test_a_no_says_why_and_holds_until_its_side_changes_its_mind(match, bilal, chloe):
    with pytest.raises(AnswerRefused, match="Dites pourquoi"):
        answer_match(by=chloe, match=match, answer=Answer.DECLINED)
    answer_match(by=chloe, match=match, answer=Answer.DECLINED, reason=Reason.TOO_FAR)
    answer_match(by=bilal, match=match, answer=Answer.ACCEPTED)
    assert state(match) == PairState.DECLINED
    answer_match(by=chloe, match=match, answer=Answer.ACCEPTED)
    assert state(match) == PairState.MET
    assert MatchAnswer.objects.count() == 3, "earlier answers stay"


def test_later_ends_on_its_day(match, bilal, at):
    traveller = at("2026-11-27T09:00:00+01:00")
    answer_match(by=bilal, match=match, answer=Answer.POSTPONED)
    assert state(match) == PairState.POSTPONED
    traveller.shift(timedelta(days=91))
    assert state(match) == PairState.WAITING


@pytest.mark.parametrize("days", [0, -1, 800])
def test_a_day_that_makes_no_sense_is_refused_with_the_mend(match, bilal, days):
    day = clock.today() + timedelta(days=days)
    with pytest.raises(AnswerRefused, match="deux ans"):
        answer_match(by=bilal, match=match, answer=Answer.POSTPONED, until_on=day)


@pytest.mark.parametrize("stranger", ["driss", "farid"])
def test_nobody_answers_what_is_not_proposed_to_them(match, stranger, request):
    with pytest.raises(AnswerRefused, match="pas proposée"):
        answer_match(by=request.getfixturevalue(stranger), match=match, answer=Answer.ACCEPTED)
    assert not MatchAnswer.objects.exists()


def test_an_answer_nobody_knows_is_refused(match, bilal):
    with pytest.raises(AnswerRefused, match="Choisissez"):
        answer_match(by=bilal, match=match, answer="peut-être")


def test_a_person_who_leaves_takes_their_words_and_the_answer_stays(match, bilal):
    answer_match(by=bilal, match=match, answer=Answer.ACCEPTED, words="Venez mardi.")
    assert forget_person(person=bilal) == 1
    assert list(MatchAnswer.objects.values_list("words", "by", "answer")) == [("", None, Answer.ACCEPTED)]
