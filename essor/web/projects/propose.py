"""Proposing a project, alone or from a need, a challenge or somebody one met; and rewording it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.challenges.models import Challenge
from essor.chain.holders.models import ProjectHolder
from essor.chain.holders.services.holders import mark_in_project
from essor.chain.needs.models import Need
from essor.chain.projects.enums import Origin
from essor.chain.projects.models import Project
from essor.chain.projects.services.projects import change_project, draft_project
from essor.chain.projects.services.refusals import ProjectRefused
from essor.common.limits import allowed
from essor.ground.people.policies import can_facilitate, can_take_part
from essor.journeys.answer_needs import answer_need
from essor.journeys.join_territory import join_territory
from essor.web.access import FORM, page, signed_in
from essor.web.projects.forms import NewProjectForm, ProjectForm, start_of
from essor.web.projects.loading import project_crumbs, written_project

DAILY = 20  # projects a day from one person


@page(who=signed_in, methods=FORM)
def project_new(request: HttpRequest) -> HttpResponse:
    """Propose a project; ``?besoin=``, ``?defi=`` and ``?porteur=`` say where it comes from."""
    territory = request.territory
    need, challenge, meets = _need(request), _challenge(request), can_facilitate(request.user, territory)
    start = _start(challenge, _holder(request))
    form = NewProjectForm(request.POST or None, territory=territory, need=need, meets=meets, initial=start)
    if form.is_valid():
        try:
            made = _made(request, form, need, challenge)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le brouillon est enregistré. Complétez-le, puis publiez-le."))
            return redirect("territory:project", territory.slug, made.slug)
    shown = {
        "form": form,
        "need": need,
        "challenge": challenge,
        "cancel_url": reverse("territory:projects", args=[territory.slug]),
        "crumbs": project_crumbs(request, None, _("Proposer un projet")),
    }
    return render(request, "projects/new.html", shown)


@transaction.atomic
def _made(
    request: HttpRequest,
    form: NewProjectForm,
    need: Need | None,
    challenge: Challenge | None,
) -> Project:
    if not allowed(f"project:{request.user.pk}", times=DAILY, seconds=86_400):
        raise ProjectRefused(_("Vous avez proposé beaucoup de projets aujourd’hui. Revenez demain."))
    if not can_take_part(request.user, request.territory):
        join_territory(person=request.user, territory=request.territory)
        request.user.__dict__.pop("_roles_known", None)
    words = form.words()
    how, holder = words.pop("how", ""), words.pop("holder", None)
    made = draft_project(
        by=request.user,
        territory=request.territory,
        origin=_origin(request, challenge),
        challenge=challenge,
        holder=holder,
        **words,
    )
    if need is not None:
        answer_need(by=request.user, project=made, need=need, how=how)
    if holder is not None:
        mark_in_project(by=request.user, holder=holder)
    return made


@page(who=signed_in, methods=FORM)
def project_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Reword the project."""
    found = written_project(request, slug)
    form = ProjectForm(request.POST or None, territory=request.territory, initial=start_of(found))
    if form.is_valid():
        try:
            where = {"latitude": found.latitude, "longitude": found.longitude}
            change_project(by=request.user, project=found, **where, **form.words())
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le projet est modifié."))
            return redirect("territory:project", request.territory.slug, found.slug)
    shown = {
        "form": form,
        "title": _("Modifier le projet"),
        "cancel_url": reverse("territory:project", args=[request.territory.slug, found.slug]),
        "crumbs": project_crumbs(request, found, _("Modifier")),
    }
    return render(request, "projects/form.html", shown)


def _origin(request: HttpRequest, challenge: Challenge | None) -> str:
    if challenge is not None:
        return Origin.CHALLENGE
    return Origin.FACILITATOR if can_facilitate(request.user, request.territory) else Origin.HOLDER


def _need(request: HttpRequest) -> Need | None:
    slug = request.GET.get("besoin", "")
    return Need.objects.in_territory(request.territory).public().filter(slug=slug).first() if slug else None


def _challenge(request: HttpRequest) -> Challenge | None:
    slug = request.GET.get("defi", "")
    public = Challenge.objects.in_territory(request.territory).public()
    return public.filter(slug=slug).first() if slug else None


def _holder(request: HttpRequest) -> ProjectHolder | None:
    key = request.GET.get("porteur", "")
    if not key.isdecimal() or not can_facilitate(request.user, request.territory):
        return None
    return ProjectHolder.objects.in_territory(request.territory).living().filter(pk=int(key)).first()


def _start(challenge: Challenge | None, holder: ProjectHolder | None) -> dict[str, Any]:
    if challenge is not None:
        return {"title": challenge.title, "theme": challenge.theme_id, "holder": holder}
    if holder is not None:
        return {"pitch": holder.idea[:600], "theme": holder.theme_id, "holder": holder}
    return {}
