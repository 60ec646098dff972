"""Reminders of next steps: one a day for each facilitator, not one for each person to meet."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import ngettext

from essor.chain.holders.models import ProjectHolder
from essor.common import clock
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.services import tell
from essor.ground.people.enums import Role
from essor.ground.people.models import Person
from essor.ground.people.selectors import people_told_of
from essor.ground.territories.models import Territory


@transaction.atomic
def remind(*, territory: Territory) -> int:
    """Tell those who follow somebody that a next step is due, once for each date. Returns how many cards."""
    rows = ProjectHolder.objects.select_for_update(of=("self",)).in_territory(territory).living().due()
    fresh = list(rows.filter(reminded_on=None).select_related("referent"))
    told: dict[int, tuple[Person, int]] = {}
    for person in people_told_of(territory, roles=(Role.FACILITATOR, Role.ADMINISTRATOR)).distinct():
        number = sum(each.referent_id in (None, person.pk) for each in fresh)
        if number:
            told[person.pk] = (person, number)
    for person, number in told.values():
        _tell(territory, person, number)
    ProjectHolder.objects.filter(pk__in=[each.pk for each in fresh]).update(reminded_on=clock.today())
    return len(fresh)


def _tell(territory: Territory, person: Person, number: int) -> None:
    tell(
        persons=[person],
        territory=territory,
        kind=NoticeKind.HOLDERS,
        text=lambda: (
            ngettext(
                "Un prochain pas est pour aujourd’hui ou en retard.",
                "%(number)s prochains pas sont pour aujourd’hui ou en retard.",
                number,
            )
            % {"number": number}
        ),
        url=reverse("territory:atelier_holders", args=[territory.slug]),
        group_key=f"holders:{territory.pk}:{clock.today().isoformat()}",
    )
