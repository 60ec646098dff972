"""The pages of introductions."""

from types import SimpleNamespace as Things

from essor.chain.matches.models import Match
from essor.chain.matches.services.runs import ask_run
from essor.journeys import compute_matches
from tests.browser.arguments import Arguments, names_of, pk

PUBLIC: dict[str, Arguments] = {}
ACCOUNT: dict[str, Arguments] = {**names_of("matches")}
ATELIER: dict[str, Arguments] = {**names_of("atelier_matches"), **names_of("match", pk("match"))}
NO_PAGE = {
    "a gesture, answered by another page": ("territory:atelier_matches_ask territory:atelier_matches_retry"),
    "a part of a page": "territory:atelier_matches_progress",
}


def furnish(things: Things) -> None:
    """The introductions of the small world, as the worker computes them."""
    run = ask_run(by=things.alice, territory=things.territory)
    if run.state == "queued":
        compute_matches.run(run.pk)
    things.match = Match.objects.filter(run=run).order_by("pk").first()
