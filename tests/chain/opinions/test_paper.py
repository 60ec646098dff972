"""Slips of paper typed in after a meeting."""

import pytest

from essor.chain.opinions.models import CurrentVote, PaperBatch, Participant, StatementTally, Vote
from essor.chain.opinions.services.conversations import archive_conversation, close_conversation
from essor.chain.opinions.services.merging import merge_statements
from essor.chain.opinions.services.paper import Slip, record_paper_votes, undo_paper_votes
from essor.chain.opinions.services.refusals import IllegalMove, NotTaking, OpinionRefused
from essor.ground.ledger.models import Fact
from tests.factories.needs import HeardGatheringFactory

SLIPS = (
    Slip({1: 1, 2: -1, 3: 0}, label="1", family="citizen"),
    Slip({1: 1, 5: 1}, label="2"),
    Slip({}, label="3"),
)


@pytest.fixture
def batch(conversation, statements, alice):
    return record_paper_votes(by=alice, conversation=conversation, slips=SLIPS, key="a form")


def test_each_slip_is_a_participant_known_by_nobody(batch, conversation):
    assert (batch.slips, batch.votes) == (2, 5)
    people = Participant.objects.filter(batch=batch).order_by("slip")
    assert [(each.slip, each.family, each.votes_count) for each in people] == [
        ("1", "citizen", 3),
        ("2", "", 2),
    ]
    assert not people.exclude(token_digest=None).exists()
    assert list(StatementTally.objects.order_by("statement__number").values_list("agrees", flat=True)) == [
        2,
        0,
        0,
        0,
        1,
    ]


def test_sent_twice_it_is_written_once(batch, conversation, alice):
    assert record_paper_votes(by=alice, conversation=conversation, slips=SLIPS, key="a form") == batch
    assert Vote.objects.count() == 5


def test_it_can_be_undone_once(batch, alice, conversation):
    undo_paper_votes(by=alice, batch=batch)
    assert not CurrentVote.objects.exists()
    assert StatementTally.objects.filter(agrees__gt=0).count() == 0
    assert Vote.objects.count() == 5
    with pytest.raises(IllegalMove, match="déjà annulée"):
        undo_paper_votes(by=alice, batch=batch)
    assert Fact.objects.about(conversation).filter(verb="conversation.paper_undone").count() == 1


def test_a_slip_printed_before_a_merging_counts_for_the_statement_kept(conversation, statements, alice):
    merge_statements(by=alice, kept=statements[0], duplicates=[statements[1]])
    record_paper_votes(by=alice, conversation=conversation, slips=[Slip({1: 1, 2: 1})], key="a")
    assert CurrentVote.objects.get().statement == statements[0]
    assert Participant.objects.get(joined_through="paper").votes_count == 1


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        (Slip({9: 1}, label="7"), "il n’y a pas d’affirmation 9"),
        (Slip({1: 3}), "Bulletin 1, affirmation 1"),
        (Slip({1: 1}, family="martians"), "famille"),
        (Slip({}), "Aucune réponse"),
    ],
)
def test_what_cannot_be_right_names_the_slip(conversation, statements, alice, slip, words):
    with pytest.raises(OpinionRefused, match=words):
        record_paper_votes(by=alice, conversation=conversation, slips=[slip], key="a")
    assert not PaperBatch.objects.exists()


def test_a_meeting_may_be_typed_in_after_the_vote_is_closed(conversation, statements, alice, other_territory):
    conversation = close_conversation(by=alice, conversation=conversation)
    with pytest.raises(OpinionRefused, match="autre territoire"):
        record_paper_votes(
            by=alice, conversation=conversation, slips=SLIPS, key="a",
            gathering=HeardGatheringFactory(territory=other_territory),
        )  # fmt: skip
    assert record_paper_votes(by=alice, conversation=conversation, slips=SLIPS, key="a").votes == 5
    conversation = archive_conversation(by=alice, conversation=conversation)
    with pytest.raises(NotTaking, match="archives"):
        record_paper_votes(by=alice, conversation=conversation, slips=SLIPS, key="b")
