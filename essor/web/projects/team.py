"""The team: inviting, saying yes or no, roles, leaving."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.projects.models import Project, TeamMember
from essor.chain.projects.policies import can_lead_project
from essor.chain.projects.selectors.listing import projects_of
from essor.chain.projects.services import team
from essor.chain.projects.services.refusals import ProjectRefused
from essor.common.limits import allowed
from essor.web.access import ACT, FORM, member, page, signed_in
from essor.web.projects.acts import back_to, tried
from essor.web.projects.forms import InviteForm, MemberForm
from essor.web.projects.loading import led_project, project_crumbs, readable_project
from essor.web.projects.pages import form_page

DAILY = 20  # invitations of one person, to teams and tables


@page(who=signed_in, methods=FORM)
def project_team(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in the team and who is invited; inviting one more."""
    found = led_project(request, slug)
    form = InviteForm(request.POST or None, territory=request.territory)
    if form.is_valid():
        try:
            said = _invited(request, found, form)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect("territory:project_team", request.territory.slug, found.slug)
    rows = found.team.shown().select_related("person", "actor")
    return render(
        request,
        "projects/team.html",
        {
            "project": found,
            "form": form,
            "current": [each for each in rows if each.accepted_at],
            "invited": [each for each in rows if not each.accepted_at],
            "crumbs": project_crumbs(request, found, _("Équipe")),
        },
    )


def _invited(request: HttpRequest, found: Project, form: InviteForm) -> str:
    """Invite, and what is said of it: for an address, the same whether anybody here has it or not."""
    if not allowed(f"invite:{request.user.pk}", times=DAILY, seconds=86_400):
        raise ProjectRefused(_("Vous avez invité beaucoup de monde aujourd’hui. Revenez demain."))
    person, actor = form.found
    given = {name: form.cleaned_data[name] for name in ("role", "title")}
    if not form.by_address:
        team.invite_member(by=request.user, project=found, person=person, actor=actor, **given)
        return _("L’invitation est partie. La personne dira oui ou non.")
    if person is not None:
        with suppress(ProjectRefused):
            team.invite_member(by=request.user, project=found, person=person, by_address=True, **given)
    return _(
        "C’est noté. Si cette adresse est celle d’un membre du territoire, son invitation l’attend : "
        "la personne apparaîtra dans l’équipe quand elle aura dit oui."
    )


@page(who=signed_in, methods=FORM)
def member_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another role for somebody of the team."""
    found = led_project(request, slug)
    mine = _member(found, pk)
    form = MemberForm(request.POST or None, initial={"role": mine.role, "title": mine.title})
    if form.is_valid() and tried(
        request,
        lambda: team.change_member(by=request.user, member=mine, **form.cleaned_data),
        _("Le rôle est changé."),
        form=form,
    ):
        return redirect("territory:project_team", request.territory.slug, found.slug)
    return form_page(request, found, form, _("Changer le rôle"))


@page(who=signed_in, methods=FORM)
def member_leave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Leave the team, or thank somebody, after a confirmation."""
    found = readable_project(request, slug)
    mine = _member(found, pk)
    is_me = mine.person_id == request.user.pk
    if not is_me and not can_lead_project(request.user, found):
        return redirect("territory:project", request.territory.slug, found.slug)
    if request.method == "POST":
        tried(request, lambda: team.leave_team(by=request.user, member=mine), _("C’est fait."))
        return redirect("territory:projects", request.territory.slug) if is_me else back_to(found)
    words = {
        "question": _("Quitter l’équipe ?") if is_me else _("Retirer de l’équipe ?"),
        "what_happens": _("L’histoire du projet garde ce qui a été fait. On peut être invité de nouveau."),
        "action": _("Quitter") if is_me else _("Retirer"),
        "danger": True,
        "confirm_url": request.path,
        "cancel_url": reverse("territory:project", args=[request.territory.slug, found.slug]),
    }
    return render(request, "parts/confirm.html", words)


@page(who=member, methods=ACT)
def invitation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no to an invitation, for oneself or for an actor one speaks for."""
    rows = projects_of(request.user, request.territory)
    mine = get_object_or_404(rows, pk=pk)
    if "no" in request.POST:
        tried(request, lambda: team.decline_invitation(by=request.user, member=mine), _("C’est dit : non."))
    else:
        said = _("Bienvenue dans l’équipe.")
        tried(request, lambda: team.accept_invitation(by=request.user, member=mine), said)
    return redirect("territory:projects_mine", request.territory.slug)


def _member(found: Project, pk: int) -> TeamMember:
    mine = get_object_or_404(TeamMember.objects.shown().filter(project=found), pk=pk)
    mine.project = found
    return mine
