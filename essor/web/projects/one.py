"""A project: what it is, whom it answers, how far it is, and its news."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from essor.chain.projects.enums import ProjectStage
from essor.chain.projects.models import Follow, Project, TeamMember
from essor.chain.projects.policies import can_lead_project, can_write_project
from essor.common.pagination import page_of
from essor.ground.directory.enums import Direction
from essor.ground.ledger.selectors import public_history_of
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory
from essor.web.access import anyone, page
from essor.web.drawings.stepper import Stage, stepper
from essor.web.projects.loading import project_crumbs, readable_project
from essor.web.projects.money import budget_of
from essor.web.projects.said_shown import answers_shown, latest_comments
from essor.web.projects.tabs import tabs_of
from essor.web.thread.climbing import thread_of_project

LATELY = 3
COUNTED_ELSEWHERE = (
    "project.followed",
    "project.unfollowed",
    "project.member_invited",  # nobody reads who was invited, nor who said no
    "project.member_declined",
    "comment.reported",
    "comment.corrected",
)


@page(who=anyone)
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a project."""
    found = readable_project(request, slug)
    return render(request, "projects/project.html", _shown(request, found))


def _shown(request: HttpRequest, found: Project) -> dict[str, Any]:
    resources = list(found.resources.filter(closed_at=None).select_related("met_by"))
    milestones = list(found.milestones.all())
    answered = list(found.answered.select_related("need").order_by("id"))
    may_write = can_write_project(request.user, found)
    return {
        "project": found,
        "tabs": tabs_of(request, found),
        "answered": [each for each in answered if each.need.is_public],
        "answered_unread": [each for each in answered if not each.need.is_public] if may_write else [],
        "stepper": stepper(_stages(found), title=_("Les étapes du projet")),
        "move": found.moves.exclude(why="").first(),
        "team": team_of(found),
        "communes": communes_of(found, request.territory),
        "budget": budget_of(found.budget_low, found.budget_high),
        "milestones": milestones,
        "late": sum(each.is_late for each in milestones),
        "sought": [each for each in resources if each.direction == Direction.SEEKS],
        "offered": [each for each in resources if each.direction == Direction.OFFERS],
        "news": found.news.filter(withdrawn_at=None)[:LATELY],
        "official": answers_shown(found),
        "comments": latest_comments(found),
        "thread": thread_of_project(found) if found.is_public else None,
        "history": public_history_of(found, 8, COUNTED_ELSEWHERE),
        "follows": is_followed(request, found),
        "may_write": may_write,
        "may_lead": can_lead_project(request.user, found),
        "crumbs": project_crumbs(request, found),
    }


@page(who=anyone)
def project_news(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the team told, the latest first."""
    found = readable_project(request, slug)
    may_write = can_write_project(request.user, found)
    rows = found.news.all() if may_write else found.news.filter(withdrawn_at=None)
    return render(
        request,
        "projects/news.html",
        {
            "project": found,
            "tabs": tabs_of(request, found),
            "page": page_of(request, rows),
            "may_write": may_write,
            "crumbs": project_crumbs(request, found, _("Nouvelles")),
        },
    )


def team_of(found: Project) -> list[TeamMember]:
    """Those who said yes, with what a page shows of them."""
    return list(found.team.current().select_related("person", "actor").order_by("role", "id"))


def communes_of(found: Project, territory: Territory) -> list[Any]:
    """The communes where it acts."""
    return list(territory.communes.filter(code__in=found.communes.values("code")))


def is_followed(request: HttpRequest, found: Project) -> bool:
    """Whether the visitor follows it."""
    return (
        isinstance(request.user, Person)
        and Follow.objects.filter(project=found, person=request.user).exists()
    )


def _stages(found: Project) -> list[Stage]:
    """The path of a project; stopped, it shows where it stood."""
    path = [each for each in ProjectStage if each != ProjectStage.STOPPED]
    stopped = found.stage == ProjectStage.STOPPED
    last = found.moves.filter(after=ProjectStage.STOPPED).first() if stopped else None
    here = ProjectStage(last.before) if last else ProjectStage.IDEA if stopped else ProjectStage(found.stage)
    reached = path.index(here)
    stages = [
        Stage(str(each.label), "done" if rank < reached else "here" if rank == reached else "to_come")
        for rank, each in enumerate(path)
    ]
    if stopped:
        stages[reached] = Stage(str(ProjectStage.STOPPED.label), "stopped")
    return stages
