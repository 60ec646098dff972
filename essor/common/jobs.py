"""Long work, named by a dotted path and run by a worker.

The web only *names* the work: the module that does it, and the engines behind it, are loaded by
the worker. A job must be idempotent: after a crash it is run again.
"""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import default_task_backend, task

from essor.common import clock

KNOWN: dict[str, str] = {
    "import_actors": "essor.journeys.import_actors.run",
    "import_polis": "essor.journeys.import_polis.run",
    "import_voices": "essor.journeys.import_voices.run",
    "compare_opinion_maps": "essor.journeys.compare_opinion_maps.run",
    "forget_devices": "essor.journeys.forget_devices.run",
    "compute_opinion_map": "essor.journeys.compute_opinion_map.run",
    "compute_matches": "essor.journeys.compute_matches.run",
    "compute_synthesis": "essor.journeys.compute_synthesis.run",
    "expire_consents": "essor.journeys.expire_consents.run",
    "forget_old_holders": "essor.journeys.forget_old_holders.run",
    "forget_erased_words": "essor.journeys.forget_erased_words.run",
    "remind_holders": "essor.journeys.remind_holders.run",
    "send_digests": "essor.journeys.send_digests.run",
}


@task()
def run_job(name: str, arguments: dict[str, Any]) -> None:
    """Run the job called ``name`` with these JSON arguments."""
    import_string(KNOWN[name])(**arguments)


def enqueue(name: str, **arguments: Any) -> None:
    """Ask for a job. It is written in the caller's transaction, so it exists if and only if that commits.

    Raises ValueError if no job has that name.
    """
    if name not in KNOWN:
        raise ValueError(f"no job is called {name!r}; see essor.common.jobs.KNOWN")
    run_job.enqueue(name, arguments)


def enqueue_soon(name: str, delay: timedelta, **arguments: Any) -> None:
    """Ask for a job that begins after ``delay``, so that what comes meanwhile is done at once.

    Where jobs cannot wait (they run at once, in tests), it runs once the transaction is committed.
    """
    if name not in KNOWN:
        raise ValueError(f"no job is called {name!r}; see essor.common.jobs.KNOWN")
    if default_task_backend.supports_defer:
        run_job.using(run_after=clock.now() + delay).enqueue(name, arguments)
    else:
        transaction.on_commit(partial(run_job.enqueue, name, arguments))
