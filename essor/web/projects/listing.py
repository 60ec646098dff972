"""The projects of a territory, as a list and as a map; and those of the visitor."""

from collections.abc import Mapping

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.projects.enums import ProjectStage
from essor.chain.projects.models import Project, ProjectCommune
from essor.chain.projects.selectors.listing import (
    Asked,
    followed_by,
    projects_of,
    public_projects,
    with_late,
)
from essor.common.pagination import page_of
from essor.ground.territories.models import PerimeterCommune
from essor.web import exports
from essor.web.access import anyone, member, page
from essor.web.drawings.commune_map import Commune, commune_map
from essor.web.figures import how_many
from essor.web.projects.forms import ProjectFilters

COLUMNS: list[exports.Column] = [
    (gettext_lazy("projet"), lambda each: each.title),
    (gettext_lazy("en deux phrases"), lambda each: each.pitch),
    (gettext_lazy("étape"), lambda each: each.get_stage_display()),
    (gettext_lazy("thème"), lambda each: each.theme.label if each.theme else ""),
    (gettext_lazy("lieu"), lambda each: each.place_name),
    (gettext_lazy("budget au moins (€)"), lambda each: each.budget_low),
    (gettext_lazy("budget au plus (€)"), lambda each: each.budget_high),
    (gettext_lazy("besoins"), lambda each: each.needs_count),
    (gettext_lazy("suivi par"), lambda each: each.followers_count),
    (gettext_lazy("jalons en retard"), lambda each: each.late),
    (gettext_lazy("publié le"), lambda each: each.published_at.date() if each.published_at else ""),
]


@page(who=anyone)
def projects(request: HttpRequest) -> HttpResponse:
    """The list: search, filters, order, pages, files."""
    territory = request.territory
    filters = ProjectFilters(request.GET or {}, territory=territory)
    asked = Asked(**filters.asked())
    found = public_projects(territory, asked)
    if exports.wanted(request):
        return exports.export(request, with_late(found), COLUMNS, _("projets"))
    stopped = found.filter(stage=ProjectStage.STOPPED)
    listed = page_of(request, found, known=how_many(territory, f"projects {asked!r}", found))
    return render(
        request,
        "projects/list.html",
        {
            "filters": filters,
            "page": listed,
            "stopped": how_many(territory, f"stopped projects {asked!r}", stopped),
            "projects": with_late(found.filter(pk__in=[each.pk for each in listed])),
            "is_filtered": bool(request.GET.keys() - {"sort", "page"}),
        },
    )


@page(who=anyone)
def projects_map(request: HttpRequest) -> HttpResponse:
    """Where projects act: one map, and the same as a table."""
    territory = request.territory
    public = Project.objects.in_territory(territory).public().living()
    counts = dict(
        ProjectCommune.objects.filter(project__in=public).values_list("code").annotate(n=Count("project_id"))
    )
    address = reverse("territory:projects", args=[territory.slug])
    communes = [_commune(each, counts, address) for each in territory.communes.all()]
    drawn = commune_map(
        communes, title=_("Où agissent les projets"), unit=_("projets"), one=_("projet"), step="project"
    )
    shown = {
        "drawn": drawn,
        "communes": communes,
        "everywhere": public.filter(communes=None).count(),
        "crumbs": [(_("Projets"), address), (_("Carte"), None)],
    }
    return render(request, "projects/map.html", shown)


def _commune(each: PerimeterCommune, counts: Mapping[str, int], address: str) -> Commune:
    return Commune(
        code=each.code,
        name=each.name,
        count=counts.get(each.code, 0),
        rings=each.outline,
        centre=(each.longitude, each.latitude) if each.longitude is not None else None,
        url=f"{address}?commune={each.code}",
    )


@page(who=member)
def mine(request: HttpRequest) -> HttpResponse:
    """The projects of the teams I am in, my invitations, and what I follow."""
    places = list(projects_of(request.user, request.territory))
    return render(
        request,
        "projects/mine.html",
        {
            "invitations": [each for each in places if each.accepted_at is None],
            "places": [each for each in places if each.accepted_at is not None],
            "followed": followed_by(request.user, request.territory)[:50],
            "crumbs": [
                (_("Projets"), reverse("territory:projects", args=[request.territory.slug])),
                (_("Mes projets"), None),
            ],
        },
    )
