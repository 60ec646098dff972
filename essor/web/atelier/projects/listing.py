"""Every project of the territory, with what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.projects.selectors.listing import Asked, every_project, late_milestones
from essor.common.pagination import page_of
from essor.web import exports
from essor.web.access import facilitator, page
from essor.web.projects.forms import AtelierProjectFilters
from essor.web.projects.listing import COLUMNS

LATE_SHOWN = 8


@page(who=facilitator)
def projects(request: HttpRequest) -> HttpResponse:
    """The list, drafts and hidden ones included."""
    territory = request.territory
    filters = AtelierProjectFilters(request.GET or {}, territory=territory)
    found = every_project(territory, Asked(**filters.asked()))
    if exports.wanted(request):
        columns = [*COLUMNS, (gettext_lazy("visibilité"), lambda each: each.get_visibility_display())]
        return exports.export(request, found, columns, _("projets"))
    return render(
        request,
        "atelier/projects/list.html",
        {
            "filters": filters,
            "page": page_of(request, found),
            "late": late_milestones(territory).select_related("project")[:LATE_SHOWN],
            "is_filtered": bool(request.GET.keys() - {"sort", "page"}),
            "crumbs": [
                (_("Atelier"), reverse("territory:atelier", args=[territory.slug])),
                (_("Projets"), None),
            ],
        },
    )
