"""Writing territories and their themes. The facts are recorded by the journeys that call these."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any, Final

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from essor.common.slugs import free_slug
from essor.common.text import tidy
from essor.ground.territories.enums import Hue, Pictogram
from essor.ground.territories.models import PerimeterCommune, Territory, Theme
from essor.ground.territories.perimeter import CommuneInPerimeter
from essor.ground.territories.seed import THEMES

CHANGEABLE: Final = frozenset(
    {
        "name",
        "promise",
        "presentation",
        "contact_email",
        "legal_notice",
        "languages",
        "hue",
        "river",
        "is_listed",
    }
)
LANGUAGES_OFFERED: Final = ("fr", "en")


class TerritoryRefused(ValueError):
    """The territory cannot be written so; the message says what to mend."""


class ThemeRefused(ValueError):
    """The theme cannot be written so; the message says what to mend."""


@transaction.atomic
def create_territory(
    *,
    name: str,
    slug: str = "",
    languages: Sequence[str] = LANGUAGES_OFFERED,
    communes: Iterable[CommuneInPerimeter] = (),
    **more: Any,
) -> Territory:
    """A new territory with its perimeter and the default themes. ``more``: see ``CHANGEABLE``."""
    name = tidy(name)
    if not name:
        raise TerritoryRefused(_("Donnez un nom au territoire."))
    if slug and Territory.objects.filter(slug=slug).exists():
        raise TerritoryRefused(
            _("L’adresse courte « %(slug)s » est déjà prise : choisissez-en une autre.") % {"slug": slug}
        )
    territory = Territory(slug=slug or free_slug(name, Territory.objects.all(), 60), languages=[*languages])
    _fill(territory, {"name": name, **more})
    territory.save()
    set_perimeter(territory=territory, communes=communes)
    seed_themes(territory=territory)
    return territory


@transaction.atomic
def change_territory(*, territory: Territory, **changes: Any) -> list[str]:
    """Change the named fields; returns the names of those that really changed."""
    before = {field: getattr(territory, field) for field in changes}
    _fill(territory, changes)
    changed = sorted(field for field in changes if getattr(territory, field) != before[field])
    if changed:
        territory.save(update_fields=changed)
    return changed


def _fill(territory: Territory, fields: dict[str, Any]) -> None:
    unknown = set(fields) - CHANGEABLE
    if unknown:
        raise TypeError(f"a territory has no field {', '.join(sorted(unknown))} to change")
    if "languages" in fields and not set(fields["languages"]) & set(LANGUAGES_OFFERED):
        raise TerritoryRefused(_("Gardez au moins une langue."))
    for field, value in fields.items():
        setattr(territory, field, value)


@transaction.atomic
def set_logo(*, territory: Territory, image: "File[bytes] | None") -> None:
    """Replace the logo, or remove it when ``image`` is None. The former file is deleted on commit."""
    former, storage = territory.logo.name, territory.logo.storage
    if image is None:
        territory.logo = ""
    else:
        territory.logo.save(f"{territory.slug}{PurePath(image.name or '').suffix.lower()}", image, save=False)
    territory.save(update_fields=["logo"])
    if former:
        transaction.on_commit(lambda: storage.delete(former))


@transaction.atomic
def set_perimeter(*, territory: Territory, communes: Iterable[CommuneInPerimeter]) -> dict[str, list[str]]:
    """Make the perimeter exactly these communes; returns the codes ``added`` and ``removed``."""
    wanted = {each.code: each for each in communes}
    present = {each.code: each for each in territory.communes.all()}
    removed = sorted(set(present) - set(wanted))
    added = sorted(set(wanted) - set(present))
    territory.communes.filter(code__in=removed).delete()
    rows = [_row(territory, each, present.get(code)) for code, each in wanted.items()]
    PerimeterCommune.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["territory", "code"],
        update_fields=["name", "population", "latitude", "longitude", "outline"],
    )
    return {"added": added, "removed": removed}


def _row(
    territory: Territory, each: CommuneInPerimeter, present: PerimeterCommune | None
) -> PerimeterCommune:
    """A commune typed by hand keeps the figures that the perimeter already had."""
    kept = present if present and each.population is None and not each.outline else each
    return PerimeterCommune(
        territory=territory,
        code=each.code,
        name=each.name,
        population=kept.population,
        latitude=kept.latitude,
        longitude=kept.longitude,
        outline=[*kept.outline],
    )


@transaction.atomic
def seed_themes(*, territory: Territory) -> list[Theme]:
    """Give the territory the default themes that it does not have yet."""
    taken = set(territory.themes.values_list("slug", flat=True))
    start = _next_position(territory, None)
    return Theme.objects.bulk_create(
        Theme(
            territory=territory,
            name=seed.name,
            name_en=seed.name_en,
            slug=seed.slug,
            hue=seed.hue,
            pictogram=seed.pictogram,
            position=start + rank,
        )
        for rank, seed in enumerate(THEMES)
        if seed.slug not in taken
    )


@transaction.atomic
def add_theme(
    *,
    territory: Territory,
    name: str,
    name_en: str = "",
    parent: Theme | None = None,
    hue: str = Hue.TEAL,
    pictogram: str = Pictogram.OTHER,
) -> Theme:
    """Add a theme at the end of the top level, or under a theme of the top level."""
    theme = Theme(territory=territory, hue=hue, pictogram=pictogram)
    _name_and_place(theme, name, name_en, parent)
    theme.slug = free_slug(theme.name, territory.themes.all(), 60)
    theme.position = _next_position(territory, parent)
    theme.save()
    return theme


@transaction.atomic
def change_theme(
    *, theme: Theme, name: str, name_en: str, parent: Theme | None, hue: str, pictogram: str
) -> Theme:
    """Rename, recolour or move a theme under another; what already bears it follows."""
    moved = theme.parent != parent
    _name_and_place(theme, name, name_en, parent)
    theme.hue, theme.pictogram = hue, pictogram
    if moved:
        theme.position = _next_position(theme.territory, parent)
    theme.save()
    return theme


def _name_and_place(theme: Theme, name: str, name_en: str, parent: Theme | None) -> None:
    name = tidy(name)
    siblings = Theme.objects.filter(territory_id=theme.territory_id, parent=parent).exclude(pk=theme.pk)
    if not name:
        raise ThemeRefused(_("Donnez un nom au thème."))
    if siblings.filter(name__iexact=name).exists():
        raise ThemeRefused(_("Un thème porte déjà ce nom : choisissez-en un autre."))
    if parent is not None and (parent.territory_id != theme.territory_id or parent.pk == theme.pk):
        raise ThemeRefused(_("Choisissez un autre thème du même territoire."))
    if parent is not None and parent.parent_id is not None:
        raise ThemeRefused(_("Choisissez un thème du premier niveau : l’arbre a deux niveaux."))
    if parent is not None and theme.pk and theme.children.exists():
        raise ThemeRefused(_("Ce thème en contient d’autres : déplacez-les d’abord."))
    theme.name, theme.name_en, theme.parent = name, tidy(name_en), parent


@transaction.atomic
def move_theme(*, theme: Theme, up: bool) -> bool:
    """Move a theme one place up or down among its siblings in use; False when it is already at the end."""
    siblings = list(
        Theme.objects.select_for_update()
        .filter(territory_id=theme.territory_id, parent_id=theme.parent_id, is_retired=False)
        .order_by("position", "name")
    )
    here = siblings.index(theme)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(siblings):
        return False
    siblings[here], siblings[there] = siblings[there], siblings[here]
    for position, each in enumerate(siblings):
        each.position = position
    Theme.objects.bulk_update(siblings, ["position"])
    return True


@transaction.atomic
def retire_theme(*, theme: Theme, retired: bool = True) -> None:
    """No longer offer a theme and those below it (or offer it again); what bears it keeps it."""
    if not retired and theme.parent and theme.parent.is_retired:
        raise ThemeRefused(_("Rétablissez d’abord le thème qui le contient."))
    theme.is_retired = retired
    theme.save(update_fields=["is_retired"])
    if retired:
        theme.children.update(is_retired=True)


def _next_position(territory: Territory, parent: Theme | None) -> int:
    last = territory.themes.filter(parent=parent).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
