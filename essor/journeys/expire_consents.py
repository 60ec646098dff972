"""The day a consent ends, the words it covered leave the site. Asked for once a day."""

from essor.chain.listening.selectors.capture import expired_consents
from essor.journeys.withdraw_consent import withdraw_consent


def run() -> int:
    """Withdraw the voices of every consent that has ended; each in its own transaction. Returns how many."""
    count = 0
    for consent in expired_consents().select_related("gathering__territory", "speaker"):
        withdraw_consent(by=None, consent=consent, because="expired")
        count += 1
    return count
