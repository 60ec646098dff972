"""What every template finds around the page: the territory, the chain, the way to the atelier."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.ground.people import policies


@dataclass(frozen=True)
class ChainLink:
    step: str
    label: str | Promise
    url: str
    current: bool


_STEPS = (
    ("listen", _("Écouter"), "territory:consultations", ("ecoute", "ma-voix")),
    ("listen", _("Se rencontrer"), "territory:gatherings", ("rencontres",)),
    ("need", _("Besoins"), "territory:needs", ("besoins",)),
)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Territory, links of the chain and whether the atelier is open to this person."""
    territory = getattr(request, "territory", None)
    if territory is None:
        return {"territory": None, "chain_links": [], "may_enter_atelier": False}
    rest = request.path.removeprefix(reverse("territory:home", args=[territory.slug])).split("/")[0]
    return {
        "territory": territory,
        "chain_links": [
            ChainLink(step, label, reverse(name, args=[territory.slug]), rest in parts)
            for step, label, name, parts in _STEPS
        ],
        "may_enter_atelier": policies.can_moderate(request.user, territory),
        "may_facilitate": policies.can_facilitate(request.user, territory),
        "may_administer": policies.can_administer(request.user, territory),
    }
