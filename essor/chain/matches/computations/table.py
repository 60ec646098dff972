"""Who sits around which table already: what is not proposed again, and what is missing there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models.functions import Coalesce

from essor.chain.projects.enums import Visibility
from essor.chain.projects.models import ProjectNeed, ProjectResource, TeamMember
from essor.ground.directory.models import ActorTheme
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Membership
from essor.ground.territories.models import Territory

FAMILIES = {family: rank for rank, family in enumerate(StakeholderFamily.values)}
EVERY_FAMILY = frozenset(FAMILIES.values())


@dataclass
class Tables:
    """For each project and need, who is at its table; for each theme, the families already seen."""

    actors_of_project: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    families_of_project: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    projects_of_need: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    families_of_theme: dict[int | None, set[int]] = field(default_factory=lambda: defaultdict(set))
    themes_of_project: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def actors_of_need(self, need: int) -> set[int]:
        """The actors of the projects that answer it."""
        return set().union(*(self.actors_of_project[key] for key in self.projects_of_need[need]))

    def families_of_need(self, need: int) -> set[int]:
        """The families of the projects that answer it."""
        return set().union(*(self.families_of_project[key] for key in self.projects_of_need[need]))

    def themes_of_need(self, need: int) -> set[int]:
        """The themes of the actors of the projects that answer it."""
        return set().union(*(self.themes_of_project[key] for key in self.projects_of_need[need]))


def tables_of(territory: Territory) -> Tables:
    """Read who sits where, in a fixed number of queries."""
    tables = Tables()
    themes = _themes_of_actors(territory)
    for project, theme, actor, family in _seats(territory):
        if actor is not None:
            tables.actors_of_project[project].add(actor)
            tables.themes_of_project[project] |= themes.get(actor, set())
        if family is not None:
            tables.families_of_project[project].add(family)
            tables.families_of_theme[theme].add(family)
    links = ProjectNeed.objects.filter(
        project__territory=territory, project__visibility=Visibility.PUBLIC
    ).values_list("need", "project")
    for need, project in links:
        tables.projects_of_need[need].add(project)
    return tables


def _seats(territory: Territory) -> Iterable[tuple[int, int | None, int | None, int | None]]:
    """(project, its theme, actor or None, family or None) for each seat of a team and each thing brought."""
    team = TeamMember.objects.current().filter(project__territory=territory)
    members = team.annotate(one=Coalesce("actor__merged_into", "actor")).values_list(
        "project", "project__theme", "one", "actor__family", "person"
    )
    rows = list(members)
    persons = [person for *_rest, person in rows if person is not None]
    family_of = dict(
        Membership.objects.in_territory(territory).filter(person__in=persons).values_list("person", "family")
    )
    for project, theme, actor, family, person in rows:
        said = family or family_of.get(person)
        yield project, theme, actor, FAMILIES.get(said) if said else None
    met = ProjectResource.objects.filter(project__territory=territory, met_by__isnull=False)
    brought = met.annotate(one=Coalesce("met_by__merged_into", "met_by"))
    for project, theme, actor, family in brought.values_list(
        "project", "project__theme", "one", "met_by__family"
    ):
        yield project, theme, actor, FAMILIES.get(family)


def _themes_of_actors(territory: Territory) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = ActorTheme.objects.filter(actor__territory=territory).values_list("actor", "theme")
    for actor, theme in rows:
        found[actor].add(theme)
    return found
