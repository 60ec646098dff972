"""Preparing and changing a meeting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.ground.gatherings.enums import GatheringState
from essor.ground.gatherings.notifications import tell_changed, tell_let_in
from essor.ground.gatherings.services import GatheringRefused, change_gathering, plan_gathering, set_agenda
from essor.web.access import FORM, facilitator, page
from essor.web.atelier.gatherings.forms import GatheringForm
from essor.web.atelier.gatherings.listing import own_gathering

TOLD = ("starts_at", "ends_at", "place_name", "address")


@page(who=facilitator, methods=FORM)
def atelier_gathering_new(request: HttpRequest) -> HttpResponse:
    """Prepare a meeting; nobody sees it before it is announced."""
    territory = request.territory
    form = GatheringForm(request.POST or None, territory=territory)
    if form.is_valid():
        try:
            gathering = plan_gathering(by=request.user, territory=territory, **form.cleaned_data)
        except GatheringRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La rencontre est prête. Annoncez-la quand vous voulez."))
            return redirect("territory:atelier_gathering", territory.slug, gathering.slug)
    cancel_url = reverse("territory:atelier_gatherings", args=[territory.slug])
    return _shown(request, form, _("Préparer une rencontre"), cancel_url)


@page(who=facilitator, methods=FORM)
def atelier_gathering_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change it; those with a place are told when the time or the place changes."""
    gathering = own_gathering(request, slug)
    form = GatheringForm(
        request.POST or None, territory=request.territory, initial=GatheringForm.initial_of(gathering)
    )
    here = reverse("territory:atelier_gathering", args=[request.territory.slug, slug])
    if form.is_valid():
        changes: dict[str, Any] = dict(form.cleaned_data)
        agenda = changes.pop("agenda")
        must_tell = gathering.state == GatheringState.ANNOUNCED and any(
            getattr(gathering, name) != changes[name] for name in TOLD
        )
        try:
            let_in = change_gathering(by=request.user, gathering=gathering, **changes)
        except GatheringRefused as refused:
            form.add_error(None, str(refused))
        else:
            set_agenda(gathering=gathering, agenda=agenda)
            tell_let_in(let_in)
            if must_tell:
                tell_changed(gathering, lambda: _("L’heure ou le lieu de cette rencontre a changé."))
            messages.success(request, _("La rencontre est modifiée."))
            return redirect(here)
    return _shown(request, form, gathering.title, here)


def _shown(request: HttpRequest, form: GatheringForm, title: str, cancel_url: str) -> HttpResponse:
    return render(request, "atelier/form_page.html", {"form": form, "title": title, "cancel_url": cancel_url})
