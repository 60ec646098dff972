"""The methods, explained to anybody. The worked example was computed by the engine and checked by a test."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from essor.web.access import anyone, page
from essor.web.drawings import groups_map
from essor.web.matches.wording import NAMES
from essor.web.methods.example import matching_example, synthesis_example
from essor.web.methods.matching_texts import SEEKER


@page(who=anyone)
def methods(request: HttpRequest) -> HttpResponse:
    """Every calculation of the site, with its own page."""
    return render(request, "methods/list.html", {"crumbs": [(_("Méthodes"), None)]})


@page(who=anyone)
def synthesis(request: HttpRequest) -> HttpResponse:
    """How voices are brought together, step by step, on an example anybody can check."""
    example = synthesis_example()
    drawn = groups_map.groups_map(
        groups=[groups_map.Group(str(each.index), each.label, each.size) for each in example.groups],
        voices=[groups_map.Spot(x, y, str(group)) for x, y, group in example.spots],
        title=_("Carte des groupes de l’exemple"),
    )
    crumbs = [(_("Méthodes"), request.path.replace("synthese/", "")), (_("La synthèse des voix"), None)]
    return render(request, "methods/synthesis.html", {"example": example, "picture": drawn, "crumbs": crumbs})


@page(who=anyone)
def matching(request: HttpRequest) -> HttpResponse:
    """How introductions are counted, part by part, on an example anybody can add up again."""
    proposals, method = matching_example()
    shown = {
        "seeker": SEEKER["id"],
        "proposals": [
            (each, [(NAMES[name], points, most) for name, points, most in each.parts]) for each in proposals
        ],
        "method": method,
        "weights": [(NAMES[name], method["parameters"]["weights"][name]) for name in NAMES],
        "crumbs": [
            (_("Méthodes"), request.path.replace("rapprochements/", "")),
            (_("Les mises en relation"), None),
        ],
    }
    return render(request, "methods/matching.html", shown)
