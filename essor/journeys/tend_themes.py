"""Administrators tend the tree of themes."""

from typing import Any

from django.db import transaction

from essor.ground.ledger.services import record
from essor.ground.people.models import Person
from essor.ground.territories import services
from essor.ground.territories.models import Territory, Theme


@transaction.atomic
def add_theme(*, by: Person, territory: Territory, name: str, **more: Any) -> Theme:
    """Add a theme. ``more``: name_en, parent, hue, pictogram."""
    theme = services.add_theme(territory=territory, name=name, **more)
    record(by=by, verb="theme.added", thing=theme, territory=territory)
    return theme


@transaction.atomic
def change_theme(*, by: Person, theme: Theme, **changes: Any) -> Theme:
    """Rename, recolour or move a theme under another."""
    services.change_theme(theme=theme, **changes)
    record(by=by, verb="theme.changed", thing=theme, territory=theme.territory)
    return theme


@transaction.atomic
def move_theme(*, by: Person, theme: Theme, up: bool) -> bool:
    """Move a theme one place up or down; False when it is already at the end."""
    moved = services.move_theme(theme=theme, up=up)
    if moved:
        record(
            by=by,
            verb="theme.changed",
            thing=theme,
            territory=theme.territory,
            data={"moved": "up" if up else "down"},
        )
    return moved


@transaction.atomic
def retire_theme(*, by: Person, theme: Theme) -> None:
    """No longer offer a theme; what bears it keeps it."""
    services.retire_theme(theme=theme)
    record(by=by, verb="theme.retired", thing=theme, territory=theme.territory)


@transaction.atomic
def restore_theme(*, by: Person, theme: Theme) -> None:
    """Offer a retired theme again."""
    services.retire_theme(theme=theme, retired=False)
    record(by=by, verb="theme.restored", thing=theme, territory=theme.territory)
