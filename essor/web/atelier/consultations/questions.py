"""The questions of a consultation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from essor.chain.listening.services.consultations import (
    add_question,
    change_question,
    move_question,
    retire_question,
)
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.consultations import doors
from essor.web.atelier.consultations.forms import QuestionForm


@page(who=facilitator, methods=FORM)
def atelier_question_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one more question."""
    consultation = doors.consultation_of(request, pk)
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        add_question(by=request.user, consultation=consultation, **form.cleaned_data)
        messages.success(request, _("La question est posée."))
        return doors.back_to(consultation)
    return doors.sheet(request, form, _("Poser une question"), consultation, _("Poser la question"))


@page(who=facilitator, methods=FORM)
def atelier_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword a question that nobody has answered, or its hint."""
    question = doors.question_of(request, pk)
    initial = {"text": question.text, "help_text": question.help_text}
    form = QuestionForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        if doors.acted(request, form, lambda: change_question(by=request.user, question=question, **given)):
            messages.success(request, _("La question est modifiée."))
            return doors.back_to(question.consultation)
    return doors.sheet(request, form, _("Modifier la question"), question.consultation)


@page(who=facilitator, methods=ACT)
def atelier_question_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    question = doors.question_of(request, pk)
    move_question(by=request.user, question=question, up=request.POST.get("to") == "up")
    return doors.back_to(question.consultation)


@page(who=facilitator, methods=ACT)
def atelier_question_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop asking a question, or ask it again."""
    question = doors.question_of(request, pk)
    retired = not question.is_retired
    if doors.acted(
        request, None, lambda: retire_question(by=request.user, question=question, retired=retired)
    ):
        said = _("La question n’est plus posée.") if retired else _("La question est posée de nouveau.")
        messages.success(request, said)
    return doors.back_to(question.consultation)
