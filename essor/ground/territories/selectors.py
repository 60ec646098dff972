"""Reading territories and their themes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from essor.ground.territories.models import Territory, Theme


@dataclass(frozen=True, slots=True)
class Branch:
    """A theme of the top level with those below it."""

    theme: Theme
    children: tuple[Theme, ...]


def theme_tree(territory: Territory) -> list[Branch]:
    """The themes in use, in order, those of the top level with those below them; one query."""
    themes = list(Theme.objects.in_territory(territory).in_use().order_by("position", "name"))
    below: dict[int, list[Theme]] = {}
    for each in themes:
        if each.parent_id:
            below.setdefault(each.parent_id, []).append(each)
    return [Branch(each, tuple(below.get(each.pk, ()))) for each in themes if each.parent_id is None]


def retired_themes(territory: Territory) -> "models.QuerySet[Theme]":
    """Themes no longer offered, with the one that contains them."""
    return Theme.objects.in_territory(territory).filter(is_retired=True).select_related("parent")


def territories_shown(also: Iterable[int] = ()) -> "models.QuerySet[Territory]":
    """Territories of the first page: those listed, and those whose keys are in ``also``."""
    return Territory.objects.filter(models.Q(is_listed=True) | models.Q(pk__in=also)).order_by("name")


def commune_names(territory: Territory) -> dict[str, str]:
    """Names of the communes of the perimeter by INSEE code."""
    return dict(territory.communes.order_by("name").values_list("code", "name"))
