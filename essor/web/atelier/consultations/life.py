"""Opening, closing, archiving: each after a question that says what will happen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from essor.chain.listening.models import Consultation
from essor.chain.listening.services.consultations import (
    archive_consultation,
    close_consultation,
    open_consultation,
)
from essor.web.access import FORM, facilitator, page
from essor.web.atelier.consultations import doors


@page(who=facilitator, methods=FORM)
def atelier_consultation_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a draft, or open again."""
    found = doors.consultation_of(request, pk)
    if request.method == "POST":
        if doors.acted(request, None, lambda: open_consultation(by=request.user, consultation=found)):
            messages.success(request, _("La concertation est ouverte."))
        return doors.back_to(found)
    consequences = [_("Elle paraît sur le site, et les voix sont reçues selon ses étapes.")]
    if found.opened_at is None:
        consequences.append(_("Les membres du territoire qui le souhaitent en reçoivent l’annonce."))
    return _ask(request, found, _("Ouvrir cette concertation ?"), consequences, _("Ouvrir"))


@page(who=facilitator, methods=FORM)
def atelier_consultation_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it, or take it out of the archives."""
    found = doors.consultation_of(request, pk)
    if request.method == "POST":
        if doors.acted(request, None, lambda: close_consultation(by=request.user, consultation=found)):
            messages.success(request, _("La concertation est close. Elle peut être rouverte."))
        return doors.back_to(found)
    consequences = [
        _("Plus personne ne peut y donner sa voix en ligne."),
        _("Les voix déjà données restent lisibles et comptées. Vous pourrez la rouvrir."),
    ]
    if found.state == "archived":
        return _ask(request, found, _("Sortir des archives ?"), consequences[1:], _("Sortir des archives"))
    return _ask(request, found, _("Clore cette concertation ?"), consequences, _("Clore"))


@page(who=facilitator, methods=FORM)
def atelier_consultation_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it away."""
    found = doors.consultation_of(request, pk)
    if request.method == "POST":
        if doors.acted(request, None, lambda: archive_consultation(by=request.user, consultation=found)):
            messages.success(request, _("La concertation est archivée."))
        return doors.back_to(found)
    consequences = [_("Elle sort des listes publiques ; sa page, ses voix et ses liens restent lisibles.")]
    return _ask(request, found, _("Archiver cette concertation ?"), consequences, _("Archiver"))


def _ask(
    request: HttpRequest, consultation: Consultation, question: str, consequences: list[str], action: str
) -> HttpResponse:
    context = {"question": question, "consequences": consequences, "action": action}
    context |= {"confirm_url": request.path, "cancel_url": doors.home_of(consultation)}
    return render(request, "parts/confirm.html", {**context, "base_template": "atelier/base.html"})
