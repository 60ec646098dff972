"""My votes: look again, change one, take all back, come back by a link, hand the device over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from essor.chain.opinions.enums import Choice
from essor.chain.opinions.models import Conversation, Participant, Vote
from essor.chain.opinions.selectors.voting import proposals_of, votes_of
from essor.chain.opinions.services.participants import (
    declare_family,
    renew_link,
    token_digest,
    withdraw_participant,
)
from essor.chain.opinions.services.refusals import OpinionRefused
from essor.common.codes import read_code
from essor.common.limits import allowed
from essor.common.pagination import page_of
from essor.ground.ledger.enums import Actor
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person
from essor.web.access import ACT, FORM, anyone, page
from essor.web.guests import forget_guest
from essor.web.visitors import address_digest
from essor.web.voters import (
    RESUMED,
    forget_link,
    link_shown,
    participant_here,
    show_link,
    visible_conversation,
)
from essor.web.widgets import PlainSelect

TRIES = 60
WINDOW = 600  # seconds
NOTHING = gettext_noop("Ce lien n’ouvre rien : il a été remplacé, ou les votes ont été retirés. Relisez-le.")
SOMEBODY = gettext_noop(
    "Ce lien est celui d’une autre personne que celle qui est connectée ici : changez de compte."
)


class FamilyForm(forms.Form):
    """From where one speaks, if one agrees to say it."""

    family = forms.ChoiceField(
        label=gettext_lazy("Vous répondez plutôt en tant que"),
        required=False,
        choices=[("", gettext_lazy("je préfère ne pas le dire")), *StakeholderFamily.choices],
        widget=PlainSelect,
    )
    consent = forms.BooleanField(
        label=gettext_lazy("J’accepte que cela serve à comparer les réponses par famille d’acteurs."),
        required=False,
    )


@page(who=anyone, methods=FORM)
def opinion_mine(request: HttpRequest, slug: str) -> HttpResponse:
    """What I answered; posting makes a new link, or tells a family."""
    conversation = visible_conversation(request, slug)
    participant = participant_here(request, conversation)
    if request.method == "POST" and participant is not None:
        return _acted(request, conversation, participant)
    language = (get_language() or "")[:2]
    shown = page_of(request, votes_of(participant, language=language) if participant else [])
    context = {
        "conversation": conversation,
        "participant": participant,
        "page": shown,
        "votes": _with_past(participant, shown),
        "choices": Choice.choices,
        "proposals": proposals_of(participant) if participant else [],
        "link": link_shown(request, participant),
        "family": FamilyForm(initial=_family_of(participant)),
        "crumbs": [(conversation.title, conversation.get_absolute_url()), (_("Mes votes"), None)],
    }
    response = render(request, "opinions/mine.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@page(who=anyone, methods=FORM)
def opinion_resume(request: HttpRequest, token: str) -> HttpResponse:
    """Come back by one's link, on any device."""
    slug = request.territory.slug
    if not allowed(f"opinion-link:{address_digest(request)}", times=TRIES, seconds=WINDOW):
        messages.error(request, _("Beaucoup d’essais depuis cette connexion. Réessayez dans dix minutes."))
        return redirect("territory:conversations", slug)
    participant = _bearer(request, token)
    if participant is None:
        messages.error(request, _(NOTHING))
        return redirect("territory:conversations", slug)
    conversation = participant.conversation
    if request.method != "POST":  # a link that somebody else sends changes nothing by being opened
        return _asked_first(request, conversation)
    if participant.person_id is None and not isinstance(request.user, Person):
        resumed = request.session.get(RESUMED, {})
        request.session[RESUMED] = {**resumed, str(conversation.pk): participant.pk}
    elif participant.person_id != getattr(request.user, "pk", None):
        messages.info(request, _(SOMEBODY))
        return redirect(conversation)
    response = redirect("territory:opinion_vote", slug, conversation.slug)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _asked_first(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    shown = {
        "question": _("Reprendre ces réponses sur cet appareil ?"),
        "what_happens": _(
            "Vos prochains votes s’ajouteront à ceux de ce lien. "
            "S’il n’est pas à vous, n’allez pas plus loin."
        ),
        "action": _("Reprendre"),
        "confirm_url": request.path,
        "cancel_url": conversation.get_absolute_url(),
    }
    response = render(request, "parts/confirm.html", shown)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


@page(who=anyone, methods=FORM)
def opinion_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take all one's votes back, after a question."""
    conversation = visible_conversation(request, slug)
    participant = participant_here(request, conversation)
    if participant is None:
        return redirect("territory:opinion_mine", request.territory.slug, slug)
    if request.method == "POST":
        actor = Actor.PERSON if participant.person_id else Actor.GUEST
        withdraw_participant(participant=participant, actor=actor)
        messages.success(request, _("Vos votes sont retirés : ils ne comptent plus."))
        response = redirect(conversation)
        forget_link(request, response)
        return response
    context = {
        "question": _("Retirer tous vos votes ?"),
        "consequences": [
            _("Vos réponses ne compteront plus, ni dans les résultats ni sur la carte."),
            _("Rien ne mènera plus d’elles à vous : cela ne peut pas être annulé."),
        ],
        "action": _("Retirer mes votes"),
        "danger": True,
        "cancel_url": reverse("territory:opinion_mine", args=[request.territory.slug, slug]),
    }
    return render(request, "parts/confirm.html", context)


@page(who=anyone, methods=ACT)
def opinion_someone_else(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody else votes on this device: they are another participant."""
    conversation = visible_conversation(request, slug)
    response = redirect("territory:opinion_vote", request.territory.slug, conversation.slug)
    request.session.pop(RESUMED, None)
    forget_guest(response)
    forget_link(request, response)
    return response


def _acted(request: HttpRequest, conversation: Conversation, participant: Participant) -> HttpResponse:
    response = redirect("territory:opinion_mine", request.territory.slug, conversation.slug)
    if "family" not in request.POST:
        show_link(request, response, participant, renew_link(participant=participant))
        return response
    form = FamilyForm(request.POST)
    form.is_valid()
    given = {"family": form.data.get("family", ""), "consent": form.cleaned_data.get("consent", False)}
    try:
        declare_family(participant=participant, **given)
    except OpinionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("C’est noté."))
    return response


def _family_of(participant: Participant | None) -> dict[str, Any]:
    family = participant.family if participant else ""
    return {"family": family, "consent": bool(family)}


def _bearer(request: HttpRequest, token: str) -> Participant | None:
    if not read_code(token):
        return None
    rows = Participant.objects.counted().in_territory(request.territory).exclude(conversation__state="draft")
    rows = rows.select_related("conversation__territory")
    return rows.filter(token_digest=token_digest(token=token)).first()


def _with_past(participant: Participant | None, shown) -> list[tuple]:
    """Each present answer with those it replaced, the latest first: one query."""
    rows = list(shown)
    past: dict[int, list[Vote]] = {}
    keys = [each.statement_id for each in rows]
    for vote in Vote.objects.filter(participant=participant, statement__in=keys).order_by("-id"):
        past.setdefault(vote.statement_id, []).append(vote)
    return [(each, past.get(each.statement_id, [])[1:]) for each in rows]
