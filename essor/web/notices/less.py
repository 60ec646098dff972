"""One click in a mail: less. The signed word says whose mail it is, so no sign-in is asked."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from essor.ground.notices import less
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.services import mute
from essor.ground.people.enums import DigestRhythm
from essor.ground.people.models import Person
from essor.ground.people.services.accounts import change_profile
from essor.web.access import FORM, anyone, page


@csrf_exempt  # mail programs post here by themselves; the signed word is the proof
@page(who=anyone, methods=FORM)
def notices_less(request: HttpRequest, word: str) -> HttpResponse:
    asked = less.read(word)
    if asked is None:
        raise Http404
    person = get_object_or_404(Person, pk=asked.person, is_active=True)
    if request.method != "POST":
        return render(request, "parts/confirm.html", _question(request, asked))
    if asked.kind:
        mute(person=person, kind=asked.kind)
    else:
        change_profile(person=person, digest_rhythm=DigestRhythm.NEVER)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse(_("C’est fait."), content_type="text/plain; charset=utf-8")
    messages.success(request, _("C’est fait : vous ne recevrez plus ces messages."))
    return redirect("notice_settings" if request.user.is_authenticated else "home")


def _question(request: HttpRequest, asked: less.Less) -> dict[str, object]:
    if asked.kind:
        question = _("Ne plus être informé·e de ce sujet ?")
        happens = _("Vous ne recevrez plus rien sur : %(kind)s. Le reste ne change pas.") % {
            "kind": NoticeKind(asked.kind).label
        }
    else:
        question = _("Ne plus recevoir de résumé par courrier ?")
        happens = _("Vos avis restent lisibles sur le site, quand vous vous connectez.")
    return {
        "question": question,
        "what_happens": happens,
        "action": _("Recevoir moins"),
        "confirm_url": request.path,
        "cancel_url": "/",
    }
