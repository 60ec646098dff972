"""Publishing a need, saying where it stands, withdrawing it: each after a word or a confirmation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.needs.lifecycle import NEED_MOVES
from essor.chain.needs.models import Need
from essor.chain.needs.services.needs import (
    NeedRefused,
    move_need,
    publish_need,
    why_not_publish,
    withdraw_need,
)
from essor.web.access import FORM, facilitator, page
from essor.web.atelier.needs.edit import need_crumbs, need_of
from essor.web.atelier.needs.forms import MoveForm, WhyForm


def _address(request: HttpRequest, need: Need) -> str:
    return reverse("territory:atelier_need", args=[request.territory.slug, need.pk])


@page(who=facilitator, methods=FORM)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish after a confirmation that says what everybody will see."""
    found = need_of(request, pk)
    if request.method == "POST":
        try:
            publish_need(by=request.user, need=found)
        except NeedRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request, _("Le besoin est publié. Les personnes dont la voix l’appuie sont prévenues.")
            )
        return redirect(_address(request, found))
    if why_not := why_not_publish(need=found):
        messages.error(request, why_not)
        return redirect(_address(request, found))
    return render(request, "parts/confirm.html", _publication_words(request, found))


def _publication_words(request: HttpRequest, found: Need) -> dict[str, object]:
    voices = ngettext("%(n)d voix l’appuie", "%(n)d voix l’appuient", found.voices_count) % {
        "n": found.voices_count
    }
    people = ngettext("de %(n)d personne", "de %(n)d personnes", found.people_count) % {
        "n": found.people_count
    }
    return {
        "question": _("Publier ce besoin ?"),
        "consequences": [
            _("« %(words)s »") % {"words": found.statement},
            _("%(voices)s, %(people)s.") % {"voices": voices, "people": people},
            _(
                "Tout le monde pourra le lire. Les personnes qui ont donné ces voix seront prévenues "
                "si elles ont un compte."
            ),
            _("Vous pourrez encore le modifier, changer son état ou le retirer."),
        ],
        "action": _("Publier"),
        "confirm_url": request.path,
        "cancel_url": _address(request, found),
        "base_template": "atelier/base.html",
        "crumbs": need_crumbs(request, found, _("Publier")),
    }


@page(who=facilitator, methods=FORM)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where a need stands now, and why."""
    found = need_of(request, pk)
    form = MoveForm(request.POST or None, need=found, moves=NEED_MOVES[found.state])
    if form.is_valid():
        try:
            move_need(by=request.user, need=found, **form.cleaned_data)
        except NeedRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("L’état est changé, et celles et ceux que cela concerne sont prévenus.")
            )
            return redirect(_address(request, found))
    shown = {
        "form": form,
        "title": _("Où en est ce besoin ?"),
        "lead": found.statement,
        "step": "need",
        "action": _("Changer l’état"),
        "cancel_url": _address(request, found),
        "crumbs": need_crumbs(request, found, _("État")),
    }
    return render(request, "atelier/form_page.html", shown)


@page(who=facilitator, methods=FORM)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a need off the public pages, and say why."""
    found = need_of(request, pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_need(by=request.user, need=found, **form.cleaned_data)
        except NeedRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le besoin est retiré des pages publiques. Il peut revenir."))
            return redirect(_address(request, found))
    shown = {
        "form": form,
        "title": _("Retirer ce besoin"),
        "lead": _("Il quitte les pages publiques. Ses preuves restent, et il peut revenir à tout moment."),
        "step": "need",
        "action": _("Retirer"),
        "cancel_url": _address(request, found),
        "crumbs": need_crumbs(request, found, _("Retirer")),
    }
    return render(request, "atelier/form_page.html", shown)
