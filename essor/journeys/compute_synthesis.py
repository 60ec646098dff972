"""A worker computes the synthesis that somebody asked for."""

from essor.chain.needs.services.computing import compute_synthesis


def run(synthesis_id: int) -> None:
    """Compute it; run twice, the second time changes nothing."""
    compute_synthesis(synthesis_id=synthesis_id)
