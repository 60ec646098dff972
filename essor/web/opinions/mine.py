"""What I answered and proposed: to look at again, change, take back, or come back to from elsewhere."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from essor.chain.opinions.models import Conversation, Participant, Statement
from essor.chain.opinions.policies import is_theirs
from essor.chain.opinions.selectors.voting import progress_of, proposals_of, votes_of
from essor.chain.opinions.services.participants import (
    declare_family,
    renew_link,
    resume_participant,
    withdraw_participant,
)
from essor.chain.opinions.services.refusals import OpinionRefused
from essor.chain.opinions.services.statements import take_back_statement
from essor.common.limits import allowed
from essor.common.pagination import page_of
from essor.ground.ledger.enums import Actor
from essor.ground.people.models import Person
from essor.web.access import FORM, anyone, page
from essor.web.opinions.forms import FamilyForm
from essor.web.opinions.who import (
    crumbs,
    forget,
    link_kept,
    participant_here,
    remember,
    visible_conversation,
)
from essor.web.visitors import address_digest

TRIES = 60  # of links an hour, from one connection


@page(who=anyone, methods=FORM)
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """My answers and my statements; a family told or taken back, a link, a statement taken back."""
    found = visible_conversation(request, slug)
    participant = participant_here(request, found)
    if participant is None:
        return redirect("territory:opinion_vote", request.territory.slug, found.slug)
    if request.method == "POST":
        return _acted(request, found, participant)
    shown = {
        "conversation": found,
        "participant": participant,
        "page": page_of(request, votes_of(participant, language=get_language() or "")),
        "proposals": proposals_of(participant),
        "progress": progress_of(participant),
        "family_form": FamilyForm(
            initial={"family": participant.family, "consent": bool(participant.family)}
        ),
        "link": _address(request, found, link_kept(request, found)),
        "crumbs": crumbs(found, (_("Mes réponses"), None)),
    }
    response = render(request, "opinions/mine.html", shown)
    response["Cache-Control"] = "private, no-store"
    return response


@page(who=anyone, methods=FORM)
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take all my answers back, after saying what that does."""
    found = visible_conversation(request, slug)
    participant = participant_here(request, found)
    if participant is None:
        return redirect("territory:conversation", request.territory.slug, found.slug)
    if request.method == "POST":
        who = Actor.PERSON if participant.person_id else Actor.GUEST
        gone = withdraw_participant(participant=participant, actor=who)
        messages.success(request, _("C’est fait : %(n)s réponses ne comptent plus.") % {"n": gone})
        response = redirect("territory:conversation", request.territory.slug, found.slug)
        forget(response, found)
        return response
    shown = {
        "question": _("Retirer toutes vos réponses ?"),
        "consequences": [
            _("Vos %(n)s réponses ne compteront plus, ni dans les chiffres ni sur la carte.")
            % {"n": participant.votes_count},
            _("Rien ne mènera plus de ces réponses à vous. On ne peut pas revenir en arrière."),
        ],
        "action": _("Retirer mes réponses"),
        "danger": True,
        "confirm_url": request.path,
        "cancel_url": reverse("territory:opinion_mine", args=[request.territory.slug, found.slug]),
    }
    return render(request, "parts/confirm.html", shown)


@page(who=anyone)
def resume(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Come back by one's link, from any device."""
    found = visible_conversation(request, slug)
    back = redirect("territory:conversation", request.territory.slug, found.slug)
    if not allowed(
        f"resume:{address_digest(request)}", times=TRIES * settings.RATE_LIMIT_SCALE, seconds=3600
    ):
        messages.error(request, _("Beaucoup d’essais viennent de cette connexion. Réessayez dans une heure."))
        return back
    participant = resume_participant(conversation=found, token=token)
    if participant is None:
        messages.error(
            request, _("Ce lien n’ouvre rien : vérifiez qu’il est entier, ou recommencez le vote.")
        )
        return back
    if not is_theirs(request.user, participant):
        messages.error(
            request, _("Ces réponses sont celles d’un compte : connectez-vous pour les retrouver.")
        )
        return back
    response = redirect("territory:opinion_vote", request.territory.slug, found.slug)
    remember(request, response, found, token)
    messages.success(request, _("Vous reprenez où vous en étiez."))
    return response


def _acted(request: HttpRequest, found: Conversation, participant: Participant) -> HttpResponse:
    response = redirect("territory:opinion_mine", request.territory.slug, found.slug)
    try:
        if "link" in request.POST:
            remember(request, response, found, renew_link(participant=participant))
            messages.success(request, _("Voici un nouveau lien ; l’ancien n’ouvre plus rien."))
        elif "take_back" in request.POST:
            number = request.POST["take_back"]
            rows = Statement.objects.filter(conversation=found, proposed_by=participant)
            statement = get_object_or_404(rows, number=number if number.isascii() and number.isdigit() else 0)
            take_back_statement(participant=participant, statement=statement)
            messages.success(request, _("Votre affirmation est reprise."))
        else:
            form = FamilyForm(request.POST)
            form.is_valid()
            given = form.cleaned_data
            declare_family(
                participant=participant, family=given.get("family", ""), consent=given.get("consent", False)
            )
            messages.success(request, _("C’est noté."))
    except OpinionRefused as refused:
        messages.error(request, str(refused))
    return response


def _address(request: HttpRequest, found: Conversation, token: str) -> str:
    """The whole address of the link, when this browser keeps it."""
    if not token or isinstance(request.user, Person):
        return ""
    path = reverse("territory:opinion_resume", args=[request.territory.slug, found.slug, token])
    return request.build_absolute_uri(path)
