"""What the pages of a consultation share: fetching within the territory, acting, saying what was refused."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.listening.models import Consultation, Phase, Question
from essor.chain.listening.services.refusals import Refused


def consultation_of(request: HttpRequest, pk: int) -> Consultation:
    """A consultation of this territory, else 404."""
    rows = Consultation.objects.in_territory(request.territory).prefetch_related("phases", "questions")
    found = get_object_or_404(rows, pk=pk)
    found.territory = request.territory
    return found


def question_of(request: HttpRequest, pk: int) -> Question:
    """A question of this territory, else 404."""
    rows = Question.objects.filter(consultation__territory=request.territory)
    return get_object_or_404(rows.select_related("consultation__territory"), pk=pk)


def phase_of(request: HttpRequest, pk: int) -> Phase:
    """A phase of this territory, else 404."""
    rows = Phase.objects.filter(consultation__territory=request.territory)
    return get_object_or_404(rows.select_related("consultation__territory"), pk=pk)


def acted(request: HttpRequest, form: forms.Form | None, act: Callable[[], object]) -> bool:
    """Do it; when it is refused, the reason goes to the form or to the next page."""
    try:
        act()
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
        else:
            form.add_error(None, str(refused))
        return False
    return True


def home_of(consultation: Consultation) -> str:
    return reverse("territory:atelier_consultation", args=[consultation.territory.slug, consultation.pk])


def back_to(consultation: Consultation) -> HttpResponse:
    return redirect(home_of(consultation))


def sheet(
    request: HttpRequest, form: forms.Form, title: str, consultation: Consultation | None, action: str = ""
) -> HttpResponse:
    """A form on its own page, with the way back."""
    listing = reverse("territory:atelier_consultations", args=[request.territory.slug])
    crumbs = [(_("Concertations"), listing)]
    if consultation is not None:
        crumbs.append((consultation.title, home_of(consultation)))
    context = {"form": form, "title": title, "action": action, "crumbs": [*crumbs, (title, None)]}
    context["cancel_url"] = home_of(consultation) if consultation is not None else listing
    return render(request, "atelier/form_page.html", context)
