"""Computing a synthesis, in a job: the only service that loads the engine. Pages never import it."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.needs import computations
from essor.chain.needs.enums import SynthesisState
from essor.chain.needs.models import Synthesis
from essor.chain.needs.notifications import tell_synthesis_ended
from essor.ground.ledger import services as ledger
from essor.ground.ledger.enums import Actor

logger = logging.getLogger(__name__)
_STEP = 2  # per cent between two writings of the progress
_TO_DO = (SynthesisState.QUEUED, SynthesisState.RUNNING)


def compute_synthesis(*, synthesis_id: int) -> None:
    """Compute a synthesis that waits, or whose worker died. One already computed is left as it is."""
    begun = Synthesis.objects.filter(pk=synthesis_id, state__in=_TO_DO).update(
        state=SynthesisState.RUNNING, progress=1, step_code="read", failure=""
    )
    if not begun:
        return
    synthesis = Synthesis.objects.select_related("territory", "consultation", "created_by").get(
        pk=synthesis_id
    )
    try:
        result = computations.compute(synthesis, _Progress(synthesis_id))
        with transaction.atomic():
            if _still_to_do(synthesis):
                computations.store(synthesis, result)
                _finish(synthesis)
    except computations.TooFewTexts as few:
        _fail(
            synthesis,
            _(
                "Il faut au moins %(needed)d voix lisibles pour une synthèse, et il y en a %(found)d : "
                "élargissez le choix, ou attendez d’en avoir davantage."
            )
            % {"needed": few.needed, "found": few.found},
        )
    except Exception:
        logger.exception("The synthesis %s could not be computed.", synthesis_id)
        _fail(
            synthesis,
            _("Le calcul s’est arrêté sur une erreur inattendue. Les voix sont intactes : recommencez."),
        )
        raise


class _Progress:
    """Writes the progress as it goes, but not at every breath."""

    def __init__(self, synthesis_id: int) -> None:
        self.synthesis_id = synthesis_id
        self.told = (1, "read")

    def __call__(self, share: float, step: str) -> None:
        percent = max(1, min(99, int(share * 100)))
        before, step_before = self.told
        if percent >= before + _STEP or step != step_before:
            self.told = (percent, step)
            Synthesis.objects.filter(pk=self.synthesis_id).update(progress=percent, step_code=step[:40])


def _still_to_do(synthesis: Synthesis) -> bool:
    """False when another worker finished first: people may already have curated its groups."""
    state = Synthesis.objects.select_for_update().values_list("state", flat=True).get(pk=synthesis.pk)
    return state in _TO_DO


def _finish(synthesis: Synthesis) -> None:
    synthesis.state = SynthesisState.READY
    synthesis.progress = 100
    synthesis.step_code = "done"
    synthesis.save(update_fields=["state", "progress", "step_code"])
    ledger.record(
        by=None,
        actor=Actor.MACHINE,
        verb="synthesis.computed",
        thing=synthesis,
        territory=synthesis.territory,
        data={
            "voices": synthesis.voices_count,
            "groups": synthesis.figures["detail"],
            "digest": synthesis.input_digest,
            "seed": synthesis.seed,
        },
    )
    tell_synthesis_ended(synthesis)


@transaction.atomic
def _fail(synthesis: Synthesis, words: str) -> None:
    synthesis.state, synthesis.failure = SynthesisState.FAILED, words
    synthesis.save(update_fields=["state", "failure"])
    ledger.record(
        by=None,
        actor=Actor.MACHINE,
        verb="synthesis.failed",
        thing=synthesis,
        territory=synthesis.territory,
    )
    tell_synthesis_ended(synthesis)
