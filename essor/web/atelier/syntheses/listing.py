"""The syntheses of a territory, and asking for one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.listening.models import Contribution
from essor.chain.needs.enums import SynthesisState
from essor.chain.needs.models import Synthesis
from essor.chain.needs.services.syntheses import SynthesisRefused, ask_synthesis
from essor.common import clock
from essor.common.pagination import page_of
from essor.web.access import FORM, facilitator, page
from essor.web.atelier.syntheses.forms import SynthesisFilters, SynthesisForm

VOICES_A_SECOND = 1000  # careful: a slow machine, with naming and stability


@page(who=facilitator)
def syntheses(request: HttpRequest) -> HttpResponse:
    """Every synthesis, newest first."""
    filters = SynthesisFilters(request.GET or {})
    filters.is_valid()
    found = Synthesis.objects.in_territory(request.territory).select_related("consultation", "created_by")
    if filters.cleaned_data.get("state") == "archived":
        found = found.filter(state=SynthesisState.ARCHIVED)
    else:
        found = found.current()
    return render(
        request,
        "atelier/syntheses/list.html",
        {
            "filters": filters,
            "page": page_of(request, found),
            "crumbs": [*_home(request), (_("Synthèses"), None)],
        },
    )


@page(who=facilitator, methods=FORM)
def synthesis_new(request: HttpRequest) -> HttpResponse:
    """Ask for a synthesis: which voices, how fine."""
    territory = request.territory
    title = _("Ce que nous avons entendu, %(date)s") % {"date": f"{clock.today():%d/%m/%Y}"}
    start = {"title": title, "consultation": request.GET.get("consultation")}
    form = SynthesisForm(request.POST or None, territory=territory, initial=start)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("consultation", "title", "grain", "seed")}
        try:
            made = ask_synthesis(by=request.user, territory=territory, scope=form.scope(), **given)
        except SynthesisRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La synthèse est demandée. Vous pouvez quitter cette page."))
            return redirect("territory:atelier_synthesis", territory.slug, made.pk)
    voices = Contribution.objects.in_territory(territory).counted().count()
    crumbs = [*_home(request), (_("Synthèses"), _list(request)), (_("Nouvelle"), None)]
    return render(
        request,
        "atelier/syntheses/new.html",
        {"form": form, "voices": voices, "seconds": 5 + voices // VOICES_A_SECOND, "crumbs": crumbs},
    )


def _home(request: HttpRequest) -> list[tuple[str, str | None]]:
    return [(_("Atelier"), reverse("territory:atelier", args=[request.territory.slug]))]


def _list(request: HttpRequest) -> str:
    return reverse("territory:atelier_syntheses", args=[request.territory.slug])
