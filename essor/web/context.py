"""What every template finds around the page: the territory, the chain, the way to the atelier."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.ground.people import policies
from essor.ground.territories.models import Territory


@dataclass(frozen=True)
class NavLink:
    """One link of a menu; ``step`` gives it its hue, ``icon`` its pictogram."""

    label: str | Promise
    url: str
    current: bool
    step: str = ""
    icon: str = ""


_CHAIN = (
    ("listen", _("Écouter"), "territory:consultations", ("ecoute",)),
    ("listen", _("Avis"), "territory:conversations", ("avis-partages", "cartes-des-avis")),
    ("listen", _("Se rencontrer"), "territory:gatherings", ("rencontres",)),
    ("need", _("Besoins"), "territory:needs", ("besoins",)),
    ("challenge", _("Défis"), "territory:challenges", ("defis",)),
    ("project", _("Projets"), "territory:projects", ("projets",)),
    ("alliance", _("Alliances"), "territory:alliances", ("alliances",)),
    ("alliance", _("Acteurs"), "territory:actors", ("acteurs", "mises-en-relation")),
)
_ATELIER = (
    ("moderator", _("Tableau de bord"), "territory:atelier", "", "tools"),
    ("facilitator", _("Concertations"), "territory:atelier_consultations", "concertations", "listen"),
    ("facilitator", _("Avis partagés"), "territory:atelier_conversations", "avis-partages", "check"),
    ("facilitator", _("Rencontres"), "territory:atelier_gatherings", "rencontres", "calendar"),
    ("facilitator", _("Saisie"), "territory:atelier_capture", "saisie", "microphone"),
    ("facilitator", _("Imports"), "territory:atelier_imports", "imports", "upload"),
    ("moderator", _("Modération"), "territory:atelier_moderation", "moderation", "eye"),
    ("facilitator", _("Synthèses"), "territory:atelier_syntheses", "syntheses", "list"),
    ("facilitator", _("Besoins"), "territory:atelier_needs", "besoins", "need"),
    ("moderator", _("Défis"), "territory:atelier_challenges", "defis", "challenge"),
    ("facilitator", _("Porteurs"), "territory:atelier_holders", "porteurs", "person"),
    ("facilitator", _("Projets"), "territory:atelier_projects", "projets", "project"),
    ("facilitator", _("Mises en relation"), "territory:atelier_matches", "mises-en-relation", "thread"),
    ("facilitator", _("Alliances"), "territory:atelier_alliances", "alliances", "alliance"),
    ("facilitator", _("Acteurs"), "territory:atelier_actors", "acteurs", "people"),
    ("facilitator", _("Documents"), "territory:atelier_documents", "documents", "paper"),
    ("administrator", _("Réglages"), "territory:atelier_settings", "reglages", "person"),
)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Territory, links of the chain and, for those who may enter, of the atelier."""
    territory = getattr(request, "territory", None)
    if territory is None:
        return {"territory": None, "chain_links": [], "may_enter_atelier": False}
    rest = request.path.removeprefix(reverse("territory:home", args=[territory.slug])).split("/")
    rights = {
        "moderator": policies.can_moderate(request.user, territory),
        "facilitator": policies.can_facilitate(request.user, territory),
        "administrator": policies.can_administer(request.user, territory),
    }
    return {
        "territory": territory,
        "chain_links": [
            NavLink(label, reverse(name, args=[territory.slug]), rest[0] in parts, step)
            for step, label, name, parts in _CHAIN
        ],
        "atelier_links": _atelier_links(territory, rights, rest) if rest[0] == "atelier" else [],
        "may_enter_atelier": rights["moderator"],
        "may_facilitate": rights["facilitator"],
        "may_administer": rights["administrator"],
    }


def _atelier_links(territory: Territory, rights: dict[str, bool], rest: list[str]) -> list[NavLink]:
    here = rest[1] if len(rest) > 1 else ""
    return [
        NavLink(label, reverse(name, args=[territory.slug]), here == part, icon=icon)
        for right, label, name, part, icon in _ATELIER
        if rights[right]
    ]
