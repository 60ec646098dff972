"""Announcing, holding, cancelling a meeting; counting who came."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.ground.gatherings.notifications import tell_changed
from essor.ground.gatherings.services import (
    GatheringRefused,
    announce_gathering,
    cancel_gathering,
    count_attendance,
    hold_gathering,
)
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.gatherings.forms import AttendanceForm, CancelForm
from essor.web.atelier.gatherings.listing import own_gathering
from essor.web.figures import forget_figures


@page(who=facilitator, methods=ACT)
def atelier_gathering_announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody see it."""
    gathering = own_gathering(request, slug)
    try:
        announce_gathering(by=request.user, gathering=gathering)
    except GatheringRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("La rencontre est annoncée."))
    return redirect("territory:atelier_gathering", request.territory.slug, slug)


@page(who=facilitator, methods=ACT)
def atelier_gathering_hold(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that it took place."""
    gathering = own_gathering(request, slug)
    try:
        hold_gathering(by=request.user, gathering=gathering)
    except GatheringRefused as refused:
        messages.error(request, str(refused))
    else:
        forget_figures(request.territory)
        messages.success(request, _("La rencontre est close. Comptez les présents, publiez le compte rendu."))
    return redirect("territory:atelier_gathering", request.territory.slug, slug)


@page(who=facilitator, methods=FORM)
def atelier_gathering_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the reason, then cancel and tell those who had a place."""
    gathering = own_gathering(request, slug)
    form = CancelForm(request.POST or None)
    here = reverse("territory:atelier_gathering", args=[request.territory.slug, slug])
    if form.is_valid():
        try:
            cancel_gathering(by=request.user, gathering=gathering, because=form.cleaned_data["because"])
        except GatheringRefused as refused:
            form.add_error(None, str(refused))
        else:
            because = form.cleaned_data
            tell_changed(gathering, lambda: _("Cette rencontre est annulée : %(because)s") % because)
            messages.success(request, _("La rencontre est annulée ; les personnes inscrites sont prévenues."))
            return redirect(here)
    context = {
        "base_template": "atelier/base.html",
        "question": _("Annuler « %(title)s » ?") % {"title": gathering.title},
        "what_happens": _("La page reste visible avec la raison, et les inscrits reçoivent un message."),
        "action": _("Annuler la rencontre"),
        "cancel_url": here,
        "danger": True,
        "form": form,
    }
    return render(request, "parts/confirm.html", context)


@page(who=facilitator, methods=FORM)
def atelier_gathering_attendance(request: HttpRequest, slug: str) -> HttpResponse:
    """Count who came, by family: figures, never names."""
    gathering = own_gathering(request, slug)
    known = dict(gathering.attendance.values_list("family", "count"))
    form = AttendanceForm(request.POST or None, initial=known)
    here = reverse("territory:atelier_gathering", args=[request.territory.slug, slug])
    if form.is_valid():
        count_attendance(by=request.user, gathering=gathering, counts=form.counts())
        messages.success(request, _("Les présents sont comptés."))
        return redirect(here)
    return render(
        request,
        "atelier/form_page.html",
        {"form": form, "title": _("Compter les personnes présentes"), "cancel_url": here},
    )
