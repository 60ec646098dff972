"""The life of a conversation."""

from datetime import timedelta

import pytest

from essor.chain.opinions.enums import ConversationState, StatementSource
from essor.chain.opinions.models import Conversation
from essor.chain.opinions.policies import can_propose_statement, can_see_conversation, can_vote_in
from essor.chain.opinions.selectors.conversations import conversations_for, figures_of
from essor.chain.opinions.services.conversations import (
    archive_conversation,
    close_conversation,
    draft_conversation,
    edit_conversation,
    open_conversation,
    reopen_conversation,
    restore_conversation,
)
from essor.chain.opinions.services.participants import join_conversation
from essor.chain.opinions.services.refusals import IllegalMove, NotReady, NotTaking
from essor.chain.opinions.services.statements import seed_statements
from essor.chain.opinions.services.votes import cast_vote
from essor.common import clock
from essor.ground.ledger.models import Fact
from tests.chain.opinions.conftest import WORDS
from tests.factories.needs import HeardGatheringFactory


@pytest.fixture
def draft(territory, alice):
    return draft_conversation(
        by=alice, territory=territory, title="Se déplacer", question="Comment se déplacer demain ?"
    )


def _verbs(thing):
    return list(Fact.objects.about(thing).order_by("id").values_list("verb", flat=True))


def test_a_draft_is_for_facilitators_and_opens_with_three_statements(draft, alice, bilal, farid, territory):
    assert can_see_conversation(alice, draft)
    assert not can_see_conversation(bilal, draft)
    assert not can_see_conversation(farid, draft)
    assert list(conversations_for(bilal, territory)) == []
    with pytest.raises(NotReady, match="au moins 3"):
        open_conversation(by=alice, conversation=draft)
    written, known = seed_statements(by=alice, conversation=draft, texts=[*WORDS[:3], "", WORDS[0].upper()])
    assert [each.number for each in written] == [1, 2, 3]
    assert known == [WORDS[0].upper()]
    opened = open_conversation(by=alice, conversation=draft)
    assert opened.is_open
    assert list(conversations_for(bilal, territory)) == [draft]
    assert _verbs(draft) == ["conversation.drafted", "conversation.opened"]


def test_it_closes_reopens_and_is_put_away(conversation, statements, alice):
    conversation = close_conversation(by=alice, conversation=conversation)
    with pytest.raises(IllegalMove, match="clos"):
        close_conversation(by=alice, conversation=conversation)
    assert reopen_conversation(by=alice, conversation=conversation).closed_at is None
    close_conversation(by=alice, conversation=conversation)
    archive_conversation(by=alice, conversation=conversation)
    with pytest.raises(IllegalMove):
        reopen_conversation(by=alice, conversation=conversation)
    assert restore_conversation(by=alice, conversation=conversation).state == ConversationState.CLOSED
    assert _verbs(conversation)[-2:] == ["conversation.archived", "conversation.restored"]


def test_it_stops_taking_votes_at_its_date(conversation, statements, alice, at):
    edit_conversation(by=alice, conversation=conversation, closes_at=clock.now() + timedelta(hours=1))
    assert conversation.is_open
    assert list(Conversation.objects.open()) == [conversation]
    at(clock.now() + timedelta(hours=1))
    assert not conversation.is_open
    assert list(Conversation.objects.open()) == []
    with pytest.raises(NotTaking, match="ne prend pas"):
        join_conversation(conversation=conversation)


def test_the_question_no_longer_changes_once_voted_on(conversation, statements, participant, alice):
    edit_conversation(by=alice, conversation=conversation, question="Et demain ?")
    cast_vote(participant=participant, statement=statements[0], choice=1)
    with pytest.raises(NotReady, match="sens"):
        edit_conversation(by=alice, conversation=conversation, question="Et après-demain ?")
    assert edit_conversation(by=alice, conversation=conversation, title="Bouger").title == "Bouger"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " "}, "titre"),
        ({"question": "x" * 241}, "question"),
        ({"longest": 281}, "280"),
        ({"shortest": 200}, "longueurs"),
        ({"least_votes": 0}, "un vote"),
        ({"least_cell": 2}, "3 personnes"),
        ({"proposers": "cats"}, "proposer"),
        ({"moderation": "never"}, "relues"),
    ],
)
def test_each_refusal_names_the_field(draft, alice, fields, words):
    with pytest.raises(NotReady, match=words):
        edit_conversation(by=alice, conversation=draft, **fields)


def test_nothing_of_another_territory_is_tied_to_it(draft, alice, other_territory):
    with pytest.raises(NotReady, match="autre territoire"):
        edit_conversation(
            by=alice, conversation=draft, gathering=HeardGatheringFactory(territory=other_territory)
        )


def test_titles_may_be_the_same_but_not_addresses(draft, alice, territory):
    again = draft_conversation(by=alice, territory=territory, title="Se déplacer", question="Encore ?")
    assert (draft.slug, again.slug) == ("se-deplacer", "se-deplacer-2")


def test_who_may_vote_and_propose_is_as_it_was_set_up(conversation, alice, bilal, farid):
    assert can_vote_in(None, conversation)
    assert can_propose_statement(None, conversation)
    conversation.allow_guests = False
    assert not can_vote_in(None, conversation)
    assert can_vote_in(farid, conversation)
    conversation.proposers = "members"
    assert can_propose_statement(bilal, conversation)
    assert not can_propose_statement(farid, conversation)
    conversation.proposers = "nobody"
    assert not can_propose_statement(bilal, conversation)
    assert can_propose_statement(alice, conversation)


def test_its_figures_are_counted(conversation, statements, participant, django_assert_max_num_queries):
    cast_vote(participant=participant, statement=statements[0], choice=1)
    join_conversation(conversation=conversation)
    with django_assert_max_num_queries(4):
        figures = figures_of(conversation)
    assert (figures.joined, figures.voters, figures.votes, figures.accepted) == (2, 1, 1, 5)
    assert figures.by_door == (("online", 1),)
    assert statements[0].source == StatementSource.SEED
