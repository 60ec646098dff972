"""Somebody opens a territory: its perimeter, its themes, and themselves to administer it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from essor.ground.ledger.services import record
from essor.ground.people.enums import Role, StakeholderFamily
from essor.ground.people.models import Person
from essor.ground.people.services.memberships import join
from essor.ground.territories.models import Territory
from essor.ground.territories.perimeter import CommuneInPerimeter, with_figures
from essor.ground.territories.services import create_territory


@transaction.atomic
def open_territory(
    *,
    by: Person,
    name: str,
    slug: str = "",
    communes: Iterable[CommuneInPerimeter | str] = (),
    family: str = StakeholderFamily.PUBLIC_BODY,
    **more: Any,
) -> Territory:
    """Open a territory with the default themes; ``by`` administers it.

    A commune is given whole, or by its INSEE code when the communes of France are installed.
    ``more``: promise, presentation, languages, hue, contact_email, legal_notice, river, is_listed.
    """
    territory = create_territory(name=name, slug=slug, communes=_whole(communes), **more)
    join(person=by, territory=territory, role=Role.ADMINISTRATOR, family=family)
    record(
        by=by,
        verb="territory.opened",
        thing=territory,
        territory=territory,
        data={"communes": territory.communes.count(), "themes": territory.themes.count()},
    )
    return territory


def _whole(communes: Iterable[CommuneInPerimeter | str]) -> list[CommuneInPerimeter]:
    given = list(communes)
    figures = with_figures([each for each in given if isinstance(each, str)])
    return [
        figures.get(each) or CommuneInPerimeter(each, each) if isinstance(each, str) else each
        for each in given
    ]
