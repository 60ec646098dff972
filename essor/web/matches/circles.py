"""A proposed circle as pages show it: who, what each adds, what nobody brings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.matches.models import Circle
from essor.ground.directory.models import Actor
from essor.ground.territories.models import Territory
from essor.web.matches.wording import FAMILIES, KINDS


@dataclass(frozen=True)
class ShownCircle:
    """The members with what each adds, what stays uncovered, and where to make an alliance of it."""

    members: list[tuple[Actor, str]]
    uncovered: list[str]
    is_exact: bool
    alliance_url: str


def shown_circle(territory: Territory, circle: Circle) -> ShownCircle:
    """The circle, without those who left the directory since."""
    keys = [each["actor"] for each in circle.members]
    actors = {each.pk: each for each in Actor.objects.in_territory(territory).listed().filter(pk__in=keys)}
    members = [
        (actors[each["actor"]], ", ".join(_adds(one) for one in each["adds"]))
        for each in circle.members
        if each["actor"] in actors
    ]
    address = reverse("territory:alliances", args=[territory.slug]) + "nouvelle/"
    asked: dict[str, Any] = {"acteur": [each.slug for each, _words in members]}
    if circle.project is not None:
        asked["projet"] = circle.project.slug
    if circle.need is not None:
        asked["besoin"] = circle.need.slug
    return ShownCircle(
        members=members,
        uncovered=[_adds(each) for each in circle.uncovered],
        is_exact=circle.is_exact,
        alliance_url=f"{address}?{urlencode(asked, doseq=True)}",
    )


def _adds(each: Mapping[str, Any]) -> str:
    if each["what"] == "kind":
        return str(KINDS[each["key"]].label)
    if each["what"] == "family":
        return str(FAMILIES[each["key"]].label)
    return _("sa proximité avec le sujet")
