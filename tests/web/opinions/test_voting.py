"""Voting, changing, leaving, from any browser."""

import pytest

from essor.chain.opinions.enums import ConversationState
from essor.chain.opinions.models import CurrentVote, Participant, Statement, Vote
from tests.factories.opinions import (
    OpenConversationFactory,
    ParticipantFactory,
    StatementFactory,
    answer_many,
)

HOME = "/t/val-de-lume/avis-partages/se-deplacer/"
ALL = ("", "voter/", "mes-votes/", "proposer/", "phrases/1/", "ecran/")


@pytest.mark.parametrize("who", [None, "bilal", "alice", "farid"])
def test_everybody_reads_all_pages(who, request, client_of, statements):
    browser = client_of(request.getfixturevalue(who) if who else None)
    for path in ALL:
        assert browser.get(f"{HOME}{path}").status_code == 200, path
    assert "Se déplacer" in browser.get("/t/val-de-lume/avis-partages/").content.decode()
    assert browser.get("/t/val-de-lume/avis-partages/?format=csv").status_code == 200
    assert browser.get(f"{HOME}?format=csv").status_code == 200


def test_a_draft_is_for_the_team_only(client_of, conversation, statements, alice, bilal):
    conversation.state = ConversationState.DRAFT
    conversation.save()
    for path in ALL:
        assert client_of(bilal).get(f"{HOME}{path}").status_code == 404
    assert client_of(alice).get(HOME).status_code == 200


def test_a_guest_votes_to_the_end_changes_and_takes_back(client_of, statements):
    browser = client_of(None)
    assert "Avant de commencer" in browser.get(f"{HOME}voter/").content.decode()
    assert not Participant.objects.exists()  # looking writes nothing
    answer = browser.post(f"{HOME}voter/1/", {"choice": "1"})
    assert answer["Location"] == f"{HOME}voter/?apres=1"
    page = browser.get(answer["Location"]).content.decode()
    assert "Fermons le centre" in page
    assert "?phrase=1" in page
    assert "reprendre/" in page
    browser.post(f"{HOME}voter/1/", {"choice": "1"})
    assert Vote.objects.count() == 1  # sent twice
    browser.post(f"{HOME}voter/1/", {"choice": "-1", "back": "mine"})
    assert (Vote.objects.count(), CurrentVote.objects.get().choice) == (2, -1)
    assert "Réponses d’avant" in browser.get(f"{HOME}mes-votes/").content.decode()
    browser.post(f"{HOME}voter/2/", {"choice": "0"})
    assert "vous avez répondu à tout" in browser.get(f"{HOME}voter/").content.decode()
    assert browser.get(f"{HOME}retirer/").status_code == 200
    browser.post(f"{HOME}retirer/")
    assert not CurrentVote.objects.exists()


def test_the_link_brings_back_on_another_device(client_of, statements):
    browser, other = client_of(None), client_of(None)
    browser.post(f"{HOME}voter/1/", {"choice": "1"})
    link = browser.cookies["essor_opinion_link"].value.split("|")[1].split(":")[0]
    door = f"/t/val-de-lume/avis-partages/reprendre/{link}/"
    assert "Reprendre ces réponses" in other.get(door).content.decode()
    other.post(door)
    other.post(f"{HOME}voter/1/", {"choice": "-1"})
    assert Participant.objects.count() == 1
    lost = other.get("/t/val-de-lume/avis-partages/reprendre/XXXX/", follow=True)
    assert "Ce lien n’ouvre rien" in lost.content.decode()


def test_somebody_else_on_the_device_is_somebody_else(client_of, statements):
    browser = client_of(None)
    browser.post(f"{HOME}voter/1/", {"choice": "1"})
    browser.post(f"{HOME}autre-personne/")
    browser.post(f"{HOME}voter/1/", {"choice": "-1"})
    assert Participant.objects.filter(votes_count=1).count() == 2


def test_a_member_is_one_participant(client_of, statements, bilal):
    client_of(bilal).post(f"{HOME}voter/1/", {"choice": "1"})
    client_of(bilal).post(f"{HOME}voter/2/", {"choice": "1"})
    assert Participant.objects.get().person == bilal


def test_what_cannot_be_answered_is_said(client_of, conversation, statements, other_territory):
    browser = client_of(None)
    assert browser.post(f"{HOME}voter/1/", {"choice": "²"}).status_code == 409
    elsewhere = OpenConversationFactory(territory=conversation.territory)
    StatementFactory(conversation=elsewhere, number=77)
    assert browser.post(f"{HOME}voter/77/", {"choice": "1"}).status_code == 404
    assert browser.get(f"/t/hautes-roches/avis-partages/{conversation.slug}/").status_code == 404
    assert browser.get(f"{HOME}voter/?phrase=²&apres=x&plus-tard=9999999").status_code == 200
    conversation.state = ConversationState.CLOSED
    conversation.save()
    assert browser.post(f"{HOME}voter/1/", {"choice": "1"}).status_code == 409
    assert not Vote.objects.exists()


def test_too_fast_is_told_when_to_go_on(client_of, statements, monkeypatch):
    monkeypatch.setattr("essor.chain.opinions.services.votes.PACE", 1)
    browser = client_of(None)
    browser.post(f"{HOME}voter/1/", {"choice": "1"})
    answer = browser.post(f"{HOME}voter/2/", {"choice": "1"})
    assert answer.status_code == 429
    assert "soufflez" in answer.content.decode()


def test_the_room_leads_to_voting_and_counts_as_the_room(client_of, conversation, statements):
    browser = client_of(None)
    address = f"/t/val-de-lume/avis-partages/salle/{conversation.room_code}/"
    assert browser.get(address)["Location"] == f"{HOME}voter/"
    browser.post(f"{HOME}voter/1/", {"choice": "1"})
    assert Participant.objects.get().joined_through == "room"
    assert browser.get("/t/val-de-lume/avis-partages/salle/NON/").status_code == 404


def test_near_statements_are_shown_before_sending(client_of, statements):
    browser = client_of(None)
    words = {"text": "Un bus le soir vers la gare, chaque soir."}
    page = browser.post(f"{HOME}proposer/", words).content.decode()
    assert "proche de vos mots" in page
    assert Statement.objects.count() == 2
    browser.post(f"{HOME}proposer/", {**words, "seen": "1"})
    assert "Ce que j’ai proposé" in browser.get(f"{HOME}mes-votes/").content.decode()
    assert Statement.objects.count() == 3


def test_queries_are_bounded(client_of, conversation, statements, django_assert_max_num_queries):
    for number in range(3, 60):
        StatementFactory(conversation=conversation, number=number)
    browser = client_of(None)
    for path in ALL:
        with django_assert_max_num_queries(25):
            browser.get(f"{HOME}{path}")


def test_the_figures_of_a_few_are_shown_to_nobody(client_of, conversation, statements):
    """Whoever watches the page while somebody votes must not learn what they answered."""
    for voters in range(1, 6):
        answer_many(conversation, {ParticipantFactory(conversation=conversation): {statements[0]: -1}})
        page = client_of(None).get(f"{HOME}?resultats=1").content.decode()
        alone = client_of(None).get(f"{HOME}phrases/1/").content.decode()
        table = b"".join(client_of(None).get(f"{HOME}?format=csv").streaming_content).decode("utf-8-sig")
        assert ("5 pas d’accord" in page and "5 pas d’accord" in alone) is (voters == 5)
        assert (f"{voters} pas d’accord" in page) is (voters == 5)
        assert ("5" in table.splitlines()[1]) is (voters == 5)


def test_a_family_is_told_with_consent_and_taken_back(client_of, conversation, statements):
    browser = client_of(None)
    browser.post(f"{HOME}voter/1/", {"choice": "1"})
    refused = browser.post(f"{HOME}mes-votes/", {"family": "worker"}, follow=True)
    assert "Cochez l’accord" in refused.content.decode()
    browser.post(f"{HOME}mes-votes/", {"family": "worker", "consent": "on"})
    told = Participant.objects.get()
    assert (told.family, told.family_declared_at is None) == ("worker", False)
    browser.post(f"{HOME}mes-votes/", {"family": ""})
    assert Participant.objects.get().family == ""


def test_the_address_of_a_room_is_on_the_wall_of_those_who_hold_it_alone(
    client_of, conversation, statements, alice
):
    assert conversation.room_code not in client_of(None).get(f"{HOME}ecran/").content.decode()
    assert conversation.room_code in client_of(alice).get(f"{HOME}ecran/").content.decode()


def test_too_many_newcomers_of_one_connection_are_asked_to_wait(client_of, statements, monkeypatch, settings):
    monkeypatch.setattr("essor.web.voters.NEWCOMERS", 1)
    settings.RATE_LIMIT_SCALE = 1
    assert client_of(None).post(f"{HOME}voter/1/", {"choice": "1"}).status_code == 302
    assert client_of(None).post(f"{HOME}voter/1/", {"choice": "1"}).status_code == 429
    assert Participant.objects.count() == 1
