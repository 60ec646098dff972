"""Administrators set the territory up: what it says of itself, its logo, its perimeter."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import File
from django.db import transaction

from essor.ground.ledger.services import record
from essor.ground.people.models import Person
from essor.ground.territories import services
from essor.ground.territories.models import Territory
from essor.ground.territories.perimeter import CommuneInPerimeter


@transaction.atomic
def change_territory(*, by: Person, territory: Territory, **changes: Any) -> list[str]:
    """Change what the territory says of itself; returns the names of the fields that changed."""
    changed = services.change_territory(territory=territory, **changes)
    if changed:
        _changed(by, territory, {"fields": changed})
    return changed


@transaction.atomic
def set_logo(*, by: Person, territory: Territory, image: "File[bytes] | None") -> None:
    """Replace the logo, or remove it."""
    services.set_logo(territory=territory, image=image)
    _changed(by, territory, {"fields": ["logo"]})


@transaction.atomic
def set_perimeter(
    *, by: Person, territory: Territory, communes: Iterable[CommuneInPerimeter]
) -> dict[str, list[str]]:
    """Make the perimeter exactly these communes; returns the codes added and removed."""
    change = services.set_perimeter(territory=territory, communes=communes)
    if change["added"] or change["removed"]:
        record(
            by=by,
            verb="territory.perimeter_changed",
            thing=territory,
            territory=territory,
            data=dict(change),
        )
    return change


def _changed(by: Person, territory: Territory, data: dict[str, Any]) -> None:
    record(by=by, verb="territory.changed", thing=territory, territory=territory, data=data)
