"""Computing introductions, in a job: the only service that loads the engine. Pages never import it."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.matches import computations
from essor.chain.matches.enums import RunState
from essor.chain.matches.models import MatchRun
from essor.chain.matches.notifications import tell_run_ended
from essor.chain.matches.services.runs import forget_old_runs
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import Actor

logger = logging.getLogger(__name__)
_TO_DO = (RunState.QUEUED, RunState.RUNNING)


def compute_run(*, run_id: int) -> None:
    """Compute what waits, or what a worker left unfinished. What is ready is left as it is."""
    begun = MatchRun.objects.filter(pk=run_id, state__in=_TO_DO).update(state=RunState.RUNNING, failure="")
    if not begun:
        return
    run = MatchRun.objects.select_related("territory", "asked_by").get(pk=run_id)
    try:
        found = computations.compute(run)
        with transaction.atomic():
            if _still_to_do(run):
                computations.store(run, found)
                _finish(run)
    except computations.NothingToMatch:
        _fail(
            run, _("Il manque de quoi comparer : publiez des besoins ou des projets, et listez des acteurs.")
        )
    except Exception:
        logger.exception("The introductions of the run %s could not be computed.", run_id)
        _fail(run, _("Le calcul s’est arrêté sur une erreur inattendue. Rien n’est perdu : recommencez."))
        raise


def _still_to_do(run: MatchRun) -> bool:
    """False when another worker finished first."""
    state = MatchRun.objects.select_for_update().values_list("state", flat=True).get(pk=run.pk)
    return state in _TO_DO


def _finish(run: MatchRun) -> None:
    run.state = RunState.READY
    run.save(update_fields=["state"])
    ledger.record(
        by=None,
        actor=Actor.MACHINE,
        verb="matches.computed",
        thing=run,
        territory=run.territory,
        data={"proposals": run.figures["proposals"], "digest": run.input_digest},
    )
    forget_old_runs(territory=run.territory)
    tell_run_ended(run)


@transaction.atomic
def _fail(run: MatchRun, words: str) -> None:
    run.state, run.failure = RunState.FAILED, words
    run.save(update_fields=["state", "failure"])
    ledger.record(by=None, actor=Actor.MACHINE, verb="matches.failed", thing=run, territory=run.territory)
    tell_run_ended(run)
