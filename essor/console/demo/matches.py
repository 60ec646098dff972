"""The introductions: computed, then answered by a few people, whose reasons the next calculation uses."""

from essor.chain.matches.enums import RunState
from essor.chain.matches.services.runs import ask_run
from essor.console.demo.scene import Scene
from essor.console.demo.timeline import at
from essor.journeys import compute_matches


def propose_introductions(scene: Scene) -> None:
    """One calculation over the whole territory, as the worker makes it."""
    with at(scene.time.ago(1.5)):
        run = ask_run(by=scene.alice, territory=scene.territory)
        compute_matches.run(run.pk)
    run.refresh_from_db()
    if run.state != RunState.READY:
        raise RuntimeError("the introductions of the demonstration could not be computed")
