"""What a picker may choose: for each kind, what is listed, who may ask, how it is found and told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from essor.chain.alliances.enums import AllianceState
from essor.chain.alliances.models import Alliance
from essor.chain.alliances.selectors.chain import state_told, with_what_is_left_alone
from essor.chain.holders.models import ProjectHolder
from essor.chain.needs.models import Need
from essor.chain.projects.models import Project
from essor.common.full_text import matching
from essor.common.moments import day
from essor.ground.directory.models import Actor
from essor.ground.gatherings.models import Gathering
from essor.ground.people.enums import Role
from essor.ground.people.models import Person
from essor.ground.people.selectors import people_told_of
from essor.ground.territories.models import Territory
from essor.web.access import Rule, anyone, facilitator

MOST = 12  # things shown at once
LONGEST = 100  # signs of a question
WITHOUT = 50  # things an address may leave out


@dataclass(frozen=True)
class Kind:
    """A kind of thing. ``rows`` holds what everybody whom ``who`` lets in may see, in this territory only."""

    rows: Callable[[Territory], QuerySet[Any]]
    told: Callable[[Any], str]
    who: Rule = anyone
    columns: tuple[str, ...] = ()  # searched as they are, where no full-text index exists
    order: str = "-id"

    def found(self, rows: QuerySet[Any], words: str) -> list[Any]:
        """The first of these rows that answer the words, and one more when there are others."""
        asked = words.replace("\x00", " ").strip()[:LONGEST]
        if asked and self.columns:
            for word in asked.split()[:5]:
                answers = Q()
                for column in self.columns:
                    answers |= Q(**{f"{column}__icontains": word})
                rows = rows.filter(answers)
        elif asked:
            rows = matching(rows, asked)
        return list(rows.order_by(self.order)[: MOST + 1])


def team_of(territory: Territory) -> QuerySet[Any]:
    """Who facilitates here."""
    keys = people_told_of(territory, roles=(Role.FACILITATOR, Role.ADMINISTRATOR)).values("pk")
    return Person.objects.filter(pk__in=keys)


def _day(gathering: Gathering) -> str:
    return day(gathering.starts_at)


KINDS: dict[str, Kind] = {
    "besoins": Kind(
        lambda territory: with_what_is_left_alone(Need.objects.in_territory(territory).public()), state_told
    ),
    "projets": Kind(
        lambda territory: Project.objects.in_territory(territory).public(),
        lambda project: project.get_stage_display(),
    ),
    "acteurs": Kind(
        lambda territory: Actor.objects.in_territory(territory).listed(),
        lambda actor: actor.get_family_display(),
    ),
    "alliances": Kind(
        lambda territory: (
            Alliance.objects.in_territory(territory).public().exclude(state=AllianceState.CLOSED)
        ),
        lambda alliance: alliance.get_state_display(),
    ),
    "rencontres": Kind(
        lambda territory: Gathering.objects.in_territory(territory).public(),
        _day,
        columns=("title", "place_name"),
        order="-starts_at",
    ),
    "rencontres-a-venir": Kind(
        lambda territory: Gathering.objects.in_territory(territory).public().to_come(),
        _day,
        columns=("title", "place_name"),
        order="starts_at",
    ),
    "porteurs": Kind(
        lambda territory: ProjectHolder.objects.in_territory(territory).living(),
        lambda holder: holder.get_stage_display(),
        who=facilitator,
    ),
    "equipe": Kind(
        team_of, lambda person: "", who=facilitator, columns=("display_name",), order="display_name"
    ),
}
