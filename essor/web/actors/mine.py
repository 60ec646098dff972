"""My cards: listing oneself, rewording, what one offers and seeks, claiming an organisation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.common.limits import allowed
from essor.ground.directory.enums import ActorKind, ActorState
from essor.ground.directory.models import Actor, Claim, Resource
from essor.ground.directory.policies import can_change_actor, can_speak_for_actor
from essor.ground.directory.selectors.spoken_for import actors_spoken_for
from essor.ground.directory.services.actors import (
    add_person_actor,
    change_actor,
    list_actor,
    withdraw_actor,
)
from essor.ground.directory.services.claims import claim_actor
from essor.ground.directory.services.refusals import ActorRefused
from essor.ground.directory.services.resources import add_resource, close_resource
from essor.web.access import ACT, FORM, member, page
from essor.web.actors.forms import ActorForm, ClaimForm, MyselfForm, ResourceForm, start_of

CLAIMS_A_DAY = 10


@page(who=member)
def actors_mine(request: HttpRequest) -> HttpResponse:
    """The cards I keep, and what I asked."""
    cards = list(actors_spoken_for(request.user, request.territory))
    shown = {
        "cards": cards,
        "is_listed": any(each.person_id == request.user.pk and each.is_listed for each in cards),
        "claims": Claim.objects.filter(
            person=request.user, actor__territory=request.territory
        ).select_related("actor"),
        "crumbs": _crumbs(request, _("Mes fiches")),
    }
    return render(request, "actors/mine.html", shown)


@page(who=member, methods=FORM)
def actor_myself(request: HttpRequest) -> HttpResponse:
    """Be in the directory, and say so oneself."""
    territory = request.territory
    known = Actor.objects.in_territory(territory).standing().filter(person=request.user).first()
    start = start_of(known) if known else {"name": request.user.shown_name, "family": "citizen"}
    form = MyselfForm(request.POST or None, territory=territory, is_person=True, initial=start)
    if form.is_valid():
        try:
            card = add_person_actor(by=request.user, person=request.user, territory=territory, **form.words())
            change_actor(by=request.user, actor=card, **form.words())
        except ActorRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Vous figurez dans l’annuaire. Dites maintenant ce que vous proposez.")
            )
            return redirect("territory:actor_resources", territory.slug, card.slug)
    return _form(
        request, form, _("Figurer dans l’annuaire"), reverse("territory:actors_mine", args=[territory.slug])
    )


@page(who=member, methods=FORM)
def actor_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Reword a card one keeps."""
    card = _kept(request, slug)
    is_person = card.kind == ActorKind.PERSON
    form = ActorForm(
        request.POST or None, territory=request.territory, is_person=is_person, initial=start_of(card)
    )
    if form.is_valid():
        try:
            change_actor(by=request.user, actor=card, **form.words())
        except ActorRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La fiche est modifiée."))
            return redirect("territory:actor", request.territory.slug, card.slug)
    return _form(request, form, _("Modifier la fiche"), card.get_absolute_url())


@page(who=member, methods=FORM)
def actor_resources(request: HttpRequest, slug: str) -> HttpResponse:
    """What the actor offers and seeks: add, take back, put back."""
    card = _kept(request, slug)
    form = ResourceForm(request.POST or None)
    if form.is_valid():
        try:
            add_resource(by=request.user, actor=card, **form.cleaned_data)
        except ActorRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("C’est ajouté."))
            return redirect("territory:actor_resources", request.territory.slug, card.slug)
    shown = {
        "actor": card,
        "form": form,
        "resources": card.resources.current(),
        "closed": card.resources.exclude(closed_at=None).order_by("-closed_at")[:5],
        "crumbs": _crumbs(request, card.name),
    }
    return render(request, "actors/resources.html", shown)


@page(who=member, methods=ACT)
def actor_resource(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take something back, or put it back."""
    card = _kept(request, slug)
    mine = get_object_or_404(Resource.objects.filter(actor=card), pk=pk)
    mine.actor = card
    back = "back" in request.POST
    close_resource(by=request.user, resource=mine, back=back)
    messages.success(
        request, _("C’est remis.") if back else _("C’est retiré. Vous pouvez le remettre ci-dessous.")
    )
    return redirect("territory:actor_resources", request.territory.slug, card.slug)


@page(who=member, methods=FORM)
def actor_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one’s card out of the directory, after a confirmation; or put it back."""
    card = _kept(request, slug)
    if not can_speak_for_actor(request.user, card):
        raise PermissionDenied
    if request.method == "POST":
        _withdraw_or_put_back(request, card)
        return redirect("territory:actors_mine", request.territory.slug)
    gone = card.state == ActorState.WITHDRAWN
    shown = {
        "question": _("Remettre cette fiche dans l’annuaire ?")
        if gone
        else _("Retirer cette fiche de l’annuaire ?"),
        "what_happens": _("Tout le monde la lira de nouveau.")
        if gone
        else _("Elle disparaît tout de suite des pages, des téléchargements et des mises en relation."),
        "action": _("Remettre") if gone else _("Retirer"),
        "danger": not gone,
        "confirm_url": request.path,
        "cancel_url": reverse("territory:actors_mine", args=[request.territory.slug]),
    }
    return render(request, "parts/confirm.html", shown)


def _withdraw_or_put_back(request: HttpRequest, card: Actor) -> None:
    try:
        if card.state == ActorState.WITHDRAWN:
            list_actor(by=request.user, actor=card)
            messages.success(request, _("La fiche est de nouveau dans l’annuaire."))
        else:
            withdraw_actor(by=request.user, actor=card)
            messages.success(
                request, _("La fiche n’est plus dans l’annuaire. Elle peut revenir quand vous voulez.")
            )
    except ActorRefused as refused:
        messages.error(request, str(refused))


@page(who=member, methods=FORM)
def actor_claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that one speaks for an organisation."""
    rows = Actor.objects.in_territory(request.territory).listed().select_related("territory", "organisation")
    card = get_object_or_404(rows, slug=slug)
    form = ClaimForm(request.POST or None)
    if form.is_valid():
        try:
            if not allowed(f"claim:{request.user.pk}", times=CLAIMS_A_DAY, seconds=86_400):
                raise ActorRefused(_("Vous avez fait beaucoup de demandes aujourd’hui. Revenez demain."))
            claim_actor(by=request.user, actor=card, words=form.cleaned_data["words"])
        except ActorRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Votre demande est partie : la facilitation vous répondra."))
            return redirect("territory:actor", request.territory.slug, card.slug)
    return _form(request, form, _("Je parle pour %(name)s") % {"name": card.name}, card.get_absolute_url())


def _kept(request: HttpRequest, slug: str) -> Actor:
    rows = Actor.objects.in_territory(request.territory).standing().select_related("organisation")
    card = get_object_or_404(rows, slug=slug)
    card.territory = request.territory
    if not can_change_actor(request.user, card):
        raise PermissionDenied
    return card


def _form(request: HttpRequest, form: object, title: str, cancel_url: str) -> HttpResponse:
    shown = {"form": form, "title": title, "cancel_url": cancel_url, "crumbs": _crumbs(request, title)}
    return render(request, "actors/form.html", shown)


def _crumbs(request: HttpRequest, last: str) -> list[tuple[str, str | None]]:
    return [(_("Acteurs"), reverse("territory:actors", args=[request.territory.slug])), (last, None)]
