"""Fetching a project for a page, and refusing in the same gesture."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.projects.models import Project
from essor.chain.projects.policies import can_lead_project, can_read_project, can_write_project
from essor.ground.people.policies import Visitor

Crumbs = list[tuple[str, str | None]]


def readable_project(request: HttpRequest, slug: str) -> Project:
    """The project at this address, or 404 when this visitor may not read it."""
    rows = Project.objects.in_territory(request.territory).select_related("theme", "challenge")
    project = get_object_or_404(rows, slug=slug)
    project.territory = request.territory
    if not can_read_project(request.user, project):
        raise Http404
    return project


def written_project(request: HttpRequest, slug: str) -> Project:
    """The project, for somebody who may write in it."""
    return _allowed(request, slug, can_write_project)


def led_project(request: HttpRequest, slug: str) -> Project:
    """The project, for somebody who leads it."""
    return _allowed(request, slug, can_lead_project)


def _allowed(request: HttpRequest, slug: str, rule: Callable[[Visitor, Project], bool]) -> Project:
    project = readable_project(request, slug)
    if not rule(request.user, project):
        raise PermissionDenied
    return project


def project_crumbs(request: HttpRequest, project: Project | None, *more: str) -> Crumbs:
    """Projects, this project, and so on."""
    slug = request.territory.slug
    crumbs: Crumbs = [(_("Projets"), reverse("territory:projects", args=[slug]))]
    if project is not None:
        here = reverse("territory:project", args=[slug, project.slug]) if more else None
        crumbs.append((project.title, here))
    return [*crumbs, *((word, None) for word in more)]
