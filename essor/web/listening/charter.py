"""The rules of moderation, for everybody."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.listening.enums import HideReason
from essor.web.access import anyone, page


@dataclass(frozen=True)
class Rule:
    """One reason for which a voice may be hidden, and what it means."""

    name: str | Promise
    meaning: str | Promise


_MEANINGS = {
    HideReason.INSULT: gettext_lazy(
        "Critiquer une décision ou une politique est permis, même vivement. Insulter une personne, ou la "
        "rabaisser pour ce qu’elle est, ne l’est pas."
    ),
    HideReason.PERSONAL: gettext_lazy(
        "Noms de particuliers, adresses, téléphones : nous les retirons et publions le reste."
    ),
    HideReason.ADVERT: gettext_lazy("Vendre ou démarcher n’est pas donner sa voix."),
    HideReason.OFF_TOPIC: gettext_lazy(
        "Une voix peut déborder de la question ; elle doit rester liée à la vie du territoire."
    ),
    HideReason.DUPLICATE: gettext_lazy(
        "Le même texte envoyé plusieurs fois par la même personne n’est compté qu’une fois."
    ),
    HideReason.ILLEGAL: gettext_lazy(
        "Menaces, appels à la haine, diffamation : la loi s’applique ici aussi."
    ),
}


@page(who=anyone)
def charter(request: HttpRequest) -> HttpResponse:
    """What may be hidden, by whom, and how to contest it."""
    rules = [Rule(reason.label, _MEANINGS[reason]) for reason in HideReason]
    crumbs = [(_("La charte"), None)]
    return render(request, "listening/charter.html", {"rules": rules, "crumbs": crumbs})
