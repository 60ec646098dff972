"""Long work, named by a dotted path and run by a worker.

The web only *names* the work: the module that does it, and the engines behind it, are loaded by
the worker. A job must be idempotent: after a crash it is run again.
"""

from typing import Any

from django.utils.module_loading import import_string
from django_tasks import task

KNOWN: dict[str, str] = {
    "import_actors": "essor.journeys.import_actors.run",
    "import_voices": "essor.journeys.import_voices.run",
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
