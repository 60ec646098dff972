"""What became of my voice: found by its receipt, or by the account it was given from.

The code is read from a form, never from an address; the session remembers only which voice it opened.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution
from essor.chain.listening.selectors.voices import became_of, replies_to, wordings_of
from essor.chain.listening.services.voices import voice_by_receipt
from essor.common.limits import allowed
from essor.ground.people.models import Person
from essor.web.access import ACT, FORM, anyone, page
from essor.web.listening.became import named_results
from essor.web.listening.forms import CodeForm
from essor.web.visitors import address_digest
from essor.web.voices import source_line

SHOWN = "voice_shown"
TRIES = 20
WINDOW = 600  # seconds


@page(who=anyone, methods=FORM)
def my_voice(request: HttpRequest) -> HttpResponse:
    """Enter the code received when the voice was given."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if not allowed(f"receipt:{address_digest(request)}", times=TRIES, seconds=WINDOW):
            form.add_error(None, _("Beaucoup d’essais depuis cette connexion. Réessayez dans dix minutes."))
        else:
            voice = voice_by_receipt(territory=request.territory, code=form.cleaned_data["code"])
            if voice is not None:
                request.session[SHOWN] = voice.pk
                return redirect("territory:my_voice_shown", request.territory.slug)
            form.add_error("code", _("Aucune voix d’ici n’a ce code. Relisez-le signe par signe."))
    crumbs = [(_("Ce qu’est devenue ma voix"), None)]
    return render(request, "listening/my_voice.html", {"form": form, "crumbs": crumbs})


@page(who=anyone)
def my_voice_shown(request: HttpRequest) -> HttpResponse:
    """The voice, its state, what was decided and why, and what it fed."""
    if "voix" in request.GET:
        return _open_mine(request)
    voice = opened_voice(request)
    if voice is None:
        return redirect("territory:my_voice", request.territory.slug)
    became = became_of(voice)
    response = render(
        request,
        "listening/my_voice_shown.html",
        {
            "voice": voice,
            "source": source_line(voice),
            "became": became,
            "results": named_results(request.territory, became),
            "replies": [(each, source_line(each)) for each in replies_to(voice)],
            "wordings": wordings_of(voice, all_of_them=True) if voice.version > 1 else [],
            "is_withdrawn": voice.state in (VoiceState.WITHDRAWN, VoiceState.ERASED),
            "crumbs": [(_("Ce qu’est devenue ma voix"), None)],
        },
    )
    response["Cache-Control"] = "no-store"
    return response


@page(who=anyone, methods=ACT)
def my_voice_close(request: HttpRequest) -> HttpResponse:
    """Leave: whoever uses this device next finds nothing open."""
    request.session.pop(SHOWN, None)
    return redirect("territory:consultations", request.territory.slug)


def opened_voice(request: HttpRequest) -> Contribution | None:
    """The voice this visitor opened with its code or from their account."""
    pk = request.session.get(SHOWN)
    voice = _voices(request).filter(pk=pk).first() if pk else None
    if voice is not None:
        voice.territory = request.territory
        if voice.consultation is not None:
            voice.consultation.territory = request.territory
    return voice


def _open_mine(request: HttpRequest) -> HttpResponse:
    asked = request.GET["voix"]
    mine = None
    if isinstance(request.user, Person) and asked.isdecimal() and len(asked) < 19:
        mine = _voices(request).filter(pk=asked, speaker__person=request.user).first()
    if mine is not None:
        request.session[SHOWN] = mine.pk
    return redirect("territory:my_voice_shown" if mine else "territory:my_voice", request.territory.slug)


def _voices(request: HttpRequest):
    return Contribution.objects.in_territory(request.territory).select_related(
        "consultation", "question", "theme", "gathering", "speaker"
    )
