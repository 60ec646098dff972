"""Giving one's voice: one field, one button, done. And the receipt."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from essor.chain.listening.models import Consultation, Contribution, Question
from essor.chain.listening.policies import can_give_voice
from essor.chain.listening.selectors.consultations import (
    consultations_by_time,
    listens_until,
    next_listening,
    questions_of,
)
from essor.chain.listening.services.refusals import NotListening, Refused
from essor.chain.listening.services.voices import GivenVoice, give_voice, speaker_for
from essor.common.codes import digest
from essor.common.limits import allowed
from essor.ground.people.models import Person
from essor.web.access import ACT, FORM, anyone, page
from essor.web.figures import forget_figures
from essor.web.guests import forget_guest, guest_key_of, known_guest_key, remember_guest
from essor.web.listening.consultations import visible_consultation
from essor.web.listening.forms import ContributeForm
from essor.web.listening.marks import marked
from essor.web.receipts import COOKIE, HOUR, keep_receipt, receipt_of
from essor.web.visitors import address_digest, speaker_of

FROM_AN_ADDRESS = 300  # voices an hour: a school, a library or a whole meeting shares one address
FROM_A_DEVICE = 40  # voices an hour: a family shares one phone


@page(who=anyone)
def contribute_any(request: HttpRequest) -> HttpResponse:
    """The way in from anywhere: straight to the one consultation that listens, or a choice."""
    listening = consultations_by_time(request.territory).open
    if len(listening) == 1:
        return redirect("territory:contribute", request.territory.slug, listening[0].slug)
    return redirect("territory:consultations", request.territory.slug)


@page(who=anyone, methods=FORM)
def contribute(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one's voice, with or without an account."""
    consultation = visible_consultation(request, slug)
    if not can_give_voice(request.user, consultation):
        return _not_now(request, consultation)
    questions = questions_of(consultation)
    answered = _answered(request, consultation)
    form = ContributeForm(
        request.POST if request.method == "POST" else None,
        territory=request.territory,
        questions=questions,
        is_reply=answered is not None,
        initial=_initial(request),
    )
    if form.is_valid():
        try:
            given = _give(request, consultation, form, answered)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _thanks(request, consultation, given)
    context = _sheet(request, consultation, form, questions)
    return render(request, "listening/contribute.html", {**context, "answered": answered})


@page(who=anyone)
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks, the code by which the voice is found again, and what happens next."""
    consultation = visible_consultation(request, slug)
    kept = receipt_of(request)
    if kept is None:
        return redirect("territory:my_voice", request.territory.slug)
    voice = kept.voice
    questions = [each for each in questions_of(consultation) if not voice or each.pk != voice.question_id]
    account = f"{reverse('account_signup')}?{urlencode({'next': consultation.get_absolute_url()})}"
    context = {"consultation": consultation, "code": kept.code, "voice": voice, "questions": questions}
    response = render(request, "listening/receipt.html", {**context, "account_url": account})
    response["Cache-Control"] = "no-store"
    return response


@page(who=anyone, methods=ACT)
def someone_else(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody else speaks with this device: they count as another person."""
    consultation = visible_consultation(request, slug)
    response = redirect("territory:contribute", request.territory.slug, consultation.slug)
    forget_guest(response)
    response.delete_cookie(COOKIE, path=_receipt_path(request))
    request.session.pop("voice_shown", None)
    return response


def _not_now(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    needs_account = (
        consultation.is_open and not consultation.allow_guests and not request.user.is_authenticated
    )
    context = {
        "consultation": consultation,
        "then": next_listening(consultation),
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
        "needs_account": needs_account,
        "kept": request.POST.get("words", "")[:10_000],
    }
    return render(request, "listening/not_now.html", context, status=200 if request.method != "POST" else 409)


def _answered(request: HttpRequest, consultation: Consultation) -> Contribution | None:
    asked = request.GET.get("reponse", "")
    if not asked.isdecimal() or len(asked) > 18:
        return None
    rows = Contribution.objects.filter(consultation=consultation).public()
    return rows.select_related("speaker", "gathering").filter(pk=asked).first()


def _initial(request: HttpRequest) -> dict[str, str]:
    if request.method == "POST":
        return {}
    speaker = speaker_of(request)
    return {"family": speaker.family, "pseudonym": speaker.pseudonym} if speaker else {}


def _sheet(
    request: HttpRequest, consultation: Consultation, form: ContributeForm, questions: list[Question]
) -> dict:
    asked = request.POST.get("question") or request.GET.get("q", "")
    question = next(
        (each for each in questions if str(each.pk) == asked), questions[0] if questions else None
    )
    if question is not None and request.GET.get("reponse") is None:
        form.initial["question"] = question.pk
    words = form.data.get("words", "")
    has_more = any(name in form.errors for name in ("theme", "commune", "family", "pseudonym"))
    return {
        "consultation": consultation,
        "form": form,
        "question": question,
        "others": [each for each in questions if each != question],
        "found": marked(words, form.findings) if form.findings else "",
        "until": listens_until(consultation),
        "has_more": has_more,
        "known_name": form.initial.get("pseudonym", ""),
        "crumbs": [(consultation.title, consultation.get_absolute_url()), (_("Participer"), None)],
    }


def _give(
    request: HttpRequest, consultation: Consultation, form: ContributeForm, answered: Contribution | None
) -> GivenVoice:
    _within_limits(request)
    person = request.user if isinstance(request.user, Person) else None
    given = form.cleaned_data
    speaker = speaker_for(
        territory=request.territory,
        person=person,
        guest_key=None if person else guest_key_of(request),
        family=given["family"] or form.fields["family"].initial,
        pseudonym=given["pseudonym"],
    )
    voice = give_voice(
        territory=request.territory,
        consultation=consultation,
        speaker=speaker,
        words=given["words"],
        by=person,
        question=given["question"],
        theme=given["theme"],
        commune_code=given["commune"],
        reply_to=answered,
        alignment=int(given.get("alignment") or 0),
        language=get_language() or "",
        once=form.once,
    )
    forget_figures(request.territory)
    return voice


def _thanks(request: HttpRequest, consultation: Consultation, given: GivenVoice) -> HttpResponse:
    response = redirect("territory:receipt", request.territory.slug, consultation.slug)
    if not request.user.is_authenticated:
        remember_guest(response, guest_key_of(request))
    keep_receipt(response, given, _receipt_path(request))
    return response


def _receipt_path(request: HttpRequest) -> str:
    return reverse("territory:consultations", args=[request.territory.slug])


def _within_limits(request: HttpRequest) -> None:
    device = known_guest_key(request)
    free = allowed(f"give:{address_digest(request)}", times=FROM_AN_ADDRESS, seconds=HOUR)
    if device and free:
        free = allowed(f"give-device:{digest(device, 'limit')}", times=FROM_A_DEVICE, seconds=HOUR)
    if not free:
        raise NotListening(
            _(
                "Beaucoup de voix arrivent de cette connexion. Vos mots sont gardés ici et sur cet "
                "appareil : envoyez de nouveau dans une heure au plus."
            )
        )
