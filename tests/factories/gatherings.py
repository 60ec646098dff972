"""Meetings of the cast."""

from datetime import timedelta

from essor.common import clock
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.models import Gathering
from essor.ground.gatherings.services import announce_gathering, plan_gathering
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


def announced_meeting(
    by: Person, territory: Territory, title: str = "Réunion de Brécourt", **details
) -> Gathering:
    """A public meeting in three days, with registration open."""
    starts = clock.now() + timedelta(days=3)
    details = {"registration_open": True, "place_name": "salle des fêtes", **details}
    gathering = plan_gathering(
        by=by, territory=territory, kind=GatheringKind.PUBLIC_MEETING, title=title,
        starts_at=starts, ends_at=starts + timedelta(hours=2), **details,
    )  # fmt: skip
    announce_gathering(by=by, gathering=gathering)
    return gathering
