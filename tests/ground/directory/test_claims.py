"""Somebody asks to keep the card of an organisation; the facilitation answers."""

import pytest

from essor.ground.directory.enums import ClaimState
from essor.ground.directory.policies import can_change_actor, can_speak_for_actor
from essor.ground.directory.services.actors import withdraw_actor
from essor.ground.directory.services.claims import claim_actor, forget_person
from essor.ground.directory.services.merges import merge_actors
from essor.ground.directory.services.refusals import ActorRefused
from essor.ground.ledger.models import Fact
from essor.ground.notices.models import Notice
from essor.journeys.keep_actors import answer_claim
from tests.factories.chain import OrganisationActorFactory, PersonActorFactory

WORDS = "J’en suis la trésorière : appelez le siège."


@pytest.fixture
def card(territory):
    return OrganisationActorFactory(territory=territory)


def test_a_yes_gives_the_card_and_both_are_told(card, alice, bilal, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        claim = claim_actor(by=bilal, actor=card, words=WORDS)
    assert [each.person for each in Notice.objects.all()] == [alice]
    assert not can_change_actor(bilal, card)
    with django_capture_on_commit_callbacks(execute=True):
        answer_claim(by=alice, claim=claim, accepted=True, answer="Bienvenue.")
    assert can_speak_for_actor(bilal, card)
    claim.refresh_from_db()
    assert (claim.state, claim.answered_by, claim.answer) == (ClaimState.ACCEPTED, alice, "Bienvenue.")
    assert "tenez maintenant" in Notice.objects.get(person=bilal).text
    assert Fact.objects.get(verb="actor.claim_decided").data == {"accepted": True}


def test_a_no_says_why_gives_nothing_and_one_may_ask_again(card, alice, bilal):
    claim = claim_actor(by=bilal, actor=card, words=WORDS)
    with pytest.raises(ActorRefused, match="Dites pourquoi"):
        answer_claim(by=alice, claim=claim, accepted=False)
    answer_claim(by=alice, claim=claim, accepted=False, answer="Le siège ne vous connaît pas.")
    assert not can_speak_for_actor(bilal, card)
    assert claim_actor(by=bilal, actor=card, words=WORDS).pk != claim.pk


def test_a_claim_is_answered_once(card, alice, bilal):
    claim = claim_actor(by=bilal, actor=card, words=WORDS)
    answer_claim(by=alice, claim=claim, accepted=True)
    with pytest.raises(ActorRefused, match="déjà sa réponse"):
        answer_claim(by=alice, claim=claim, accepted=False, answer="Non.")


def test_what_cannot_be_claimed_says_why(card, territory, alice, bilal, driss, farid):
    for by, actor, words, said in (
        (bilal, PersonActorFactory(territory=territory, person=driss), WORDS, "organisation"),
        (farid, card, WORDS, "Rejoignez"),
        (bilal, card, "   ", "Dites qui"),
    ):
        with pytest.raises(ActorRefused, match=said):
            claim_actor(by=by, actor=actor, words=words)
    claim = claim_actor(by=bilal, actor=card, words=WORDS)
    with pytest.raises(ActorRefused, match="déjà arrivée"):
        claim_actor(by=bilal, actor=card, words=WORDS)
    answer_claim(by=alice, claim=claim, accepted=True)
    with pytest.raises(ActorRefused, match="parlez déjà"):
        claim_actor(by=bilal, actor=card, words=WORDS)
    withdraw_actor(by=alice, actor=card)
    card.refresh_from_db()
    with pytest.raises(ActorRefused, match="annuaire"):
        claim_actor(by=driss, actor=card, words=WORDS)


def test_a_claim_made_before_a_merge_gives_the_card_that_was_kept(card, territory, alice, bilal):
    kept = OrganisationActorFactory(territory=territory)
    claim = claim_actor(by=bilal, actor=card, words=WORDS)
    merge_actors(by=alice, kept=kept, gone=card)
    claim.refresh_from_db()
    answer_claim(by=alice, claim=claim, accepted=True)
    assert can_speak_for_actor(bilal, kept)


def test_who_leaves_takes_their_words(card, bilal):
    claim = claim_actor(by=bilal, actor=card, words=WORDS)
    assert forget_person(person=bilal) == 1
    claim.refresh_from_db()
    assert claim.words == "—"
