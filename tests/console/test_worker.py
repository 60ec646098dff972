"""Jobs left behind by a crash, and the daily schedule."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from essor.common import clock, jobs
from essor.console import worker

pytestmark = pytest.mark.django_db


def _running(starts: int, ago: timedelta) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status="RUNNING",
        args_kwargs={"args": [], "kwargs": {}},
        task_path="essor.common.jobs.run_job",
        worker_ids=[f"worker-{number}" for number in range(starts)],
        backend_name="default",
        run_after=clock.now(),
        started_at=clock.now() - ago,
        exception_class_path="",
        traceback="",
    )


def test_a_job_whose_worker_died_is_taken_up_again():
    job = _running(starts=1, ago=timedelta(minutes=16))
    assert worker.take_up_lost_jobs() == (1, 0)
    job.refresh_from_db()
    assert job.status == "READY"


def test_a_job_that_fell_three_times_is_given_up_and_says_why():
    job = _running(starts=3, ago=timedelta(minutes=16))
    assert worker.take_up_lost_jobs() == (0, 1)
    job.refresh_from_db()
    assert job.status == "FAILED"
    assert "3 starts" in job.traceback


def test_a_job_still_within_its_lease_is_left_alone():
    job = _running(starts=1, ago=timedelta(minutes=14))
    assert worker.take_up_lost_jobs() == (0, 0)
    job.refresh_from_db()
    assert job.status == "RUNNING"


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **_arguments: names.append(name))
    return names


def test_the_digest_is_asked_for_once_a_day_whatever_the_number_of_workers(at, asked):
    at("2026-03-03T07:01:00+01:00")
    assert worker.keep_schedule()
    assert not worker.keep_schedule()
    assert asked == [
        "remind_holders",
        "send_digests",
        "expire_consents",
        "forget_old_holders",
        "forget_erased_words",
        "forget_devices",
    ]


def test_the_digest_is_asked_for_again_the_next_day(at, asked):
    moment = at("2026-03-03T12:00:00+01:00")
    worker.keep_schedule()
    moment.shift(timedelta(days=1))
    worker.keep_schedule()
    assert (
        asked
        == [
            "remind_holders",
            "send_digests",
            "expire_consents",
            "forget_old_holders",
            "forget_erased_words",
            "forget_devices",
        ]
        * 2
    )


def test_nothing_is_asked_for_before_seven_in_the_morning(at, asked):
    at("2026-03-03T06:59:00+01:00")
    assert not worker.keep_schedule()
    assert asked == []


def test_results_older_than_two_weeks_are_forgotten(at, asked):
    moment = at("2026-03-03T12:00:00+01:00")
    old = _running(starts=1, ago=timedelta(0))
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=clock.now())
    moment.shift(timedelta(days=15))
    worker.keep_schedule()
    assert not DBTaskResult.objects.filter(pk=old.pk).exists()
