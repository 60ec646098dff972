"""Nobody has to say who they are, and everybody can come back or leave."""

from datetime import timedelta

import pytest

from essor.chain.opinions.models import CurrentVote, Participant, StatementTally, Vote
from essor.chain.opinions.selectors.voting import guest_of, participant_of, participants_sharing_a_device
from essor.chain.opinions.services.owners import forget_person, give_participant_to, guest_participants
from essor.chain.opinions.services.participants import (
    AT_ONCE,
    declare_family,
    forget_devices,
    guest_digest,
    join_conversation,
    renew_link,
    resume_participant,
    withdraw_participant,
)
from essor.chain.opinions.services.refusals import NotTaking, OpinionRefused, PleaseWait
from essor.chain.opinions.services.statements import propose_statement
from essor.chain.opinions.services.votes import cast_vote
from essor.ground.ledger.models import Fact
from tests.factories.opinions import OpenConversationFactory


def test_a_visitor_comes_back_by_a_link_of_which_only_a_digest_is_kept(joined, conversation):
    assert (
        resume_participant(conversation=conversation, token=joined.token.lower().replace("-", " "))
        == joined.participant
    )
    assert joined.token not in str(Participant.objects.values())
    assert resume_participant(conversation=conversation, token="") is None
    other = OpenConversationFactory(territory=conversation.territory)
    assert resume_participant(conversation=other, token=joined.token) is None
    new = renew_link(participant=joined.participant)
    assert resume_participant(conversation=conversation, token=joined.token) is None
    assert resume_participant(conversation=conversation, token=new) == joined.participant


def test_a_person_is_one_participant_on_every_device(conversation, statements, bilal):
    first = join_conversation(conversation=conversation, person=bilal, device="phone")
    second = join_conversation(conversation=conversation, person=bilal, device="desk")
    assert (first.participant, second.is_new) == (second.participant, False)
    assert participant_of(conversation, bilal) == first.participant


def test_a_vote_with_accounts_only_says_to_sign_in(conversation):
    conversation.allow_guests = False
    with pytest.raises(NotTaking, match="connectez-vous"):
        join_conversation(conversation=conversation)


def test_a_family_phone_is_marked_never_refused_and_a_crowd_waits_a_minute(conversation, at):
    traveller = at("2026-03-03T19:00:00+01:00")
    for _each in range(AT_ONCE):
        join_conversation(conversation=conversation, device="the family phone")
    assert Participant.objects.filter(shares_device=True).count() == AT_ONCE
    with pytest.raises(PleaseWait, match="permis") as asked:
        join_conversation(conversation=conversation, device="the family phone")
    assert asked.value.seconds == 60
    join_conversation(conversation=conversation, device="another phone")
    traveller.shift(timedelta(seconds=61))
    fifth = join_conversation(conversation=conversation, device="the family phone")
    assert fifth.participant.shares_device
    assert participants_sharing_a_device(conversation) == 0  # none of them voted yet


def test_in_a_room_nobody_waits_nor_is_marked(conversation):
    for _each in range(AT_ONCE + 3):
        join_conversation(conversation=conversation, device="the hall's network", through="room")
    assert not Participant.objects.filter(shares_device=True).exists()


def test_a_device_is_not_the_same_next_week_nor_elsewhere_and_is_forgotten(conversation, at):
    at("2026-03-03T19:00:00+01:00")
    first = join_conversation(conversation=conversation, device="phone").participant
    elsewhere = OpenConversationFactory(territory=conversation.territory, device_salt="1" * 32)
    other = join_conversation(conversation=elsewhere, device="phone").participant
    at("2026-03-10T19:00:00+01:00")
    later = join_conversation(conversation=conversation, device="phone").participant
    assert len({first.device_digest, other.device_digest, later.device_digest}) == 3
    assert not later.shares_device
    at("2026-03-18T19:00:00+01:00")
    assert forget_devices() == 2
    first.refresh_from_db()
    assert first.device_digest == ""


def test_a_family_is_only_kept_with_consent_and_can_be_taken_back(participant):
    with pytest.raises(OpinionRefused, match="accord"):
        declare_family(participant=participant, family="citizen", consent=False)
    with pytest.raises(OpinionRefused, match="liste"):
        declare_family(participant=participant, family="martians", consent=True)
    declare_family(participant=participant, family="citizen", consent=True)
    assert participant.family_declared_at
    declare_family(participant=participant, family="", consent=False)
    participant.refresh_from_db()
    assert (participant.family, participant.family_declared_at) == ("", None)


def test_whoever_takes_their_votes_back_counts_no_more_and_is_nobody(conversation, statements, bilal):
    participant = join_conversation(conversation=conversation, person=bilal, device="phone").participant
    declare_family(participant=participant, family="citizen", consent=True)
    cast_vote(participant=participant, statement=statements[0], choice=1)
    assert withdraw_participant(participant=participant) == 1
    assert StatementTally.objects.get(pk=statements[0].pk).seen == 0
    assert not CurrentVote.objects.exists()
    row = Participant.objects.get(pk=participant.pk)
    assert (row.person, row.token_digest, row.device_digest, row.family) == (None, None, "", "")
    assert Vote.objects.count() == 1  # the history stays, belonging to nobody
    fact = Fact.objects.about(conversation).get(verb="conversation.votes_withdrawn")
    assert fact.by is None
    with pytest.raises(NotTaking, match="retiré"):
        cast_vote(participant=participant, statement=statements[1], choice=1)
    again = join_conversation(conversation=conversation, person=bilal)
    assert again.participant != participant


def test_a_guest_who_signs_in_finds_their_votes_and_the_later_answer_wins(
    conversation, statements, bilal, at
):
    traveller = at("2026-03-03T19:00:00+01:00")
    own = join_conversation(conversation=conversation, person=bilal).participant
    guest = join_conversation(conversation=conversation).participant
    cast_vote(participant=guest, statement=statements[1], choice=1)
    cast_vote(participant=own, statement=statements[0], choice=1)
    traveller.shift(60)
    cast_vote(participant=own, statement=statements[1], choice=-1)
    cast_vote(participant=guest, statement=statements[0], choice=-1)
    cast_vote(participant=guest, statement=statements[2], choice=0)
    proposed = propose_statement(participant=guest, text="Un covoiturage du lycée suffirait.")
    assert give_participant_to(participant=guest, person=bilal) == own
    assert dict(CurrentVote.objects.values_list("statement__number", "choice")) == {1: -1, 2: -1, 3: 0}
    own.refresh_from_db()
    proposed.refresh_from_db()
    assert (own.votes_count, proposed.proposed_by, proposed.author) == (3, own, bilal)
    assert StatementTally.objects.get(pk=statements[0].pk).seen == 1


def test_a_guest_without_account_there_simply_becomes_the_person(joined, bilal):
    mine = give_participant_to(participant=joined.participant, person=bilal)
    assert (mine, mine.person) == (joined.participant, bilal)


@pytest.mark.parametrize("erase_words", [False, True])
def test_somebody_who_leaves_leaves_no_tie(conversation, statements, bilal, alice, erase_words):
    participant = join_conversation(conversation=conversation, person=bilal).participant
    cast_vote(participant=participant, statement=statements[0], choice=1)
    proposed = propose_statement(participant=participant, text="Un covoiturage du lycée suffirait.")
    assert forget_person(person=bilal, erase_words=erase_words) == 1
    proposed.refresh_from_db()
    assert (proposed.author, proposed.text == "") == (None, erase_words)
    assert StatementTally.objects.get(pk=statements[0].pk).seen == (0 if erase_words else 1)
    assert not Participant.objects.filter(person=bilal).exists()
    assert forget_person(person=alice) == 0


def test_the_same_browser_is_the_same_participant_in_one_conversation_only(conversation, bilal, statements):
    first = join_conversation(conversation=conversation, guest_key="a secret").participant
    assert join_conversation(conversation=conversation, guest_key="a secret").participant == first
    elsewhere = OpenConversationFactory(territory=conversation.territory)
    second = join_conversation(conversation=elsewhere, guest_key="a secret").participant
    assert first.guest_digest != second.guest_digest
    assert guest_participants(guest_key="a secret") == [first, second]
    assert guest_participants(guest_key="") == []
    digest = guest_digest(conversation=conversation, guest_key="a secret")
    assert guest_of(conversation, digest) == first
    withdraw_participant(participant=first)
    assert guest_of(conversation, digest) is None
    assert join_conversation(conversation=conversation, guest_key="a secret").is_new
