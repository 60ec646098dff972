"""Who works with whom, from public alliances and projects."""

from collections import defaultdict
from itertools import combinations

from django.core.cache import cache
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.alliances.enums import AllianceState, MemberState
from essor.chain.alliances.models import AllianceMember
from essor.chain.projects.enums import ProjectStage, Visibility
from essor.chain.projects.models import TeamMember
from essor.ground.directory.models import Actor
from essor.ground.people.enums import StakeholderFamily
from essor.ground.territories.models import Territory
from essor.web.access import anyone, page
from essor.web.drawings.network import MOST_ROWS, Node, Tie, network

FAMILIES = tuple(StakeholderFamily)
_KEPT, MOST_AT_A_TABLE = 60, 40


@page(who=anyone)
def actors_network(request: HttpRequest) -> HttpResponse:
    """The picture, and the same as a table; a family alone when asked for."""
    territory = request.territory
    rank = request.GET.get("family_rank", "")
    family = FAMILIES[int(rank)] if rank.isdecimal() and int(rank) < len(FAMILIES) else None
    nodes, ties = _read(territory)
    if family is not None:
        kept = {node.key for node in nodes if node.family == FAMILIES.index(family)}
        ties = [tie for tie in ties if tie.one in kept or tie.other in kept]
    shown = {
        "drawn": network(nodes, ties, title=_("Qui travaille avec qui")),
        "family": family.label if family is not None else "",
        "untold": max(0, len(ties) - MOST_ROWS),
        "number": len({key for tie in ties for key in (tie.one, tie.other)}),
        "crumbs": [
            (_("Acteurs"), reverse("territory:actors", args=[territory.slug])),
            (_("Le réseau"), None),
        ],
    }
    return render(request, "actors/network.html", shown)


def _read(territory: Territory) -> tuple[list[Node], list[Tie]]:
    """Listed actors and their ties, read once a minute."""
    key = f"network:{territory.pk}"
    tables = cache.get(key)
    if tables is None:
        tables = _tables(territory)
        cache.set(key, tables, _KEPT)
    seated = {actor for _name, actors in tables for actor in actors}
    listed = Actor.objects.in_territory(territory).listed().filter(pk__in=seated)
    nodes = [
        Node(
            each.pk,
            each.name,
            FAMILIES.index(StakeholderFamily(each.family)),
            each.get_family_display(),
            reverse("territory:actor", args=[territory.slug, each.slug]),
        )
        for each in listed
    ]
    here = {node.key for node in nodes}
    ties = [
        Tie(one, other, name)
        for name, actors in tables
        for one, other in combinations([key for key in actors if key in here], 2)
    ]
    return nodes, ties


def _tables(territory: Territory) -> list[tuple[str, list[int]]]:
    """The actors of each public alliance and project; large ones are cut at forty."""
    seats: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    alliances = AllianceMember.objects.filter(
        alliance__territory=territory,
        alliance__published_at__isnull=False,
        state=MemberState.CONSENTED,
    ).exclude(alliance__state=AllianceState.CLOSED)
    one = Coalesce("actor__merged_into", "actor")  # a card that was merged sits under the name that was kept
    seated = alliances.order_by("alliance", "pk").annotate(one=one)
    for table, title, actor in seated.values_list("alliance", "alliance__title", "one"):
        seats["alliance", table, title].append(actor)
    teams = TeamMember.objects.current().filter(
        project__territory=territory, project__visibility=Visibility.PUBLIC, actor__isnull=False
    )
    rows = teams.exclude(project__stage=ProjectStage.STOPPED).order_by("project", "pk")
    for table, title, actor in rows.annotate(one=one).values_list("project", "project__title", "one"):
        seats["project", table, title].append(actor)
    return [
        (title, list(dict.fromkeys(actors))[:MOST_AT_A_TABLE])
        for (_kind, _key, title), actors in seats.items()
    ]
