"""Preparing a consultation: its words, then its workbench."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.listening.enums import PhaseKind
from essor.chain.listening.policies import is_listening
from essor.chain.listening.selectors.consultations import figures_of, phases_that_overlap
from essor.chain.listening.services.consultations import (
    CHANGEABLE,
    change_consultation,
    draft_consultation,
)
from essor.web.access import FORM, facilitator, page
from essor.web.atelier.consultations import doors
from essor.web.atelier.consultations.forms import ConsultationForm


@page(who=facilitator, methods=FORM)
def atelier_consultation_new(request: HttpRequest) -> HttpResponse:
    """Prepare a consultation; nobody else sees it until it opens."""
    form = ConsultationForm(request.POST or None)
    if form.is_valid():
        made = draft_consultation(by=request.user, territory=request.territory, **form.cleaned_data)
        messages.success(request, _("Le brouillon est prêt. Posez maintenant une première question."))
        return doors.back_to(made)
    return doors.sheet(request, form, _("Préparer une concertation"), None, _("Créer le brouillon"))


@page(who=facilitator, methods=FORM)
def atelier_consultation_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change its words and rules."""
    found = doors.consultation_of(request, pk)
    initial = {name: getattr(found, name) for name in CHANGEABLE}
    form = ConsultationForm(request.POST or None, initial=initial)
    if form.is_valid():
        change_consultation(by=request.user, consultation=found, **form.cleaned_data)
        messages.success(request, _("La concertation est modifiée."))
        return doors.back_to(found)
    return doors.sheet(request, form, _("Modifier la concertation"), found)


@page(who=facilitator)
def atelier_consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Its questions, its phases, where it stands, what to do next."""
    found = doors.consultation_of(request, pk)
    questions = list(found.questions.all())
    phases = list(found.phases.all())
    listing = reverse("territory:atelier_consultations", args=[request.territory.slug])
    context = {
        "consultation": found,
        "questions": questions,
        "asked": [each for each in questions if not each.is_retired],
        "phases": phases,
        "overlaps": phases_that_overlap(found),
        "no_listening": bool(phases) and not any(each.kind == PhaseKind.LISTEN for each in phases),
        "listens": is_listening(found),
        "figures": figures_of(found),
        "crumbs": [(_("Concertations"), listing), (found.title, None)],
    }
    return render(request, "atelier/consultations/one.html", context)
