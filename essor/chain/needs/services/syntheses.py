"""Asking for a synthesis, and putting it away. The calculation itself is a job."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.listening.models import Consultation
from essor.chain.needs.enums import Grain, SynthesisState
from essor.chain.needs.lifecycle import SYNTHESIS_MOVES
from essor.chain.needs.models import Synthesis
from essor.chain.needs.scopes import Scope
from essor.common import clock, jobs
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

MOST_SEED = 2_147_483_647


class SynthesisRefused(Exception):
    """The synthesis cannot be asked for or moved so; the message says what to do."""


@transaction.atomic
def ask_synthesis(
    *,
    by: Person,
    territory: Territory,
    consultation: Consultation | None = None,
    title: str,
    grain: str = Grain.DETAIL,
    seed: int = 1,
    scope: Mapping[str, Any] | None = None,
) -> Synthesis:
    """Ask for a synthesis of the voices in scope. A worker computes it; nothing is lost if it stops."""
    if consultation is not None and consultation.territory_id != territory.pk:
        raise SynthesisRefused(_("Cette concertation est d’un autre territoire : choisissez-en une d’ici."))
    if not 0 <= seed <= MOST_SEED:
        raise SynthesisRefused(_("La graine est un nombre entier entre 0 et 2 147 483 647."))
    synthesis = Synthesis.objects.create(
        territory=territory,
        consultation=consultation,
        title=" ".join(title.split())[:120] or _("Synthèse"),
        grain=Grain(grain),
        seed=seed,
        scope=Scope.read(scope or {}).to_json(),
        created_by=by,
        created_at=clock.now(),
    )
    ledger.record(
        by=by,
        verb="synthesis.asked",
        thing=synthesis,
        territory=territory,
        data={"grain": grain, "seed": seed},
    )
    jobs.enqueue("compute_synthesis", synthesis_id=synthesis.pk)
    return synthesis


@transaction.atomic
def ask_again(*, by: Person, synthesis: Synthesis) -> Synthesis:
    """Ask for the same synthesis anew: same choice of voices, grain and seed. The first one is untouched.

    With the same voices the result is the same; ``input_digest`` tells whether the voices changed.
    """
    return ask_synthesis(
        by=by,
        territory=synthesis.territory,
        consultation=synthesis.consultation,
        title=synthesis.title,
        grain=synthesis.grain,
        seed=synthesis.seed,
        scope=synthesis.scope,
    )


@transaction.atomic
def retry_synthesis(*, by: Person, synthesis: Synthesis) -> Synthesis:
    """Put a failed synthesis back in the queue."""
    synthesis = _move(synthesis, SynthesisState.QUEUED)
    Synthesis.objects.filter(pk=synthesis.pk).update(progress=0, step_code="", failure="")
    ledger.record(
        by=by, verb="synthesis.asked", thing=synthesis, territory=synthesis.territory, data={"again": 1}
    )
    jobs.enqueue("compute_synthesis", synthesis_id=synthesis.pk)
    synthesis.refresh_from_db()
    return synthesis


@transaction.atomic
def archive_synthesis(*, by: Person, synthesis: Synthesis) -> Synthesis:
    """Put a synthesis away. Its groups stay readable, and needs born from it stay linked to their voices."""
    synthesis = _move(synthesis, SynthesisState.ARCHIVED)
    ledger.record(by=by, verb="synthesis.archived", thing=synthesis, territory=synthesis.territory)
    return synthesis


@transaction.atomic
def restore_synthesis(*, by: Person, synthesis: Synthesis) -> Synthesis:
    """Take an archived synthesis out again."""
    if synthesis.computed_at is None:
        raise SynthesisRefused(_("Cette synthèse n’a jamais été calculée : demandez-en une nouvelle."))
    synthesis = _move(synthesis, SynthesisState.READY)
    ledger.record(
        by=by, verb="synthesis.archived", thing=synthesis, territory=synthesis.territory, data={"restored": 1}
    )
    return synthesis


def _move(synthesis: Synthesis, state: SynthesisState) -> Synthesis:
    synthesis = (
        Synthesis.objects.select_for_update(of=("self",)).select_related("territory").get(pk=synthesis.pk)
    )
    if state not in SYNTHESIS_MOVES[synthesis.state]:
        raise SynthesisRefused(
            _("Une synthèse « %(before)s » ne peut pas devenir « %(after)s ».")
            % {"before": synthesis.get_state_display(), "after": state.label}
        )
    synthesis.state = state
    synthesis.save(update_fields=["state"])
    return synthesis
