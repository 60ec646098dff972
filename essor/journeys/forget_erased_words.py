"""The day after somebody erased their words, none of them stays in the files of the search either."""

from datetime import timedelta

from django.db.models import Model

from essor.chain.holders.models import ProjectHolder
from essor.chain.listening.models import Contribution
from essor.common import clock
from essor.common.full_text import forget_gone_words
from essor.ground.ledger.models import Fact

_ERASURES: tuple[tuple[str, type[Model]], ...] = (
    ("voice.erased", Contribution),
    ("holder.forgotten", ProjectHolder),
)
SINCE = timedelta(days=2)  # asked for once a day: a day missed is made up for


def run() -> bool:
    """Clean the index of what was erased lately: voices, cards of holders. Returns whether there was any."""
    lately = Fact.objects.filter(at__gt=clock.now() - SINCE)
    gone = [model for verb, model in _ERASURES if lately.filter(verb=verb).exists()]
    for model in gone:
        forget_gone_words(model)
    return bool(gone)
