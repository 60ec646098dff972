"""A worker puts side by side the two maps that somebody asked for."""

from essor.chain.opinions.services.computing import compare_opinion_maps


def run(comparison_id: int) -> None:
    """Compare them; run twice, the second time changes nothing."""
    compare_opinion_maps(comparison_id=comparison_id)
