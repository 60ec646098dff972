"""Whom nobody heard from for too long leaves the log, with old notes taken back. Asked for once a day."""

from essor.chain.holders.models import ProjectHolder
from essor.chain.holders.services.encounters import erase_removed_notes
from essor.chain.holders.services.holders import forget_unheard
from essor.common import clock


def run() -> int:
    """Erase each card in its own transaction; a second run finds nothing. Returns how many cards."""
    erase_removed_notes()
    old = ProjectHolder.objects.living().unheard(clock.today()).order_by("pk")
    return sum(forget_unheard(holder=each) for each in old)
