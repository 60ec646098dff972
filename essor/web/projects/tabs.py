"""The tabs of a project."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.projects.models import Project


@dataclass(frozen=True)
class Tab:
    """One tab: its word, its address, whether it is the page one reads, and a count or None."""

    label: str
    url: str
    current: bool
    count: int | None = None


def tabs_of(request: HttpRequest, project: Project) -> list[Tab]:
    """The project, its sheet, its news, what is said of it."""
    names = (
        ("project", _("Projet")),
        ("project_sheet", _("Fiche")),
        ("project_news", _("Nouvelles")),
        ("project_comments", _("Commentaires")),
    )
    here = request.resolver_match.url_name if request.resolver_match else ""
    args = [request.territory.slug, project.slug]
    return [Tab(label, reverse(f"territory:{name}", args=args), name == here) for name, label in names]
