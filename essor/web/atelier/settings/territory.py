"""The territory itself: what it says of itself, and its perimeter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.ground.territories.models import Territory
from essor.ground.territories.perimeter import read_perimeter
from essor.ground.territories.selectors import commune_names
from essor.ground.territories.services import CHANGEABLE, TerritoryRefused
from essor.journeys.set_up_territory import change_territory, set_logo, set_perimeter
from essor.outside import geo
from essor.web.access import FORM, administrator, page
from essor.web.atelier.settings.forms import PerimeterForm, TerritoryForm
from essor.web.atelier.settings.tabs import show

MOST = 1500  # communes in one perimeter: more than any French region


@page(who=administrator, methods=FORM)
def settings(request: HttpRequest) -> HttpResponse:
    # The form works on a copy: the page keeps its name until the change is accepted.
    territory = Territory.objects.get(pk=request.territory.pk)
    form = TerritoryForm(request.POST or None, request.FILES or None, instance=territory)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form.cleaned_data)
        except TerritoryRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Les réglages du territoire sont enregistrés."))
            return redirect("territory:atelier_settings", request.territory.slug)
    return show(request, "atelier/settings/territory.html", {"form": form})


def _save(request: HttpRequest, cleaned: dict) -> None:
    changes = {field: cleaned[field] for field in cleaned if field in CHANGEABLE}
    change_territory(by=request.user, territory=request.territory, **changes)
    if cleaned["logo_file"]:
        set_logo(by=request.user, territory=request.territory, image=cleaned["logo_file"])
    elif cleaned.get("remove_logo"):
        set_logo(by=request.user, territory=request.territory, image=None)


@page(who=administrator, methods=FORM)
def perimeter(request: HttpRequest) -> HttpResponse:
    known = commune_names(request.territory)
    here = "\n".join(f"{code} {name}" for code, name in known.items())
    form = PerimeterForm(request.POST or None, initial={"communes": here})
    if request.method == "POST" and form.is_valid():
        reading = read_perimeter(form.cleaned_data["communes"], known)
        for error in _errors(reading):
            form.add_error("communes", error)
        if not form.errors:
            change = set_perimeter(by=request.user, territory=request.territory, communes=reading.communes)
            messages.success(request, _told(change))
            return redirect("territory:atelier_perimeter", request.territory.slug)
    communes = request.territory.communes.all()
    context = {"form": form, "communes": communes, "has_france": geo.is_installed()}
    return show(request, "atelier/settings/perimeter.html", context)


def _errors(reading) -> list[str]:
    errors = list(reading.errors[:20])
    if len(reading.errors) > 20:
        errors.append(_("… et %(n)s autres lignes.") % {"n": len(reading.errors) - 20})
    if len(reading.communes) > MOST:
        errors.append(_("Un périmètre a %(most)s communes au plus.") % {"most": MOST})
    return errors


def _told(change: dict[str, list[str]]) -> str:
    added, removed = len(change["added"]), len(change["removed"])
    if not added and not removed:
        return _("Le périmètre n’a pas changé.")
    parts = []
    if added:
        parts.append(ngettext("%(n)d commune ajoutée", "%(n)d communes ajoutées", added) % {"n": added})
    if removed:
        parts.append(ngettext("%(n)d commune retirée", "%(n)d communes retirées", removed) % {"n": removed})
    return _("Périmètre enregistré : %(changes)s.") % {"changes": ", ".join(parts)}
