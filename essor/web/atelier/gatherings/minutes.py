"""Writing and publishing the minutes of a meeting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.ground.gatherings.models import Minutes
from essor.ground.gatherings.services import (
    GatheringRefused,
    publish_minutes,
    withdraw_minutes,
    write_minutes,
)
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.gatherings.forms import MinutesForm
from essor.web.atelier.gatherings.listing import own_gathering


@page(who=facilitator, methods=FORM)
def atelier_minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """Write them; they stay a draft until published."""
    gathering = own_gathering(request, slug)
    known = Minutes.objects.filter(gathering=gathering).first()
    form = MinutesForm(request.POST or None, initial={"body": known.body if known else ""})
    here = reverse("territory:atelier_gathering", args=[request.territory.slug, slug])
    if form.is_valid():
        try:
            write_minutes(by=request.user, gathering=gathering, body=form.cleaned_data["body"])
        except GatheringRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le compte rendu est enregistré. Publiez-le quand il est relu."))
            return redirect(here)
    return render(
        request,
        "atelier/form_page.html",
        {"form": form, "title": _("Compte rendu"), "cancel_url": here, "draft": f"minutes-{gathering.pk}"},
    )


@page(who=facilitator, methods=ACT)
def atelier_minutes_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish them, or take them back when ``withdraw`` is posted."""
    gathering = own_gathering(request, slug)
    minutes = get_object_or_404(Minutes, gathering=gathering)
    minutes.gathering = gathering
    act = withdraw_minutes if "withdraw" in request.POST else publish_minutes
    try:
        act(by=request.user, minutes=minutes)
    except GatheringRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("C’est fait."))
    return redirect("territory:atelier_gathering", request.territory.slug, slug)
