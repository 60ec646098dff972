"""The map is read by anybody: its summary, groups, agreement, divisions, and how fresh it is."""

import re

import pytest

from essor.chain.opinions.enums import ConversationState
from essor.chain.opinions.models import OpinionMap
from essor.chain.opinions.services.votes import cast_vote
from essor.web.opinion_maps.hiding import masked

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def test_anybody_reads_the_map_and_what_it_says(drawn, camps, address, client):
    page = client.get(address("conversation_map")).content.decode()
    assert "24 personnes sont sur la carte" in page
    assert "La carte montre 2 groupes" in page
    assert camps[0][-1].text in page
    assert page.count("Ce groupe se distingue") == 2
    assert drawn.input_digest in page
    assert "Aucun vote n’est arrivé depuis" in page
    assert "<svg" in page


def test_the_page_of_a_date_says_the_same_twice(drawn, address, client):
    dated = address("conversation_map_of", drawn.pk)
    first, second = (TOKEN.sub("", client.get(dated).content.decode()) for _time in range(2))
    assert first == second


def test_votes_that_came_since_are_told(drawn, camps, address, client):
    cast_vote(participant=camps[1][0], statement=camps[0][-1], choice=0)
    page = client.get(address("conversation_map")).content.decode()
    assert "1 vote est arrivé depuis" in page
    assert "Une nouvelle carte est en cours de calcul" in page
    assert OpinionMap.objects.count() == 1


def test_before_any_map_the_page_says_what_is_missing(conversation, address, client):
    page = client.get(address("conversation_map")).content.decode()
    assert "La carte n’est pas encore dessinée" in page


def test_the_map_of_a_draft_is_for_those_who_prepare_it(drawn, conversation, address, client, alice):
    conversation.state = ConversationState.DRAFT
    conversation.save()
    assert client.get(address("conversation_map")).status_code == 404
    assert client.get(address("conversation_map_of", drawn.pk)).status_code == 404
    client.force_login(alice)
    assert client.get(address("conversation_map")).status_code == 200


def test_a_map_is_only_read_under_its_own_question(drawn, address, client):
    assert client.get(address("conversation_map_of", drawn.pk + 1)).status_code == 404


def test_only_those_who_facilitate_are_offered_to_name_groups(drawn, address, client, alice, bilal, farid):
    for person, offered in ((bilal, False), (farid, False), (alice, True)):
        client.force_login(person)
        assert ("Lui donner un nom" in client.get(address("conversation_map")).content.decode()) is offered


def test_the_page_asks_a_bounded_number_of_queries(drawn, address, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        client.get(address("conversation_map"))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([20, 3, 9], [20, None, None]),
        ([1, 2, 30], [None, None, None]),
        ([2, 4, 30], [None, None, 30]),
        ([0, 12], [0, 12]),
        ([3], [None]),
    ],
)
def test_small_counts_are_hidden_with_what_would_give_them_away(counts, shown):
    assert masked(counts) == shown
