"""Lists of projects: the public one, those of a person, those a facilitator follows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from essor.chain.projects.enums import Visibility
from essor.chain.projects.models import (
    Follow,
    Milestone,
    OfferOfHelp,
    Project,
    ProjectNeed,
    ProjectResource,
    TeamMember,
)
from essor.common.full_text import matching
from essor.ground.directory.enums import Direction
from essor.ground.directory.selectors.spoken_for import actors_spoken_for
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

ORDERS = {
    "recent": ("-changed_at", "-id"),
    "followed": ("-followers_count", "-changed_at", "-id"),
    "new": ("-published_at", "-id"),
    "name": ("title", "id"),
}


@dataclass(frozen=True)
class Asked:
    """What a reader looks for; empty: everything."""

    words: str = ""
    stage: str = ""
    theme: str = ""
    commune: str = ""
    need: str = ""
    seeks: str = ""
    late: bool = False
    visibility: str = ""
    sort: str = "recent"


def public_projects(territory: Territory, asked: Asked) -> QuerySet[Project]:
    """Public projects, as asked for."""
    return _asked(Project.objects.in_territory(territory).public(), asked)


def every_project(territory: Territory, asked: Asked) -> QuerySet[Project]:
    """Drafts and hidden ones too, for facilitators; with how many promises are late."""
    rows = Project.objects.in_territory(territory)
    if asked.visibility:
        rows = rows.filter(visibility=asked.visibility)
    return with_late(_asked(rows, asked))


def with_late(rows: QuerySet[Project]) -> QuerySet[Project]:
    """Each with ``late``: how many of its milestones are late."""
    late = Milestone.objects.late()
    return rows.annotate(late=Count("milestones", filter=Q(milestones__in=late), distinct=True))


def projects_of(person: Person, territory: Territory) -> QuerySet[TeamMember]:
    """The places this person has, or is offered, in teams; for themselves or for an actor."""
    actors = actors_spoken_for(person, territory).values("pk")
    rows = TeamMember.objects.filter(project__territory=territory, left_at=None)
    mine = rows.filter(Q(person=person) | Q(actor__in=actors))
    return mine.select_related("project__territory", "actor__territory").order_by(
        "accepted_at", "-invited_at", "id"
    )


def followed_by(person: Person, territory: Territory) -> QuerySet[Project]:
    """The public projects this person follows."""
    rows = Follow.objects.filter(person=person).values("project")
    return Project.objects.in_territory(territory).public().filter(pk__in=rows).order_by("-changed_at")


def late_milestones(territory: Territory) -> QuerySet[Milestone]:
    """Promises of living public projects that are late, the oldest first."""
    projects = Project.objects.in_territory(territory).public().living()
    return Milestone.objects.late().filter(project__in=projects).order_by("due_on", "id")


def _asked(rows: QuerySet[Project], asked: Asked) -> QuerySet[Project]:
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.theme:
        rows = rows.filter(theme__slug=asked.theme)
    if asked.commune:
        rows = rows.filter(communes__code=asked.commune)
    if asked.need:
        rows = rows.filter(Exists(ProjectNeed.objects.filter(project=OuterRef("pk"), need__slug=asked.need)))
    if asked.seeks:
        sought = ProjectResource.objects.filter(
            project=OuterRef("pk"),
            direction=Direction.SEEKS,
            kind=asked.seeks,
            closed_at=None,
            met_at=None,
        )
        rows = rows.filter(Exists(sought))
    if asked.late:
        rows = rows.filter(Exists(Milestone.objects.late().filter(project=OuterRef("pk"))))
    found = matching(rows, asked.words) if asked.words else rows
    return found.select_related("theme").order_by(*ORDERS.get(asked.sort, ORDERS["recent"]))


def personal_rows(person: Person) -> dict[str, list[Any]]:
    """What this person is part of, follows and offered, for their own export."""
    return {
        "project_teams": list(
            TeamMember.objects.filter(person=person).values(
                "project__territory__name",
                "project__title",
                "role",
                "title",
                "invited_at",
                "accepted_at",
                "left_at",
            )
        ),
        "projects_followed": list(Follow.objects.filter(person=person).values("project__title", "at")),
        "help_offered": list(
            OfferOfHelp.objects.filter(person=person).values(
                "resource__project__title", "resource__words", "words", "state", "at"
            )
        ),
    }


def hidden_count(territory: Territory) -> int:
    """How many projects the moderators hid."""
    return Project.objects.in_territory(territory).filter(visibility=Visibility.HIDDEN).count()
