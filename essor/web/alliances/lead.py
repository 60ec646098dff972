"""Preparing an alliance and leading it: its words, what it carries, its state, its charter, its meetings."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from essor.chain.alliances.lifecycle import ALLIANCE_MOVES
from essor.chain.alliances.models import Alliance, AllianceGathering
from essor.chain.alliances.services import alliances, members
from essor.chain.alliances.services.refusals import AllianceRefused
from essor.chain.needs.models import Need
from essor.chain.projects.models import Project
from essor.common.limits import allowed
from essor.ground.directory.models import Actor
from essor.ground.documents.services import publish_document
from essor.journeys import form_alliances
from essor.web.access import ACT, FORM, facilitator, member, page, signed_in
from essor.web.alliances.forms import AllianceForm, CarryForm, CharterForm, MeetingForm, MoveForm
from essor.web.alliances.loading import back_to, form_page, led_alliance, tried
from essor.web.figures import forget_figures

DAILY, MOST_INVITED = 10, 12


@page(who=member, methods=FORM)
def alliance_new(request: HttpRequest) -> HttpResponse:
    """Prepare an alliance; ``?projet=``, ``?besoin=`` and ``?acteur=`` (several) say what it begins with."""
    territory = request.territory
    form = AllianceForm(request.POST or None, territory=territory, initial=_start(request))
    if form.is_valid():
        try:
            made = _made(request, form.cleaned_data)
        except AllianceRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("L’alliance est préparée. Invitez qui manque autour de la table."))
            return redirect("territory:alliance", territory.slug, made.slug)
    return form_page(request, None, form, _("Préparer une alliance"))


@transaction.atomic
def _made(request: HttpRequest, given: dict[str, Any]) -> Alliance:
    if not allowed(f"alliance:{request.user.pk}", times=DAILY, seconds=86_400):
        raise AllianceRefused(_("Vous avez préparé beaucoup d’alliances aujourd’hui. Revenez demain."))
    made = alliances.draft_alliance(
        by=request.user,
        territory=request.territory,
        match_pair=request.GET.get("rapprochement", "")[:100],
        **given,
    )
    project, need = _project(request), _need(request)
    if project is not None:
        form_alliances.carry_project(by=request.user, alliance=made, project=project)
    if need is not None:
        form_alliances.take_up_need(by=request.user, alliance=made, need=need)
    for actor in _actors(request):
        members.invite_member(by=request.user, alliance=made, actor=actor)
    return made


def _start(request: HttpRequest) -> dict[str, Any]:
    project, need = _project(request), _need(request)
    if project is not None:
        return {"theme": project.theme_id, "purpose": project.pitch}
    return {"theme": need.theme_id, "purpose": need.statement} if need is not None else {}


def _project(request: HttpRequest) -> Project | None:
    slug = request.GET.get("projet", "")
    public = Project.objects.in_territory(request.territory).public()
    return public.filter(slug=slug).first() if slug else None


def _need(request: HttpRequest) -> Need | None:
    slug = request.GET.get("besoin", "")
    return Need.objects.in_territory(request.territory).public().filter(slug=slug).first() if slug else None


def _actors(request: HttpRequest) -> list[Actor]:
    slugs = request.GET.getlist("acteur")[:MOST_INVITED]
    listed = Actor.objects.in_territory(request.territory).listed().select_related("territory")
    return list(listed.filter(slug__in=slugs)) if slugs else []


@page(who=signed_in, methods=FORM)
def alliance_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Reword the alliance."""
    found = led_alliance(request, slug)
    start = {name: getattr(found, name) for name in ("title", "purpose", "unusual", "theme", "parent")}
    form = AllianceForm(request.POST or None, territory=request.territory, initial=start)
    if form.is_valid():
        try:
            alliances.change_alliance(by=request.user, alliance=found, **form.cleaned_data)
        except AllianceRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("L’alliance est modifiée."))
            return back_to(found)
    return form_page(request, found, form, _("Modifier l’alliance"))


@page(who=facilitator, methods=ACT)
def alliance_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it to everybody, or put it back to draft."""
    found = led_alliance(request, slug)
    act = form_alliances.unpublish_alliance if "back" in request.POST else form_alliances.publish_alliance
    said = _("L’alliance est de nouveau un brouillon.") if "back" in request.POST else _("C’est publié.")
    tried(request, lambda: act(by=request.user, alliance=found), said)
    forget_figures(request.territory)
    return back_to(found)


@page(who=signed_in, methods=FORM)
def alliance_move(request: HttpRequest, slug: str) -> HttpResponse:
    """Give it another state."""
    found = led_alliance(request, slug)
    form = MoveForm(request.POST or None, moves=ALLIANCE_MOVES[found.state])
    if form.is_valid():
        try:
            alliances.move_alliance(by=request.user, alliance=found, **form.cleaned_data)
        except AllianceRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("C’est noté. Les membres le sauront."))
            forget_figures(request.territory)
            return back_to(found)
    return form_page(request, found, form, _("Faire avancer l’alliance"))


@page(who=signed_in, methods=FORM)
def alliance_carry(request: HttpRequest, slug: str) -> HttpResponse:
    """Confide a project or a need."""
    found = led_alliance(request, slug)
    form = CarryForm(request.POST or None, alliance=found)
    if form.is_valid():
        project, need = form.cleaned_data["project"], form.cleaned_data["need"]
        if project is not None:
            form_alliances.carry_project(by=request.user, alliance=found, project=project)
        if need is not None:
            form_alliances.take_up_need(by=request.user, alliance=found, need=need)
        messages.success(request, _("C’est confié à l’alliance : son fil s’allonge."))
        return back_to(found)
    return form_page(request, found, form, _("Confier un projet ou un besoin"))


@page(who=signed_in, methods=FORM)
def alliance_put_down(request: HttpRequest, slug: str, what: str, pk: int) -> HttpResponse:
    """The alliance no longer carries a project or a need, after a confirmation."""
    found = led_alliance(request, slug)
    thing: Project | Need
    if what == "projet":
        thing = get_object_or_404(found.carried.select_related("project"), project=pk).project
    else:
        thing = get_object_or_404(found.taken_up.select_related("need"), need=pk).need
    if request.method == "POST":
        form_alliances.put_down(by=request.user, alliance=found, thing=thing)
        messages.success(request, _("L’alliance ne le porte plus. On peut le lui confier de nouveau."))
        return back_to(found)
    words = {
        "question": _("Retirer « %(thing)s » de l’alliance ?") % {"thing": thing},
        "what_happens": _("Le fil entre les deux s’arrête ; l’histoire garde qu’il a existé."),
        "action": _("Retirer"),
        "confirm_url": request.path,
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "parts/confirm.html", words)


@page(who=signed_in, methods=FORM)
def alliance_charter(request: HttpRequest, slug: str) -> HttpResponse:
    """Deposit the charter, or a new version of it; a facilitator publishes it in the same gesture."""
    found = led_alliance(request, slug)
    form = CharterForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        said = _("La charte est déposée.")
        if tried(request, lambda: alliances.set_charter(by=request.user, alliance=found, file=file), said):
            return back_to(found)
    return form_page(request, found, form, _("Déposer la charte"))


@page(who=facilitator, methods=ACT)
def charter_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody read the charter."""
    found = led_alliance(request, slug)
    charter = found.charter
    if charter is not None:
        tried(
            request,
            lambda: publish_document(by=request.user, document=charter),
            _("Tout le monde peut lire la charte."),
        )
    return back_to(found)


@page(who=signed_in, methods=FORM)
def alliance_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """A gathering of the territory is a meeting of the alliance."""
    found = led_alliance(request, slug)
    form = MeetingForm(request.POST or None, alliance=found)
    if form.is_valid():
        gathering = form.cleaned_data["gathering"]
        if tried(
            request,
            lambda: alliances.add_gathering(by=request.user, alliance=found, gathering=gathering),
            _("La rencontre est dans l’alliance : son compte rendu se lira d’ici."),
            form=form,
        ):
            return back_to(found)
    return form_page(request, found, form, _("Ajouter une rencontre"))


@page(who=signed_in, methods=ACT)
def meeting_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It is no longer a meeting of the alliance."""
    found = led_alliance(request, slug)
    row = get_object_or_404(
        AllianceGathering.objects.select_related("gathering"), alliance=found, gathering=pk
    )
    tried(
        request,
        lambda: alliances.remove_gathering(by=request.user, alliance=found, gathering=row.gathering),
        _("La rencontre n’est plus dans l’alliance ; elle reste au calendrier."),
    )
    return back_to(found)
