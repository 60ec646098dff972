"""The worker of long jobs: runs them, takes up those a crash left behind, and keeps the daily schedule."""

import argparse
import logging
import secrets
import threading
from datetime import timedelta

from django.core.cache import cache
from django.db import close_old_connections
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from essor.common import clock, jobs
from essor.console.words import _

LEASE = timedelta(minutes=15)  # a job is shorter than this; jobs are idempotent, so a second start is safe
STARTS = 3
KEPT = timedelta(days=14)  # how long the result of a finished job stays readable
DIGEST_HOUR = 7
EVERY = 60.0

logger = logging.getLogger(__name__)


def take_up_lost_jobs() -> tuple[int, int]:
    """Jobs whose worker died: start again, or give up after three starts. Returns (taken up, given up)."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=clock.now() - LEASE)
    again = ended = 0
    for job in lost:
        same = DBTaskResult.objects.filter(
            pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at
        )
        if len(job.worker_ids) < STARTS:
            again += same.update(status=TaskResultStatus.READY)
        else:
            ended += same.update(
                status=TaskResultStatus.FAILED,
                finished_at=clock.now(),
                traceback=f"Given up after {STARTS} starts: each time its worker stopped before the end.",
            )
    return again, ended


def keep_schedule() -> bool:
    """Once a day after seven: digests, ended consents, old cards and old results. Returns whether it was now.

    The shared cache lets only one worker do it, whatever their number.
    """
    local = timezone.localtime(clock.now())
    if local.hour < DIGEST_HOUR:
        return False
    if not cache.add(f"schedule:daily:{local.date().isoformat()}", 1, 3 * 86_400):
        return False
    jobs.enqueue("remind_holders")
    jobs.enqueue("send_digests")
    jobs.enqueue("expire_consents")
    jobs.enqueue("forget_old_holders")
    jobs.enqueue("forget_erased_words")
    jobs.enqueue("forget_devices")
    DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - KEPT).delete()
    return True


def _look_after(stop: threading.Event) -> None:
    while not stop.wait(EVERY):
        close_old_connections()
        try:
            again, ended = take_up_lost_jobs()
            if again or ended:
                logger.warning("Jobs left behind by a crash: %s taken up, %s given up.", again, ended)
            keep_schedule()
        except Exception:
            logger.exception("The care of jobs failed; it is tried again in a minute.")
        close_old_connections()


def worker(arguments: list[str]) -> int:
    """Run jobs until told to stop; the job under way is finished first."""
    parser = argparse.ArgumentParser("essor worker", description=_("Fait travailler les tâches de fond."))
    parser.add_argument("--once", action="store_true", help=_("s’arrête quand il n’y a plus rien à faire"))
    options = parser.parse_args(arguments)
    take_up_lost_jobs()
    runner = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=options.once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=secrets.token_hex(8),
        excluded_queue_names=[],
    )
    runner.configure_signals()
    stop = threading.Event()
    if not options.once:
        threading.Thread(target=_look_after, args=(stop,), daemon=True).start()
    try:
        runner.run()
    finally:
        stop.set()
    return 0
