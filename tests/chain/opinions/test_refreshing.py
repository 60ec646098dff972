"""The map follows the votes by itself: one job for many votes, seconds for ten thousand people."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from essor.chain.opinions.models import CurrentVote, MapRequest, OpinionMap, Participant, StatementTally, Vote
from essor.chain.opinions.selectors.maps import freshness_of, groups_of_map, latest_map, result_of_map
from essor.chain.opinions.selectors.voting import next_statement
from essor.chain.opinions.services.computing import draw_opinion_map
from essor.chain.opinions.services.groups import name_group
from essor.chain.opinions.services.tallies import MAP_DELAY, recount
from essor.chain.opinions.services.votes import cast_vote
from essor.common import clock, jobs
from tests.factories.opinions import ParticipantFactory, StatementFactory

PEOPLE, ASKED = 10_000, 24


@pytest.fixture
def in_the_queue(settings):
    """Jobs wait in the database for a worker, as they do outside the tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def _run_what_waits():
    """What the worker does with each job whose time has come."""
    for job in list(DBTaskResult.objects.filter(status="READY", run_after__lte=clock.now())):
        jobs.run_job.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        DBTaskResult.objects.filter(pk=job.pk).update(status="SUCCESSFUL")


def test_many_votes_wait_two_seconds_and_make_one_job(conversation, statements, in_the_queue, at):
    traveller = at("2026-03-03T19:00:00+01:00")
    people = [ParticipantFactory(conversation=conversation) for _each in range(4)]
    for who in people:
        for statement in statements:
            cast_vote(participant=who, statement=statement, choice=1)
    job = DBTaskResult.objects.get()
    assert job.run_after == clock.now() + MAP_DELAY
    _run_what_waits()
    assert latest_map(conversation) is None
    assert freshness_of(conversation, None).is_awaited
    traveller.shift(timedelta(seconds=3))
    _run_what_waits()
    assert latest_map(conversation).votes_count == 20
    assert not MapRequest.objects.exists()
    cast_vote(participant=people[0], statement=statements[0], choice=-1)
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_each_map_starts_from_the_one_before_and_takes_in_the_new_votes(conversation, alice):
    asked = [StatementFactory(conversation=conversation) for _each in range(8)]
    keys = None
    for turn in range(4):
        for side in (1, -1):
            for _each in range(6):
                who = ParticipantFactory(conversation=conversation)
                for statement in asked:
                    cast_vote(participant=who, statement=statement, choice=side)
        drawn = draw_opinion_map(conversation_id=conversation.pk)
        assert drawn.participants_count == 12 * (turn + 1)
        assert drawn.through_vote == Vote.objects.order_by("-id").first().pk
        found = {group.key for group in groups_of_map(drawn)}
        keys = keys or found
        assert found == keys
        if turn == 0:
            name_group(by=alice, drawn=drawn, key=min(keys), name="Le bourg")
    assert {group.name for group in groups_of_map(drawn)} == {"Le bourg", ""}
    assert OpinionMap.objects.count() == 4


def _ten_thousand(conversation):
    """Three groups of people who answered half of the statements each."""
    asked = [StatementFactory(conversation=conversation) for _each in range(ASKED)]
    now = clock.now()
    people = Participant.objects.bulk_create(
        [Participant(conversation=conversation, joined_at=now) for _each in range(PEOPLE)], batch_size=900
    )
    luck = np.random.default_rng(7)
    creeds = luck.choice([-1, 1], size=(3, ASKED))
    votes = [
        (conversation.pk, who.pk, asked[column].pk, int(creeds[rank % 3, column] if draw < 0.9 else 0), "online", now)
        for rank, who in enumerate(people)
        for column, draw in zip(
            luck.choice(ASKED, ASKED // 2, replace=False).tolist(), luck.random(ASKED // 2), strict=True
        )
    ]  # fmt: skip
    at = connection.ops.adapt_datetimefield_value(now)
    fields = "conversation_id, participant_id, statement_id, choice"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO opinions_vote ({fields}, channel, cast_at) VALUES (%s, %s, %s, %s, %s, %s)",
            [(*row[:-1], at) for row in votes],
        )
        cursor.execute(
            f"INSERT INTO opinions_currentvote ({fields}, cast_at, vote_id) "
            f"SELECT {fields}, cast_at, id FROM opinions_vote"
        )
        cursor.execute("ANALYZE")  # or PostgreSQL checks each key against an index it thinks empty
    recount(statements=[each.pk for each in asked])
    Participant.objects.update(votes_count=ASKED // 2)
    return asked, people


@pytest.mark.slow
def test_the_map_of_ten_thousand_people_is_refreshed_by_the_job_and_the_page_never_waits(
    conversation, in_the_queue, django_assert_max_num_queries
):
    asked, people = _ten_thousand(conversation)
    first = draw_opinion_map(conversation_id=conversation.pk)
    assert (first.participants_count, first.groups_count, first.votes_count) == (
        PEOPLE,
        3,
        PEOPLE * ASKED // 2,
    )
    mine = CurrentVote.objects.filter(participant=people[0]).first()
    cast_vote(participant=people[0], statement=mine.statement, choice=mine.choice or 1)
    newcomer = ParticipantFactory(conversation=conversation)
    cast_vote(participant=newcomer, statement=asked[0], choice=1)
    with django_assert_max_num_queries(5):
        shown = latest_map(conversation)
        result_of_map(shown)
        fresh = freshness_of(conversation, shown)
    assert shown == first
    assert fresh.is_awaited
    second = draw_opinion_map(conversation_id=conversation.pk)
    assert second.votes_count == first.votes_count + 1
    assert freshness_of(conversation, second).votes_since == 0
    assert {each.key for each in groups_of_map(second)} == {each.key for each in groups_of_map(first)}
    assert not StatementTally.objects.filter(priority=None).exists()
    with django_assert_max_num_queries(4):
        assert next_statement(people[1]) is not None
