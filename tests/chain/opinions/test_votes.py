"""A vote is acknowledged in one write; the last one counts; every one stays."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from essor.chain.opinions.models import CurrentVote, MapRequest, StatementTally, Vote
from essor.chain.opinions.selectors.statements import result_by_family, results_of
from essor.chain.opinions.selectors.voting import (
    first_statement,
    next_statement,
    opinion_on,
    progress_of,
    votes_of,
)
from essor.chain.opinions.services.merging import merge_statements, separate_statements
from essor.chain.opinions.services.participants import join_conversation
from essor.chain.opinions.services.refusals import NotTaking, OpinionRefused, PleaseWait
from essor.chain.opinions.services.statements import reject_statement, restore_statement, translate_statement
from essor.chain.opinions.services.votes import PACE, cast_vote
from essor.common import clock
from essor.ground.ledger.models import Fact
from tests.factories.opinions import (
    OpenConversationFactory,
    ParticipantFactory,
    StatementFactory,
    answer_many,
)


def _tally(statement):
    tally = StatementTally.objects.get(pk=statement.pk)
    return tally.agrees, tally.disagrees, tally.passes


def test_a_vote_counts_and_can_be_changed_and_the_history_stays(participant, statements):
    assert cast_vote(participant=participant, statement=statements[0], choice=1).before is None
    assert _tally(statements[0]) == (1, 0, 0)
    changed = cast_vote(participant=participant, statement=statements[0], choice=-1)
    assert (changed.before, _tally(statements[0])) == (1, (0, 1, 0))
    assert list(Vote.objects.values_list("choice", flat=True)) == [1, -1]
    assert opinion_on(participant, statements[0]) == -1
    assert participant.votes_count == 1


def test_the_same_answer_sent_twice_is_written_once(participant, statements):
    cast_vote(participant=participant, statement=statements[0], choice=0)
    again = cast_vote(participant=participant, statement=statements[0], choice=0)
    assert again.is_repeat
    assert Vote.objects.count() == 1
    assert _tally(statements[0]) == (0, 0, 1)


def test_the_database_refuses_to_change_or_delete_a_vote(participant, statements):
    cast_vote(participant=participant, statement=statements[0], choice=1)
    for act in (lambda: Vote.objects.update(choice=F("choice") * -1), lambda: Vote.objects.all().delete()):
        CurrentVote.objects.all().delete()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert Vote.objects.get().choice == 1


def test_the_ledger_does_not_say_who_voted(participant, statements):
    before = Fact.objects.count()
    cast_vote(participant=participant, statement=statements[0], choice=1)
    assert Fact.objects.count() == before


def test_a_vote_is_few_queries(participant, statements, django_assert_max_num_queries):
    cast_vote(participant=participant, statement=statements[0], choice=1)
    with django_assert_max_num_queries(11):  # two of them the savepoint of the test
        cast_vote(participant=participant, statement=statements[1], choice=1)


def test_hundred_votes_ask_for_one_map(participant, statements):
    for statement in statements:
        cast_vote(participant=participant, statement=statement, choice=1)
    assert MapRequest.objects.count() == 1


def test_what_is_no_choice_or_no_longer_voted_on_is_refused(participant, statements, conversation, alice):
    with pytest.raises(OpinionRefused, match="Choisissez"):
        cast_vote(participant=participant, statement=statements[0], choice=2)
    reject_statement(by=alice, statement=statements[0], reason="unclear")
    with pytest.raises(NotTaking, match="plus soumise"):
        cast_vote(participant=participant, statement=statements[0], choice=1)
    with pytest.raises(NotTaking, match="autre vote"):
        cast_vote(participant=participant, statement=StatementFactory(), choice=1)
    conversation.state = "closed"
    conversation.save()
    with pytest.raises(NotTaking, match="clos"):
        cast_vote(participant=participant, statement=statements[1], choice=1)
    assert Vote.objects.count() == 0


def test_a_rejected_statement_comes_back_with_its_votes(participant, statements, alice):
    cast_vote(participant=participant, statement=statements[0], choice=1)
    reject_statement(by=alice, statement=statements[0], reason="off_topic", explanation="Hors sujet.")
    assert [each.statement.number for each in results_of(statements[0].conversation)] == [2, 3, 4, 5]
    restore_statement(by=alice, statement=statements[0])
    assert _tally(statements[0]) == (1, 0, 0)


def test_voting_faster_than_anybody_reads_is_asked_to_breathe_and_goes_on(conversation, at):
    traveller = at("2026-03-03T19:00:00+01:00")
    participant = ParticipantFactory(conversation=conversation)
    many = [StatementFactory(conversation=conversation) for _each in range(PACE + 1)]
    for each in many[:PACE]:
        cast_vote(participant=participant, statement=each, choice=1)
    with pytest.raises(PleaseWait, match="soufflez") as asked:
        cast_vote(participant=participant, statement=many[-1], choice=1)
    assert asked.value.seconds == 60
    traveller.shift(timedelta(seconds=60))
    cast_vote(participant=participant, statement=many[-1], choice=1)
    assert Vote.objects.count() == PACE + 1


def test_merged_statements_count_each_person_once_and_can_be_separated(conversation, statements, alice):
    kept, double = statements[:2]
    both, one = (join_conversation(conversation=conversation).participant for _each in range(2))
    cast_vote(participant=both, statement=kept, choice=1)
    cast_vote(participant=both, statement=double, choice=-1)
    cast_vote(participant=one, statement=double, choice=1)
    merge_statements(by=alice, kept=kept, duplicates=[double])
    assert (_tally(kept), _tally(double)) == ((1, 1, 0), (0, 0, 0))
    both.refresh_from_db()
    assert both.votes_count == 1
    # A form still open on the duplicate counts for the one that was kept.
    assert cast_vote(participant=one, statement=double, choice=0).statement == kept
    assert _tally(kept) == (0, 1, 1)
    separate_statements(by=alice, duplicates=[double])
    assert (_tally(kept), _tally(double)) == ((1, 0, 1), (1, 1, 0))
    assert Vote.objects.count() == 4


def test_chains_of_merged_statements_lead_to_the_last(statements, participant, alice):
    first, second, third = statements[:3]
    merge_statements(by=alice, kept=second, duplicates=[first])
    merge_statements(by=alice, kept=third, duplicates=[second])
    assert cast_vote(participant=participant, statement=first, choice=1).statement == third
    separate_statements(by=alice, duplicates=[second])
    assert cast_vote(participant=participant, statement=first, choice=1).statement == second


def test_least_seen_comes_first_and_the_same_page_shows_the_same_statement(
    conversation, statements, participant
):
    others = [ParticipantFactory(conversation=conversation) for _each in range(3)]
    answer_many(conversation, {who: dict.fromkeys(statements[:4], 1) for who in others})
    assert first_statement(conversation) == statements[4]
    shown = next_statement(participant)
    assert shown == statements[4] == next_statement(participant)
    cast_vote(participant=participant, statement=shown, choice=1)
    assert next_statement(participant) != shown
    assert next_statement(participant, skip=next_statement(participant).pk) != next_statement(participant)


def test_after_a_map_priorities_decide_and_new_statements_have_their_chance(conversation, statements):
    StatementTally.objects.update(priority=0.01)
    StatementTally.objects.filter(pk=statements[2].pk).update(priority=50.0)
    StatementTally.objects.filter(pk=statements[3].pk).update(priority=None)
    people = [ParticipantFactory(conversation=conversation) for _each in range(60)]
    shown = [next_statement(who) for who in people]
    assert set(shown) == {statements[2], statements[3]}
    assert shown.count(statements[3]) > shown.count(statements[2])


def test_everything_answered_is_told(conversation, statements, participant):
    for each in statements:
        cast_vote(participant=participant, statement=each, choice=1)
    assert next_statement(participant) is None
    progress = progress_of(participant)
    assert (progress.left, progress.percent, progress.left_before_map) == (0, 100, 2)
    assert [each.statement for each in votes_of(participant)] == statements[::-1]


def test_statements_are_read_in_the_language_of_the_reader(conversation, statements, alice):
    translate_statement(by=alice, statement=statements[0], language="en", text="We need an evening bus.")
    shown = next(each for each in results_of(conversation, language="en") if each.statement.number == 1)
    assert shown.statement.shown_text == "We need an evening bus."
    assert next(each for each in results_of(conversation) if each.statement.number == 1).statement.shown_text


def test_small_families_are_not_shown_nor_found_by_subtraction(conversation, statements):
    conversation.least_cell = 3
    conversation.save()
    now = clock.now()
    families = ["citizen"] * 6 + ["worker"] * 4 + ["company"] * 2
    people = [
        ParticipantFactory(conversation=conversation, family=family, family_declared_at=now)
        for family in families
    ]
    answer_many(conversation, {who: {statements[0]: 1} for who in people})
    statements[0].conversation.refresh_from_db()
    shown = dict(result_by_family(statements[0]))
    assert shown["citizen"].agrees == 6
    assert shown["company"] is shown["worker"] is None


def test_results_are_sorted_as_asked(conversation, statements):
    people = [ParticipantFactory(conversation=conversation) for _each in range(4)]
    answer_many(
        conversation,
        {
            who: {statements[0]: 1, statements[1]: -1, statements[2]: 1 if rank % 2 else -1, statements[3]: 0}
            for rank, who in enumerate(people)
        },
    )
    first = {
        sort: results_of(conversation, sort=sort)[0].statement.number
        for sort in ("agreed", "disagreed", "divided", "passed", "recent", "number")
    }
    assert first == {"agreed": 1, "disagreed": 2, "divided": 3, "passed": 4, "recent": 5, "number": 1}


def test_votes_of_another_conversation_are_not_counted(participant, statements):
    other = OpenConversationFactory(territory=statements[0].conversation.territory)
    assert results_of(other) == []
