"""The day after somebody erased their words, none of them stays in the files of the search either."""

from datetime import timedelta

from essor.chain.listening.models import Contribution
from essor.common import clock
from essor.common.full_text import forget_gone_words
from essor.ground.ledger.models import Fact

SINCE = timedelta(days=2)  # asked for once a day: a day missed is made up for


def run() -> bool:
    """Clean the index of voices if any was erased lately. Returns whether there was one."""
    erased = Fact.objects.filter(verb="voice.erased", at__gt=clock.now() - SINCE).exists()
    if erased:
        forget_gone_words(Contribution)
    return erased
