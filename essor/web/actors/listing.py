"""The directory, as a list and as a map; one card."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.alliances.models import AllianceMember
from essor.chain.projects.models import TeamMember
from essor.common.pagination import page_of
from essor.ground.directory.enums import ActorKind, ActorState, Direction
from essor.ground.directory.models import Actor
from essor.ground.directory.policies import can_change_actor, can_read_actor, can_speak_for_actor
from essor.ground.directory.selectors.listing import Asked, asked_actors, holding, with_lists
from essor.ground.ledger.selectors import public_history_of
from essor.web import exports
from essor.web.access import anyone, page
from essor.web.actors.forms import ActorFilters
from essor.web.drawings.commune_map import Commune, commune_map
from essor.web.figures import how_many


def _things(direction: str) -> "exports.Column":
    said = gettext_lazy("propose") if direction == Direction.OFFERS else gettext_lazy("cherche")
    return said, lambda actor: " ; ".join(
        each.words for each in actor.resources.all() if each.direction == direction
    )


COLUMNS: list[exports.Column] = [
    (gettext_lazy("nom"), lambda actor: actor.name),
    (gettext_lazy("famille d’acteurs"), lambda actor: actor.get_family_display()),
    (gettext_lazy("thèmes"), lambda actor: " ; ".join(each.theme.label for each in actor.actor_themes.all())),
    (gettext_lazy("présentation"), lambda actor: actor.presentation),
    _things(Direction.OFFERS),
    _things(Direction.SEEKS),
    (gettext_lazy("commune"), lambda actor: actor.commune_code),
    (gettext_lazy("contact"), lambda actor: actor.contact),
    (gettext_lazy("site"), lambda actor: actor.website),
]


@page(who=anyone)
def actors(request: HttpRequest) -> HttpResponse:
    """The list: search, filters, order, pages, files."""
    territory = request.territory
    filters = ActorFilters(request.GET or {}, territory=territory)
    asked = Asked(**filters.asked())
    found = asked_actors(territory, asked)
    if exports.wanted(request):
        return exports.export(request, with_lists(found), COLUMNS, _("acteurs"))
    listed = page_of(request, with_lists(found), known=how_many(territory, f"actors {asked!r}", found))
    return render(
        request,
        "actors/list.html",
        {"filters": filters, "page": listed, "is_filtered": bool(request.GET.keys() - {"sort", "page"})},
    )


@page(who=anyone)
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """One card. A card that was merged leads to the one that was kept."""
    rows = Actor.objects.in_territory(request.territory).select_related("merged_into", "organisation")
    found = get_object_or_404(rows, slug=slug)
    found.territory = request.territory
    if found.state == ActorState.MERGED and found.merged_into is not None:
        return redirect("territory:actor", request.territory.slug, found.merged_into.slug)
    if not can_read_actor(request.user, found):
        raise Http404
    return render(request, "actors/actor.html", _card(request, found))


def _card(request: HttpRequest, found: Actor) -> dict[str, Any]:
    resources = list(holding(found.resources.all()))
    keys = [found.pk, *found.merged.values_list("pk", flat=True)]
    return {
        "actor": found,
        "themes": [each.theme for each in found.actor_themes.select_related("theme")],
        "communes": list(request.territory.communes.filter(code__in=found.communes.values("code"))),
        "home": request.territory.communes.filter(code=found.commune_code).first()
        if found.commune_code
        else None,
        "offered": [each for each in resources if each.direction == Direction.OFFERS],
        "sought": [each for each in resources if each.direction == Direction.SEEKS],
        "projects": TeamMember.objects.current()
        .filter(actor__in=keys, project__visibility="public")
        .select_related("project")[:20],
        "alliances": AllianceMember.objects.consented()
        .filter(actor__in=keys, alliance__published_at__isnull=False)
        .select_related("alliance")[:20],
        "history": public_history_of(found, 6),
        "may_change": can_change_actor(request.user, found),
        "may_claim": found.kind == ActorKind.ORGANISATION and not can_speak_for_actor(request.user, found),
        "crumbs": [
            (_("Acteurs"), reverse("territory:actors", args=[request.territory.slug])),
            (found.name, None),
        ],
    }


@page(who=anyone)
def actors_map(request: HttpRequest) -> HttpResponse:
    """Where actors are: one map, and the same as a table."""
    territory = request.territory
    listed = Actor.objects.in_territory(territory).listed()
    counts = dict(listed.exclude(commune_code="").values_list("commune_code").annotate(n=Count("pk")))
    address = reverse("territory:actors", args=[territory.slug])
    communes = [
        Commune(
            code=each.code,
            name=each.name,
            count=counts.get(each.code, 0),
            rings=each.outline,
            centre=(each.longitude, each.latitude) if each.longitude is not None else None,
            url=f"{address}?commune={each.code}",
        )
        for each in territory.communes.all()
    ]
    title = _("Où sont les acteurs")
    drawn = commune_map(communes, title=title, unit=_("acteurs"), one=_("acteur"), step="alliance")
    shown = {
        "drawn": drawn,
        "communes": communes,
        "elsewhere": listed.filter(commune_code="").count(),
        "crumbs": [(_("Acteurs"), address), (_("Carte"), None)],
    }
    return render(request, "actors/map.html", shown)
