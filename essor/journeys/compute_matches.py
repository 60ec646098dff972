"""A worker computes the introductions that somebody asked for."""

from essor.chain.matches.services.computing import compute_run


def run(run_id: int) -> None:
    """Compute them; run twice, the second time changes nothing."""
    compute_run(run_id=run_id)
