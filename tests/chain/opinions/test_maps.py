"""The map is drawn by a job, follows the votes, keeps the names of groups, and explains itself."""

from datetime import timedelta

import numpy as np
import pytest

from essor.chain.opinions.computations.places import standing_of
from essor.chain.opinions.computations.snapshots import restored
from essor.chain.opinions.models import (
    Conversation,
    GroupName,
    MapRequest,
    OpinionMap,
    Participant,
    StatementTally,
)
from essor.chain.opinions.selectors.maps import (
    comparison_of,
    freshness_of,
    groups_of_map,
    latest_map,
    map_in_territory,
    points_of_map,
    result_of_map,
)
from essor.chain.opinions.services import computing, tallies
from essor.chain.opinions.services.computing import draw_opinion_map
from essor.chain.opinions.services.conversations import edit_conversation
from essor.chain.opinions.services.groups import ask_comparison, keep_map, name_group, redraw_map
from essor.chain.opinions.services.merging import merge_statements
from essor.chain.opinions.services.participants import withdraw_participant
from essor.chain.opinions.services.refusals import OpinionRefused
from essor.chain.opinions.services.statements import reject_statement
from essor.chain.opinions.services.tallies import request_map
from essor.chain.opinions.services.votes import cast_vote
from essor.common import clock
from essor.ground.ledger.models import Fact
from tests.factories.opinions import ParticipantFactory, StatementFactory, answer_many


def two_camps(conversation, *, size=12, statements=8, seed=1):
    """Two groups that differ on all but the last statement, on which everybody agrees."""
    rng = np.random.default_rng(seed)
    asked = [StatementFactory(conversation=conversation) for _each in range(statements)]
    answers = {}
    for side in (1, -1):
        for _each in range(size):
            given = {each: side if rng.random() < 0.9 else 0 for each in asked[:-1]}
            answers[ParticipantFactory(conversation=conversation)] = {**given, asked[-1]: 1}
    answer_many(conversation, answers)
    return asked, list(answers)


@pytest.fixture
def camps(conversation):
    return two_camps(conversation)


@pytest.fixture
def drawn(camps, conversation):
    return draw_opinion_map(conversation_id=conversation.pk)


def test_two_camps_make_two_groups_with_a_common_ground(drawn, camps):
    asked, people = camps
    assert (drawn.groups_count, drawn.grouped_count, drawn.participants_count) == (2, 24, 24)
    told = result_of_map(drawn)
    assert [each["statement"] for each in told["consensus"]] == [str(asked[-1].pk)]
    assert str(asked[-1].pk) not in {each["statement"] for each in told["divisive"]}
    assert {step["code"] for step in told["reasons"]} >= {"read", "groups", "stands_out"}
    points = points_of_map(drawn)
    sides = dict(zip(points["participant"], points["group"], strict=True))
    assert len({sides[each.pk] for each in people[:12]}) == len({sides[each.pk] for each in people[12:]}) == 1
    assert len(told["dots"]) == 24
    fact = Fact.objects.about(drawn.conversation).get(verb="opinion_map.computed")
    assert (fact.data["map"], fact.data["groups"]) == (drawn.pk, 2)


def test_drawn_again_from_the_same_votes_nothing_new_is_written(drawn, conversation):
    request_map(conversation=conversation)
    assert draw_opinion_map(conversation_id=conversation.pk) == drawn
    assert OpinionMap.objects.count() == 1
    assert not MapRequest.objects.exists()


def test_a_stored_map_comes_back_as_the_engine_made_it(drawn):
    back = restored(drawn)
    told = result_of_map(drawn)
    assert [each.id for each in back.groups] == [each["id"] for each in told["groups"]]
    assert back.basis.components.shape == (2, 8)
    assert back.tallies.shape == (2, 8, 3)


def test_groups_keep_their_names_while_their_people_stay(drawn, conversation, camps, alice):
    asked, people = camps
    first = groups_of_map(drawn)[0]
    name_group(by=alice, drawn=drawn, key=first.key, name="Celles et ceux du bourg", portrait="À pied.")
    before = dict(zip(points_of_map(drawn)["participant"], points_of_map(drawn)["group"], strict=True))
    cast_vote(participant=people[0], statement=asked[-1], choice=-1)
    later = draw_opinion_map(conversation_id=conversation.pk)
    assert later != drawn
    after = dict(zip(points_of_map(later)["participant"], points_of_map(later)["group"], strict=True))
    assert before == after
    assert groups_of_map(later)[0].name == "Celles et ceux du bourg"
    assert name_group(by=alice, drawn=later, key=first.key, name=" ") is None
    assert not GroupName.objects.exists()
    with pytest.raises(OpinionRefused, match="pas sur cette carte"):
        name_group(by=alice, drawn=later, key=99, name="Personne")


def test_statements_set_aside_and_people_who_left_are_not_on_the_map(drawn, conversation, camps, alice):
    asked, people = camps
    reject_statement(by=alice, statement=asked[0], reason="unclear")
    merge_statements(by=alice, kept=asked[1], duplicates=[asked[2]])
    withdraw_participant(participant=people[0])
    later = draw_opinion_map(conversation_id=conversation.pk)
    assert (later.statements_count, later.parameters["moderated"]) == (6, [str(asked[0].pk)])
    assert people[0].pk not in points_of_map(later)["participant"]


def test_the_journal_tells_of_a_map_once_an_hour(drawn, conversation, camps, at):
    for choice in (0, -1):
        cast_vote(participant=camps[1][0], statement=camps[0][-1], choice=choice)
        draw_opinion_map(conversation_id=conversation.pk)
    assert OpinionMap.objects.count() == 3
    assert Fact.objects.about(conversation).filter(verb="opinion_map.computed").count() == 1


def test_those_who_share_a_device_may_be_left_off_the_map(drawn, conversation, camps, alice):
    shared = [each.pk for each in camps[1][:2]]
    Participant.objects.filter(pk__in=shared).update(shares_device=True)
    edit_conversation(by=alice, conversation=conversation, map_shared_devices=False)
    assert MapRequest.objects.exists()
    later = draw_opinion_map(conversation_id=conversation.pk)
    assert later.participants_count == 22
    assert StatementTally.objects.get(pk=camps[0][-1].pk).agrees == 24


def test_a_request_forgotten_by_a_fallen_worker_is_put_down_again(
    conversation, camps, alice, at, monkeypatch
):
    asked = []
    monkeypatch.setattr(tallies.jobs, "enqueue_soon", lambda name, _delay, **_more: asked.append(name))
    monkeypatch.setattr(tallies.jobs, "enqueue", lambda name, **_more: asked.append(name))
    traveller = at("2026-03-03T19:00:00+01:00")
    assert request_map(conversation=conversation)
    assert not request_map(conversation=conversation)
    traveller.shift(tallies.LOST + timedelta(seconds=1))
    assert request_map(conversation=conversation)
    assert not request_map(conversation=conversation)
    assert len(asked) == 2
    redraw_map(by=alice, conversation=conversation)
    assert asked == ["compute_opinion_map"] * 3


def test_priorities_are_those_of_the_engine(drawn, camps, conversation):
    new = StatementFactory(conversation=conversation)
    rows = dict(StatementTally.objects.values_list("pk", "priority"))
    assert rows[new.pk] is None
    assert all(rows[each.pk] > 0 for each in camps[0])


def test_the_page_knows_whether_the_map_is_up_to_date(drawn, camps, conversation):
    assert freshness_of(conversation, drawn).votes_since == 0
    cast_vote(participant=camps[1][0], statement=camps[0][-1], choice=0)
    fresh = freshness_of(conversation, drawn)
    assert (fresh.votes_since, fresh.is_awaited, fresh.failure) == (1, True, "")


def test_somebody_is_told_where_they_stand_at_once(drawn, camps, conversation):
    asked, people = camps
    own = dict(zip(points_of_map(drawn)["participant"], points_of_map(drawn)["group"], strict=True))
    place = standing_of(people[0], drawn)
    assert (place.group, place.why) == (own[people[0].pk], "")
    newcomer = ParticipantFactory(conversation=conversation)
    assert standing_of(newcomer, drawn).why == "no_vote"
    cast_vote(participant=newcomer, statement=asked[0], choice=1)
    assert standing_of(newcomer, drawn).missing == conversation.least_votes - 1


def test_nobody_voted_yet_draws_nothing(conversation, statements):
    assert draw_opinion_map(conversation_id=conversation.pk) is None
    assert latest_map(conversation) is None


def test_a_failure_is_told_in_words_and_the_next_map_mends_it(conversation, camps, monkeypatch):
    def breaks(*_arguments):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(computing.drawing, "compute", breaks)
        with pytest.raises(ZeroDivisionError):
            draw_opinion_map(conversation_id=conversation.pk)
    assert "Aucun vote n’est perdu" in Conversation.objects.get(pk=conversation.pk).map_failure
    draw_opinion_map(conversation_id=conversation.pk)
    assert Conversation.objects.get(pk=conversation.pk).map_failure == ""


def test_two_dates_are_compared_without_naming_anybody(drawn, camps, conversation):
    asked, people = camps
    for who in people[:9]:
        cast_vote(participant=who, statement=asked[-1], choice=-1)
    later = draw_opinion_map(conversation_id=conversation.pk)
    assert comparison_of(drawn, later) is None
    comparison = ask_comparison(earlier=later, later=drawn)
    assert ask_comparison(earlier=drawn, later=later) == comparison
    computing.compare_opinion_maps(comparison_id=comparison.pk)
    computing.compare_opinion_maps(comparison_id=comparison.pk)
    told = comparison_of(drawn, later)
    assert told["stayed"] == 24
    shift = next(each for each in told["statements"] if each["statement"] == str(asked[-1].pk))
    assert shift["changed"]
    assert shift["left"]
    with pytest.raises(OpinionRefused, match="différentes"):
        ask_comparison(earlier=drawn, later=drawn)


def test_families_are_shown_by_group_without_small_cells(conversation, camps):
    people = camps[1]
    Participant.objects.filter(pk__in=[each.pk for each in people[:11]]).update(
        family="citizen", family_declared_at=clock.now()
    )
    Participant.objects.filter(pk__in=[each.pk for each in people[11:]]).update(
        family="worker", family_declared_at=clock.now()
    )
    told = result_of_map(draw_opinion_map(conversation_id=conversation.pk))["families"]
    assert told["families"] == ["citizen", "worker"]
    assert told["hidden"] > 0
    assert all(cell is None or cell == 0 or cell >= 10 for row in told["cells"] for cell in row)


def test_old_maps_are_forgotten_but_not_those_of_other_days_nor_those_kept(camps, conversation, at, alice):
    asked, people = camps
    traveller = at("2026-03-03T08:00:00+01:00")
    kept = draw_opinion_map(conversation_id=conversation.pk)
    keep_map(by=alice, drawn=kept)
    traveller.shift(timedelta(days=2))
    for turn in range(9):
        traveller.shift(timedelta(minutes=1))
        cast_vote(participant=people[0], statement=asked[-1], choice=(0, -1, 1)[turn % 3])
        draw_opinion_map(conversation_id=conversation.pk)
    left = list(OpinionMap.objects.filter(conversation=conversation))
    assert kept in left
    assert len(left) == computing.KEPT_LAST + 1


def test_a_map_of_another_territory_is_not_found(drawn, territory, other_territory):
    assert map_in_territory(territory, drawn.pk) == drawn
    assert map_in_territory(other_territory, drawn.pk) is None
