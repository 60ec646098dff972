"""What an author may do with their own voice: correct, contest, take back, erase."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.listening.models import Contribution
from essor.chain.listening.services import care
from essor.chain.listening.services.refusals import Refused
from essor.chain.listening.services.voices import correct_voice, erase_voice, withdraw_voice
from essor.ground.people.models import Person
from essor.journeys.change_voice import change_voice
from essor.web.access import FORM, anyone, page
from essor.web.figures import forget_figures
from essor.web.listening.forms import AppealForm, CorrectForm
from essor.web.listening.my_voice import opened_voice


@page(who=anyone, methods=FORM)
def my_voice_correct(request: HttpRequest) -> HttpResponse:
    """Write a new wording of one's voice."""
    voice = opened_voice(request)
    if voice is None:
        return _enter_code(request)
    form = CorrectForm(request.POST or None, voice=voice)
    if form.is_valid():
        words, why = form.cleaned_data["words"], form.cleaned_data["why"]
        correct = partial(correct_voice, contribution=voice, by=_person(request), words=words, why=why)
        if _done(request, form, partial(change_voice, change=correct, voice=voice, by=_person(request))):
            waits = voice.state == "waiting"
            messages.success(
                request,
                _("Votre correction est gardée ; elle sera relue avant de paraître.")
                if waits
                else _("Votre voix est corrigée."),
            )
            return _back(request)
    return _sheet(request, "listening/correct.html", voice, form)


@page(who=anyone, methods=FORM)
def my_voice_appeal(request: HttpRequest) -> HttpResponse:
    """Contest a hiding."""
    voice = opened_voice(request)
    if voice is None:
        return _enter_code(request)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        if _done(request, form, lambda: care.appeal(contribution=voice, words=words, by=_person(request))):
            messages.success(request, _("Votre contestation est transmise. La réponse paraîtra ici."))
            return _back(request)
    return _sheet(request, "listening/appeal.html", voice, form)


@page(who=anyone, methods=FORM)
def my_voice_withdraw(request: HttpRequest) -> HttpResponse:
    """Take one's voice back, after a question."""
    voice = opened_voice(request)
    if voice is None:
        return _enter_code(request)
    if request.method == "POST":
        if _done(request, None, _recounted(request, voice, withdraw_voice)):
            messages.success(request, _("Votre voix est retirée : elle n’est plus lue ni comptée."))
        return _back(request)
    return _confirm(
        request,
        _("Retirer votre voix ?"),
        [
            _("Elle ne sera plus lisible et ne comptera plus. Cela ne se défait pas."),
            _("Ses mots restent gardés, sans être montrés. Pour qu’ils disparaissent, effacez-la."),
        ],
        _("Retirer ma voix"),
    )


@page(who=anyone, methods=FORM)
def my_voice_erase(request: HttpRequest) -> HttpResponse:
    """Erase every word of one's voice, after a question."""
    voice = opened_voice(request)
    if voice is None:
        return _enter_code(request)
    if request.method == "POST":
        if _done(request, None, _recounted(request, voice, erase_voice)):
            messages.success(request, _("Les mots de votre voix sont effacés."))
        return _back(request)
    return _confirm(
        request,
        _("Effacer votre voix pour toujours ?"),
        [
            _("Tous ses mots sont effacés, anciennes versions comprises. Personne ne peut les retrouver."),
            _("Il reste seulement la trace qu’une voix a existé."),
        ],
        _("Effacer ma voix"),
    )


def _recounted(request: HttpRequest, voice: Contribution, act: Callable[..., object]) -> Callable[[], object]:
    """An act of the author on the voice, followed by the count of the needs it speaks for."""
    by = _person(request)
    return partial(change_voice, change=partial(act, contribution=voice, by=by), voice=voice, by=by)


def _done(request: HttpRequest, form, act: Callable[[], Contribution | object]) -> bool:
    try:
        act()
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
        else:
            form.add_error(None, str(refused))
        return False
    forget_figures(request.territory)
    return True


def _sheet(request: HttpRequest, template: str, voice: Contribution, form) -> HttpResponse:
    back = reverse("territory:my_voice_shown", args=[request.territory.slug])
    crumbs = [(_("Ce qu’est devenue ma voix"), back)]
    return render(request, template, {"voice": voice, "form": form, "back_url": back, "crumbs": crumbs})


def _confirm(request: HttpRequest, question: str, consequences: list[str], action: str) -> HttpResponse:
    back = reverse("territory:my_voice_shown", args=[request.territory.slug])
    context = {"question": question, "consequences": consequences, "action": action, "danger": True}
    return render(request, "parts/confirm.html", {**context, "confirm_url": request.path, "cancel_url": back})


def _person(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _enter_code(request: HttpRequest) -> HttpResponse:
    return redirect("territory:my_voice", request.territory.slug)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect("territory:my_voice_shown", request.territory.slug)
