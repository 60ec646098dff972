"""Telling moderators that a voice breaks the charter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from essor.chain.listening.models import Contribution
from essor.chain.listening.services.care import report_voice
from essor.chain.listening.services.refusals import Refused
from essor.common.codes import digest
from essor.common.limits import allowed
from essor.ground.people.models import Person
from essor.web.access import FORM, anyone, page
from essor.web.guests import guest_key_of, remember_guest
from essor.web.listening.forms import ReportForm
from essor.web.visitors import address_digest
from essor.web.voices import source_line

HOURLY = 30


@page(who=anyone, methods=FORM)
def voice_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a voice, with or without an account; once a visitor."""
    rows = Contribution.objects.in_territory(request.territory).public()
    voice = get_object_or_404(rows.select_related("speaker", "gathering"), pk=pk)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        try:
            _report(request, voice, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("Merci. Une personne de la modération va lire cette voix et décider selon la charte."),
            )
            response = redirect("territory:voice", request.territory.slug, voice.pk)
            if not request.user.is_authenticated:
                remember_guest(response, guest_key_of(request))
            return response
    context = {"form": form, "voice": voice, "source": source_line(voice)}
    return render(request, "listening/report.html", {**context, "crumbs": [(_("Signaler"), None)]})


def _report(request: HttpRequest, voice: Contribution, given: dict) -> None:
    if given["website"]:  # a robot: it is thanked, and nothing is written
        return
    if not allowed(f"report:{address_digest(request)}", times=HOURLY, seconds=3600):
        raise Refused(_("Beaucoup de signalements viennent de cette connexion. Réessayez dans une heure."))
    person = request.user if isinstance(request.user, Person) else None
    who = f"person:{person.pk}" if person else f"guest:{guest_key_of(request)}"
    report_voice(
        contribution=voice,
        reason=given["reason"],
        comment=given["comment"],
        by=person,
        reporter_digest=digest(who, "reporter"),
    )
