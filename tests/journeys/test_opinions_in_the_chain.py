"""Voices are put to the vote, what the vote shows is evidence of a need, and the thread is walked both ways."""

import pytest

from essor.chain.listening.services.care import hide_voice
from essor.chain.needs.enums import Reading
from essor.chain.needs.models import OpinionEvidence
from essor.chain.needs.selectors.opinions import needs_of_conversation, needs_of_statement, opinions_of_need
from essor.chain.needs.services.evidence import EvidenceRefused
from essor.chain.needs.services.needs import draft_need, publish_need, withdraw_need
from essor.chain.needs.services.opinions import remove_opinions
from essor.chain.opinions.enums import StatementSource
from essor.chain.opinions.models import CurrentVote, OpinionMap, Participant
from essor.chain.opinions.services.computing import draw_opinion_map
from essor.chain.opinions.services.participants import join_conversation
from essor.chain.opinions.services.refusals import BadStatement
from essor.chain.opinions.services.statements import propose_statement, reject_statement
from essor.chain.opinions.services.votes import cast_vote
from essor.ground.ledger.enums import LinkKind
from essor.ground.ledger.models import Link
from essor.ground.ledger.selectors import results_of, sources_of
from essor.journeys.change_voice import change_voice
from essor.journeys.claim_guest_voices import claim_guest_voices
from essor.journeys.erase_person import erase_person
from essor.journeys.export_person import export_person
from essor.journeys.give_opinions_as_evidence import give_opinions_as_evidence
from essor.journeys.seed_statements_from_voices import Worded, seed_statements_from_voices, suggested_text
from tests.factories.needs import (
    HeardVoiceFactory,
    PlacementFactory,
    ReadySynthesisFactory,
    VoiceGroupFactory,
)
from tests.factories.opinions import (
    OpenConversationFactory,
    ParticipantFactory,
    StatementFactory,
    answer_many,
)


@pytest.fixture
def conversation(territory):
    return OpenConversationFactory(territory=territory)


@pytest.fixture
def voice(territory):
    return HeardVoiceFactory(territory=territory, words="Il faut un bus le soir. Mon fils rentre à pied.")


def _seed(alice, conversation, *worded):
    return seed_statements_from_voices(by=alice, conversation=conversation, worded=worded)


def test_a_statement_born_from_a_voice_leads_back_to_it_and_on_to_the_need(
    conversation, voice, alice, territory
):
    text = suggested_text(voice.words, conversation.longest)
    (statement,) = _seed(alice, conversation, Worded(suggested_text(voice.words, 40), voices=[voice]))
    assert (text, statement.source) == (voice.words, StatementSource.VOICE)
    participant = join_conversation(conversation=conversation).participant
    cast_vote(participant=participant, statement=statement, choice=1)
    need = draft_need(by=alice, territory=territory, statement="Pouvoir rentrer le soir sans voiture")
    give_opinions_as_evidence(by=alice, need=need, readings={statement: Reading.AGREED})
    need = publish_need(by=alice, need=need)
    walked = [node for step in sources_of(need).steps for node in step]
    assert walked == [("opinions.statement", statement.pk), ("listening.contribution", voice.pk)]
    assert ("needs.need", need.pk) in [node for step in results_of(voice).steps for node in step]
    assert [each.agrees for each in opinions_of_need(need)] == [1]
    assert list(needs_of_statement(statement)) == list(needs_of_conversation(conversation)) == [need]


def test_a_statement_born_from_a_group_leads_back_to_its_voices(conversation, alice, territory):
    group = VoiceGroupFactory(synthesis=ReadySynthesisFactory(territory=territory))
    placed = [PlacementFactory(group=group) for _each in range(3)]
    (statement,) = _seed(alice, conversation, Worded("Il faut un bus le soir.", group=group))
    links = Link.objects.standing().filter(result_type="opinions.statement", result_id=statement.pk)
    voices = links.filter(source_type="listening.contribution", kind=LinkKind.PUT_TO_VOTE)
    assert set(voices.values_list("source_id", flat=True)) == {each.contribution_id for each in placed}
    assert links.filter(source_type="needs.group", source_id=group.pk).exists()


def test_a_voice_hidden_later_is_no_longer_said_to_be_put_to_the_vote(conversation, voice, alice):
    (statement,) = _seed(alice, conversation, Worded("Il faut un bus le soir.", voices=[voice]))
    change_voice(
        change=lambda: hide_voice(contribution=voice, by=alice, reason="off_topic"), voice=voice, by=alice
    )
    assert sources_of(statement).steps == ()


def test_only_published_voices_of_here_are_put_to_the_vote(conversation, voice, alice, other_territory):
    stranger = HeardVoiceFactory(territory=other_territory)
    hidden = HeardVoiceFactory(territory=conversation.territory, state="private")
    for each in (stranger, hidden):
        with pytest.raises(BadStatement, match="pas publiée ici"):
            _seed(alice, conversation, Worded("Il faut un bus le soir.", voices=[each]))
    with pytest.raises(BadStatement, match="autre territoire"):
        _seed(alice, conversation, Worded("Il faut un bus le soir.", group=VoiceGroupFactory()))
    with pytest.raises(BadStatement, match="Choisissez"):
        _seed(alice, conversation, Worded("Il faut un bus le soir."))


def test_what_divides_is_told_apart_and_the_map_that_was_read_is_kept(conversation, alice, territory):
    statements = [StatementFactory(conversation=conversation) for _each in range(2)]
    people = [ParticipantFactory(conversation=conversation) for _each in range(8)]
    answer_many(
        conversation,
        {who: {statements[0]: 1, statements[1]: 1 if rank % 2 else -1} for rank, who in enumerate(people)},
    )
    drawn = draw_opinion_map(conversation_id=conversation.pk)
    need = draft_need(by=alice, territory=territory, statement="Pouvoir rentrer le soir sans voiture")
    give_opinions_as_evidence(
        by=alice, need=need, drawn=drawn, notes={statements[1].pk: "Le centre partage."},
        readings={statements[0]: Reading.AGREED, statements[1]: Reading.DIVIDED},
    )  # fmt: skip
    need = publish_need(by=alice, need=need)
    kinds = dict(Link.objects.standing().filter(result_id=need.pk).values_list("source_id", "kind"))
    assert kinds == {statements[0].pk: LinkKind.SUPPORTS, statements[1].pk: LinkKind.DIVIDES}
    assert OpinionMap.objects.get().is_kept
    assert OpinionEvidence.objects.get(statement=statements[1]).disagrees == 4
    remove_opinions(by=alice, need=need, statements=[statements[1].pk])
    assert Link.objects.standing().filter(result_id=need.pk).count() == 1
    withdraw_need(by=alice, need=need, why="Autre chose.")
    assert not Link.objects.standing().filter(result_id=need.pk).exists()


def test_evidence_of_elsewhere_or_set_aside_is_refused(conversation, alice, territory, other_territory):
    need = draft_need(by=alice, territory=territory, statement="Pouvoir rentrer le soir sans voiture")
    stranger = StatementFactory(conversation=OpenConversationFactory(territory=other_territory))
    with pytest.raises(EvidenceRefused, match="autre territoire"):
        give_opinions_as_evidence(by=alice, need=need, readings={stranger: Reading.AGREED})
    mine = StatementFactory(conversation=conversation)
    with pytest.raises(EvidenceRefused, match="fait débat"):
        give_opinions_as_evidence(by=alice, need=need, readings={mine: "perhaps"})
    with pytest.raises(EvidenceRefused, match="au moins une"):
        give_opinions_as_evidence(by=alice, need=need, readings={})
    mine = reject_statement(by=alice, statement=mine, reason="unclear")
    with pytest.raises(EvidenceRefused, match="plus soumise"):
        give_opinions_as_evidence(by=alice, need=need, readings={mine: Reading.AGREED})


def test_a_guest_who_signs_in_finds_their_votes(conversation, bilal):
    statement = StatementFactory(conversation=conversation)
    guest = join_conversation(conversation=conversation, guest_key="a secret").participant
    cast_vote(participant=guest, statement=statement, choice=1)
    claim_guest_voices(bilal, "a secret")
    claim_guest_voices(bilal, "a secret")
    assert Participant.objects.get(person=bilal) == guest


@pytest.mark.parametrize("erase", [False, True])
def test_whoever_erases_their_account_exports_first_and_leaves_no_tie(conversation, bilal, erase):
    statement = StatementFactory(conversation=conversation, text="Un bus le soir, vite.")
    mine = join_conversation(conversation=conversation, person=bilal).participant
    cast_vote(participant=mine, statement=statement, choice=-1)
    propose_statement(participant=mine, text="Un covoiturage du lycée suffirait.")
    told = export_person(person=bilal)
    assert [each["choice"] for each in told["opinion_votes"]] == [-1]
    assert [each["text"] for each in told["opinion_statements"]] == ["Un covoiturage du lycée suffirait."]
    erase_person(person=bilal, erase_voices=erase)
    assert not Participant.objects.exclude(person=None, token_digest=None).exists()
    assert CurrentVote.objects.exists() is not erase
