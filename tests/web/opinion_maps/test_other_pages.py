"""A group, its name, two dates, one's own place, the report and the files."""

import json

import pytest

from essor.chain.opinions.models import GroupName, MapComparison
from essor.chain.opinions.services.computing import compare_opinion_maps, draw_opinion_map
from essor.chain.opinions.services.groups import keep_map
from essor.chain.opinions.services.votes import cast_vote
from essor.web.opinion_maps.telling import Told
from tests.factories.opinions import ParticipantFactory, answer_many

pytestmark = pytest.mark.django_db


def _key(drawn):
    return drawn.groups.first().key


def test_a_group_tells_what_sets_it_apart(drawn, address, client):
    page = client.get(address("opinion_group", drawn.pk, _key(drawn))).content.decode()
    assert "Ce qui le distingue" in page
    assert "Personne n’a choisi d’être dans ce groupe" in page
    assert client.get(address("opinion_group", drawn.pk, 99)).status_code == 404


def test_a_facilitator_names_a_group_and_takes_the_name_back(drawn, address, client_of, alice, bilal, farid):
    door = address("opinion_group_name", drawn.pk, _key(drawn))
    assert client_of(None).get(door).status_code == 302
    for person in (bilal, farid):
        assert client_of(person).post(door, {"name": "Pris"}).status_code == 403
    browser = client_of(alice)
    browser.post(door, {"name": "Les lève-tôt", "portrait": "Ils veulent un bus."})
    assert "Les lève-tôt" in browser.get(address("conversation_map")).content.decode()
    browser.post(door, {"name": ""})
    assert not GroupName.objects.exists()


def test_two_dates_are_compared_by_a_job_and_then_read(drawn, camps, conversation, address, client, alice):
    keep_map(by=alice, drawn=drawn)
    for person in camps[1][:6]:
        cast_vote(participant=person, statement=camps[0][0], choice=0)
    later = draw_opinion_map(conversation_id=conversation.pk)
    door = address("opinion_compare")
    assert "Deux dates" in client.get(door).content.decode()
    answer = client.post(door, {"avant": later.pk, "apres": drawn.pk})
    assert answer["Location"].endswith(f"?avant={drawn.pk}&apres={later.pk}")
    compare_opinion_maps(comparison_id=MapComparison.objects.get().pk)
    assert "Ce qui a bougé" in client.get(answer["Location"]).content.decode()
    assert "Choisissez deux" in client.post(door, {"avant": "²"}, follow=True).content.decode()
    assert client.get(f"{door}?avant=999999&apres={drawn.pk}").status_code == 404


def test_small_families_are_nowhere_in_what_is_published(drawn, address, client):
    page = client.get(address("opinion_compare")).content.decode()
    assert "Personne n’a encore dit" in page


def test_ones_place_is_for_oneself(drawn, camps, address, client_of, bilal, conversation):
    door = address("opinion_where_i_stand")
    assert "pas encore répondu" in client_of(None).get(door).content.decode()
    me = camps[1][0]
    me.person = bilal
    me.save()
    answer = client_of(bilal).get(door)
    assert "Vos réponses vous placent près du groupe" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_the_report_and_the_files_hold_figures_and_no_person(drawn, address, client):
    assert "Pour vérifier" in client.get(address("opinion_map_report", drawn.pk)).content.decode()
    told = json.loads(client.get(address("opinion_map_data", drawn.pk), {"format": "json"}).content)
    assert told["participants"] == []
    assert told["participants_count"] == drawn.participants_count
    assert {each["size"] for each in told["groups"]} == {each.size for each in drawn.groups.all()}
    answer = client.get(address("opinion_map_data", drawn.pk), {"format": "csv"})
    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(table.splitlines()) == 1 + len(told["statements"])


def test_each_page_asks_a_bounded_number_of_queries(drawn, address, client, django_assert_max_num_queries):
    pages = [
        address("opinion_group", drawn.pk, _key(drawn)),
        address("opinion_compare"),
        address("opinion_where_i_stand"),
        address("opinion_map_report", drawn.pk),
    ]
    for page in pages:
        with django_assert_max_num_queries(20):
            client.get(page)


def test_maps_drawn_seconds_apart_are_not_read_one_after_the_other(
    drawn, camps, conversation, address, client_of, alice
):
    """Their difference would be one person's votes: visitors read the last one and those that are kept."""
    cast_vote(participant=camps[1][0], statement=camps[0][0], choice=0)
    later = draw_opinion_map(conversation_id=conversation.pk)
    first = address("conversation_map_of", drawn.pk)
    visitor = client_of(None)
    assert visitor.get(address("conversation_map_of", later.pk)).status_code == 200
    assert visitor.get(first).status_code == 404
    for name in ("opinion_map_report", "opinion_map_data"):
        assert visitor.get(address(name, drawn.pk)).status_code == 404
    assert visitor.get(f"{address('opinion_compare')}?avant={drawn.pk}&apres={later.pk}").status_code == 404
    assert client_of(alice).get(first).status_code == 200
    keep_map(by=alice, drawn=drawn)
    assert visitor.get(first).status_code == 200


def test_those_in_no_group_are_not_found_by_subtraction(camps, conversation, address, client):
    """One person outside the groups answered: a group is hidden with them on that statement, in every file."""
    loner = ParticipantFactory(conversation=conversation)
    answer_many(conversation, {loner: {camps[0][0]: 1}})
    drawn = draw_opinion_map(conversation_id=conversation.pk)
    told = Told(drawn)
    assert told.result["not_grouped"] == {"few_votes": 1}
    shares = told.shares_of(str(camps[0][0].pk))
    assert any(each.seen is None for each in shares)
    assert all(each.seen for each in told.shares_of(str(camps[0][1].pk)))
    table = b"".join(client.get(address("opinion_map_data", drawn.pk)).streaming_content).decode("utf-8-sig")
    assert any(line.endswith((",", ";")) or ";;" in line or ",," in line for line in table.splitlines()[1:])
