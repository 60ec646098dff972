"""Statements: short, said once, reviewed, mended with their history."""

import pytest

from essor.chain.opinions.enums import StatementStatus
from essor.chain.opinions.models import Statement
from essor.chain.opinions.policies import can_read_statement
from essor.chain.opinions.selectors.statements import (
    kindred_statements,
    rejected_statements,
    statements_of,
    statements_to_review,
    wordings_of,
)
from essor.chain.opinions.services.merging import merge_statements, separate_statements
from essor.chain.opinions.services.participants import join_conversation
from essor.chain.opinions.services.refusals import (
    AlreadySaid,
    BadStatement,
    IllegalMove,
    NotTaking,
    OpinionRefused,
    PleaseWait,
)
from essor.chain.opinions.services.statements import (
    PROPOSALS,
    accept_statement,
    propose_statement,
    reject_statement,
    restore_statement,
    reword_statement,
    seed_statement,
    take_back_statement,
    translate_statement,
)
from essor.chain.opinions.services.votes import cast_vote
from essor.ground.ledger.models import Fact
from tests.factories.opinions import OpenConversationFactory, StatementFactory

IDEA = "Un covoiturage organisé par le lycée suffirait."


def test_a_proposal_appears_at_once_or_after_review(conversation, participant, alice, territory, farid):
    now = propose_statement(participant=participant, text=f"  {IDEA} ")
    assert (now.text, now.status, now.number) == (IDEA, StatementStatus.ACCEPTED, 6)
    conversation.moderation = "before"
    conversation.save()
    later = propose_statement(participant=participant, text="Il faut des trottoirs pour les poussettes.")
    assert later.status == StatementStatus.PROPOSED
    assert list(statements_to_review(territory)) == [later, now]
    assert can_read_statement(None, now)
    assert not can_read_statement(farid, later)
    assert can_read_statement(alice, later)
    accept_statement(by=alice, statement=now)
    accept_statement(by=alice, statement=later)
    assert list(statements_to_review(territory)) == []


def test_personal_data_always_wait_for_review(participant):
    found = propose_statement(participant=participant, text="Appelez M. Dupont au 06 12 34 56 78.")
    assert found.status == StatementStatus.PROPOSED
    assert {kind for kind, _start, _end in found.personal_data} == {"name", "phone"}


@pytest.mark.parametrize(
    ("text", "words"),
    [("Bus !", "au moins 10"), ("1234567890 !", "trop courte"), ("x" * 141, "raccourcissez-la à 140")],
)
def test_too_short_or_too_long_says_the_bound(participant, text, words):
    with pytest.raises(BadStatement, match=words):
        propose_statement(participant=participant, text=text)


def test_what_was_said_leads_to_where_it_was_said(participant, statements):
    with pytest.raises(AlreadySaid) as said:
        propose_statement(participant=participant, text="IL FAUT UN BUS, LE SOIR, ENTRE LES BOURGS !!")
    assert said.value.statement == statements[0]
    found = kindred_statements(participant.conversation, "un bus du soir pour les bourgs")
    assert list(found) == [statements[0]]


def test_proposals_have_a_pace(participant):
    for number in range(PROPOSALS):
        propose_statement(participant=participant, text=f"Proposition numéro {number} pour la vallée.")
    with pytest.raises(PleaseWait, match="gardez vos mots"):
        propose_statement(participant=participant, text=IDEA)


def test_who_may_not_propose_is_told(conversation, participant):
    conversation.proposers = "nobody"
    conversation.save()
    with pytest.raises(NotTaking, match="voter"):
        propose_statement(participant=participant, text=IDEA)


def test_a_rejection_gives_a_reason_and_can_be_undone(conversation, statements, alice):
    with pytest.raises(OpinionRefused, match="raison"):
        reject_statement(by=alice, statement=statements[0], reason="")
    reject_statement(by=alice, statement=statements[0], reason="several", explanation="Deux idées.")
    assert [each.explanation for each in rejected_statements(conversation)] == ["Deux idées."]
    with pytest.raises(IllegalMove):
        reject_statement(by=alice, statement=statements[0], reason="several")
    assert restore_statement(by=alice, statement=statements[0]).is_votable
    facts = Fact.objects.about(statements[0]).order_by("id")
    assert [each.verb for each in facts] == ["statement.rejected", "statement.restored"]
    assert "Deux" not in str([each.data for each in facts])


def test_a_mend_keeps_every_wording_and_says_why(statements, participant, alice):
    cast_vote(participant=participant, statement=statements[0], choice=1)
    with pytest.raises(OpinionRefused, match="pourquoi"):
        reword_statement(by=alice, statement=statements[0], text=IDEA, why=" ")
    with pytest.raises(AlreadySaid):
        reword_statement(by=alice, statement=statements[0], text=statements[1].text, why="Faute.")
    statement = reword_statement(by=alice, statement=statements[0], text=IDEA, why="Une faute.")
    assert [each.text for each in wordings_of(statement)] == ["Il faut un bus le soir entre les bourgs."]
    assert statement.versions.get(number=2).votes_before == 1


def test_translations_are_of_the_languages_of_the_vote(statements, alice):
    with pytest.raises(BadStatement, match="langues"):
        translate_statement(by=alice, statement=statements[0], language="de", text="Ein Bus am Abend.")
    translate_statement(by=alice, statement=statements[0], language="en", text="An evening bus, please.")
    translate_statement(by=alice, statement=statements[0], language="en", text="We need an evening bus.")
    assert statements[0].translations.get().text == "We need an evening bus."
    assert translate_statement(by=alice, statement=statements[0], language="en", text="") is None
    assert not statements[0].translations.exists()


def test_the_author_takes_their_words_back_for_good(conversation, participant, alice):
    mine = propose_statement(participant=participant, text=IDEA)
    other = join_conversation(conversation=conversation).participant
    with pytest.raises(NotTaking, match="pas la vôtre"):
        take_back_statement(participant=other, statement=mine)
    reword_statement(by=alice, statement=mine, text="Un covoiturage du lycée suffirait.", why="Plus court.")
    take_back_statement(participant=participant, statement=mine)
    mine = Statement.objects.get(pk=mine.pk)
    assert (mine.text, mine.search, mine.author, mine.versions.count()) == ("", "", None, 0)
    with pytest.raises(IllegalMove, match="reprise"):
        restore_statement(by=alice, statement=mine)


def test_merging_refuses_what_makes_no_sense(statements, alice):
    with pytest.raises(OpinionRefused, match="au moins une"):
        merge_statements(by=alice, kept=statements[0], duplicates=[])
    with pytest.raises(IllegalMove, match="plus au vote"):
        merge_statements(by=alice, kept=statements[0], duplicates=[StatementFactory()])
    with pytest.raises(OpinionRefused, match="au moins une"):
        merge_statements(by=alice, kept=statements[0], duplicates=[statements[0]])
    with pytest.raises(IllegalMove, match="aucune autre"):
        separate_statements(by=alice, duplicates=[statements[0]])
    merge_statements(by=alice, kept=statements[0], duplicates=[statements[1]])
    with pytest.raises(IllegalMove, match="n’est pas au vote"):
        merge_statements(by=alice, kept=statements[1], duplicates=[statements[2]])


def test_numbers_follow_each_other_and_lists_are_filtered(conversation, statements, alice):
    new = seed_statement(by=alice, conversation=conversation, text=IDEA, language="EN")
    assert (new.number, new.language) == (6, "en")
    assert list(statements_of(conversation, words="covoiturage")) == [new]
    assert list(statements_of(conversation, status="rejected")) == []
    assert statements_of(OpenConversationFactory()).count() == 0
