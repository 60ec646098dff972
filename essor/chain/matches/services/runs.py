"""Asking for introductions. The calculation itself is a job."""

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.matches.enums import RunState
from essor.chain.matches.lifecycle import RUN_MOVES
from essor.chain.matches.models import MatchRun
from essor.common import clock, jobs
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

KEPT = 5  # calculations of a territory that stay readable


class RunRefused(Exception):
    """The calculation cannot be asked for so; the message says what to do."""


@transaction.atomic
def ask_run(*, by: Person | None, territory: Territory) -> MatchRun:
    """Ask for introductions over the whole territory. One that already waits is given back as it is."""
    Territory.objects.select_for_update().get(pk=territory.pk)
    waiting = MatchRun.objects.in_territory(territory).filter(state__in=[RunState.QUEUED, RunState.RUNNING])
    if (found := waiting.first()) is not None:
        return found
    run = MatchRun.objects.create(territory=territory, asked_by=by, asked_at=clock.now())
    ledger.record(by=by, verb="matches.asked", thing=run, territory=territory)
    jobs.enqueue("compute_matches", run_id=run.pk)
    return run


@transaction.atomic
def retry_run(*, by: Person, run: MatchRun) -> MatchRun:
    """Put a calculation that failed back in the queue."""
    run = MatchRun.objects.select_for_update(of=("self",)).select_related("territory").get(pk=run.pk)
    if RunState.QUEUED not in RUN_MOVES[run.state]:
        raise RunRefused(_("Ce calcul n’a pas échoué : demandez-en un nouveau."))
    run.state, run.failure = RunState.QUEUED, ""
    run.save(update_fields=["state", "failure"])
    ledger.record(by=by, verb="matches.asked", thing=run, territory=run.territory, data={"again": 1})
    jobs.enqueue("compute_matches", run_id=run.pk)
    return run


@transaction.atomic
def forget_old_runs(*, territory: Territory) -> int:
    """Let go of the proposals of old calculations; answers are kept for ever, by pair."""
    ready = MatchRun.objects.in_territory(territory).ready().order_by("-asked_at", "-id")
    old = list(ready.values_list("pk", flat=True)[KEPT:])
    gone, _by_model = MatchRun.objects.filter(pk__in=old).delete()
    return gone
