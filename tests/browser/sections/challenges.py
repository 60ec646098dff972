"""The pages of challenges."""

from datetime import timedelta
from types import SimpleNamespace as Things

from essor.chain.challenges.models import ChallengeGathering
from essor.chain.challenges.services.challenges import PhaseWords, draft_challenge
from essor.chain.challenges.services.lacks import phases_of
from essor.common import clock
from essor.journeys.lead_challenges import launch_challenge
from tests.browser.arguments import Arguments, names_of, pk, slug

PUBLIC: dict[str, Arguments] = {**names_of("challenges"), **names_of("challenge", slug("challenge"))}
ACCOUNT: dict[str, Arguments] = {
    **names_of("challenges_mine challenge_new"),
    **names_of("challenge_edit challenge_end challenge_withdraw", slug("challenge")),
    **names_of("challenge_phase challenge_gathering", lambda things: [things.challenge.slug, things.step.pk]),
}
ATELIER: dict[str, Arguments] = {
    **names_of("atelier_challenges atelier_challenge_rules"),
    **names_of("atelier_challenge_hide", pk("challenge")),
}
NO_PAGE = {
    "it follows a contribution that was just given": "territory:challenge_receipt",
    "a gesture, answered by another page": (
        "territory:challenge_support territory:challenge_publish territory:challenge_reopen "
        "territory:challenge_gathering_remove territory:atelier_challenge_restore"
    ),
}


def furnish(things: Things) -> None:
    """A challenge that Bilal launched, with a meeting in its first phase."""
    day = clock.today()
    phases = {
        kind: PhaseWords(
            "Savoir, puis faire.", day + timedelta(days=begins), day + timedelta(days=begins + 9)
        )
        for kind, begins in (("learn", 0), ("create", 10), ("act", 20))
    }
    challenge = draft_challenge(
        by=things.bilal,
        territory=things.territory,
        title="Rentrer de la gare le soir",
        summary="Trouver un véhicule, deux chauffeurs et un local.",
        need=things.need,
        phases=phases,
    )
    things.challenge = launch_challenge(by=things.bilal, challenge=challenge, read_first=False)
    things.step = phases_of(challenge=things.challenge)[0]
    ChallengeGathering.objects.create(phase=things.step, gathering=things.to_come)
