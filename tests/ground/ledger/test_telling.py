import pytest

from essor.ground.ledger.enums import Actor
from essor.ground.ledger.selectors import history_of, public_history_of
from essor.ground.ledger.services import record
from essor.ground.ledger.verbs import DONE_BY_ITSELF, NOT_PUBLIC, VERBS


def test_every_verb_told_in_a_special_way_is_a_known_one():
    assert set(DONE_BY_ITSELF) | set(NOT_PUBLIC) <= set(VERBS)


def test_what_happens_by_itself_is_told_without_an_actor(territory, alice):
    alone = record(
        by=None, actor=Actor.MACHINE, verb="challenge.opened", thing=territory, territory=territory
    )
    assert alone.told == "Le premier cercle s’est formé"
    named = record(by=alice, verb="consultation.closed", thing=territory, territory=territory)
    assert named.told == f"{alice.shown_name} a clos la concertation"


def test_a_guest_is_told_as_a_guest(territory):
    fact = record(by=None, verb="voice.given", thing=territory, territory=territory)
    assert fact.told == "Une personne sans compte a donné sa voix"


def test_the_team_reads_who_met_a_holder_and_the_journal_does_not(territory, alice):
    fact = record(by=alice, verb="holder.encountered", thing=territory, territory=territory)
    assert fact.told == "Une personne a rencontré un porteur de projet"
    assert fact.told_with_name.startswith(alice.shown_name)


@pytest.mark.parametrize("verb", ["actor.claimed", "alliance.member_declined"])
def test_what_people_ask_or_refuse_is_not_a_public_story(territory, alice, verb):
    record(by=alice, verb=verb, thing=territory, territory=territory)
    assert verb in [fact.verb for fact in history_of(territory)]
    assert verb not in [fact.verb for fact in public_history_of(territory)]
