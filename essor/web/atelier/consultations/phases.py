"""The dated phases of a consultation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from essor.chain.listening.services.consultations import add_phase, change_phase, remove_phase
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.consultations import doors
from essor.web.atelier.consultations.forms import PhaseForm


@page(who=facilitator, methods=FORM)
def atelier_phase_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a phase."""
    consultation = doors.consultation_of(request, pk)
    form = PhaseForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        if doors.acted(request, form, lambda: add_phase(by=request.user, consultation=consultation, **given)):
            messages.success(request, _("L’étape est ajoutée."))
            return doors.back_to(consultation)
    return doors.sheet(request, form, _("Ajouter une étape"), consultation, _("Ajouter"))


@page(who=facilitator, methods=FORM)
def atelier_phase(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a phase."""
    phase = doors.phase_of(request, pk)
    initial = {
        name: getattr(phase, name) for name in ("kind", "title", "starts_at", "ends_at", "description")
    }
    form = PhaseForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        if doors.acted(request, form, lambda: change_phase(by=request.user, phase=phase, **given)):
            messages.success(request, _("L’étape est modifiée."))
            return doors.back_to(phase.consultation)
    return doors.sheet(request, form, _("Modifier l’étape"), phase.consultation)


@page(who=facilitator, methods=ACT)
def atelier_phase_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a phase away."""
    phase = doors.phase_of(request, pk)
    consultation = phase.consultation
    remove_phase(by=request.user, phase=phase)
    messages.success(request, _("L’étape est supprimée."))
    return doors.back_to(consultation)
