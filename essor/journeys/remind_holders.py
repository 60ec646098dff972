"""Every morning, facilitators are reminded of whom they said they would call. Asked for once a day."""

from essor.chain.holders.models import ProjectHolder
from essor.chain.holders.notifications import remind
from essor.ground.territories.models import Territory


def run() -> int:
    """Remind each territory that has something due. Returns how many cards were told of."""
    waiting = ProjectHolder.objects.living().due().filter(reminded_on=None)
    count = 0
    for territory in Territory.objects.filter(pk__in=waiting.values("territory")):
        count += remind(territory=territory)
    return count
