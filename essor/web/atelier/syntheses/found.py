"""What the pages of syntheses share: finding things in the territory, the path to a page, the drawing."""

from django.core.cache import cache
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.needs.models import CurationStep, Group, Synthesis
from essor.chain.needs.selectors.syntheses import spots
from essor.web.drawings import groups_map
from essor.web.drawings.picture import Picture

_KEPT = 600  # seconds
Crumbs = list[tuple[str, str | None]]


def synthesis_of(request: HttpRequest, pk: int) -> Synthesis:
    """The synthesis of this territory with this key, or 404."""
    rows = Synthesis.objects.in_territory(request.territory).select_related(
        "territory", "consultation", "created_by"
    )
    return get_object_or_404(rows, pk=pk)


def group_of(request: HttpRequest, pk: int, group: int) -> Group:
    """The group of a synthesis of this territory, standing or dissolved, or 404."""
    rows = Group.objects.filter(synthesis__territory=request.territory, synthesis=pk)
    return get_object_or_404(rows.select_related("synthesis__territory", "parent"), pk=group)


def crumbs_to(request: HttpRequest, synthesis: Synthesis, *more: tuple[str, str | None]) -> Crumbs:
    """Atelier, syntheses, this synthesis, and so on."""
    slug = request.territory.slug
    here = synthesis.get_absolute_url() if more else None
    return [
        (_("Atelier"), reverse("territory:atelier", args=[slug])),
        (_("Synthèses"), reverse("territory:atelier_syntheses", args=[slug])),
        (synthesis.title, here),
        *more,
    ]


def group_url(synthesis: Synthesis, group: Group, name: str = "atelier_group") -> str:
    """The address of a page about a group."""
    return reverse(f"territory:{name}", args=[synthesis.territory.slug, synthesis.pk, group.pk])


def drawn_groups(
    synthesis: Synthesis,
    groups: list[tuple[Group, int]],
    step: CurationStep | None,
    inside: Group | None = None,
) -> Picture:
    """The map of these groups (with their numbers of voices): the overview, or what is inside one group.

    Places of voices are kept for ten minutes, or until the next gesture.
    """
    key = f"synthesis-spots:{synthesis.pk}:{step.pk if step else 0}"
    places = cache.get(key)
    if places is None:
        places = spots(synthesis)
        cache.set(key, places, _KEPT)
    voices = [
        groups_map.Spot(x, y, str(group if inside or parent is None else parent))
        for x, y, group, parent in places
        if inside is None or inside.pk in (group, parent)
    ]
    return groups_map.groups_map(
        groups=[
            groups_map.Group(str(group.pk), group.label, size, group_url(synthesis, group))
            for group, size in groups
        ],
        voices=voices,
        title=_("Carte des groupes de voix"),
    )
