"""Who takes part in the territory, with which role, and who is invited."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.common.limits import allowed
from essor.common.pagination import page_of
from essor.ground.people.enums import Role
from essor.ground.people.models import Invitation, Membership
from essor.ground.people.selectors import members_of, waiting_invitations
from essor.ground.people.services.invitations import LASTS, InvitationRefused
from essor.ground.people.services.memberships import LastAdministrator, NotAMember
from essor.journeys import join_territory
from essor.journeys.change_member_role import change_member_role
from essor.journeys.invite_member import cancel_invitation, invite_member
from essor.web.access import ACT, FORM, administrator, page
from essor.web.atelier.settings.forms import InvitationForm, MembersFilter, RoleForm
from essor.web.atelier.settings.tabs import show
from essor.web.exports import export, wanted

INVITATIONS_AN_HOUR = 60
COLUMNS = [
    (gettext_lazy("Nom"), lambda each: each.person.shown_name),
    (gettext_lazy("Adresse"), lambda each: each.person.email),
    (gettext_lazy("Rôle"), lambda each: each.get_role_display()),
    (gettext_lazy("Famille d’acteurs"), lambda each: each.get_family_display()),
    (gettext_lazy("Membre depuis"), lambda each: each.joined_at.date().isoformat()),
]


def _membership(request: HttpRequest, pk: int) -> Membership:
    members = Membership.objects.in_territory(request.territory).select_related("person", "territory")
    return get_object_or_404(members, pk=pk)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect("territory:atelier_members", request.territory.slug)


@page(who=administrator)
def listing(request: HttpRequest) -> HttpResponse:
    form = MembersFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    members = members_of(request.territory, asked=asked.get("q", ""), role=asked.get("role", ""))
    if wanted(request):
        return export(request, members, COLUMNS, "membres")
    removed = request.GET.get("removed", "")
    return show(
        request,
        "atelier/settings/members.html",
        {
            "filters": form,
            "page": page_of(request, members),
            "roles": Role.choices,
            "invitations": waiting_invitations(request.territory, lasts=LASTS),
            "invitation_form": InvitationForm(),
            "removed": int(removed) if removed.isdecimal() else None,
        },
    )


@page(who=administrator, methods=FORM)
def invite(request: HttpRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not allowed(f"invite:{request.user.pk}", times=INVITATIONS_AN_HOUR, seconds=3600):
            form.add_error(None, _("Vous avez beaucoup invité : reprenez dans une heure."))
        else:
            try:
                invite_member(by=request.user, territory=request.territory, **form.cleaned_data)
            except InvitationRefused as refused:
                form.add_error("email", str(refused))
            else:
                messages.success(request, _("L’invitation est partie à %(email)s.") % form.cleaned_data)
                return _back(request)
    return show(request, "atelier/settings/invite.html", {"form": form})


@page(who=administrator, methods=ACT)
def role(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            change_member_role(by=request.user, membership=membership, role=form.cleaned_data["role"])
        except (LastAdministrator, NotAMember) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request,
                _("%(name)s a maintenant ce rôle : %(role)s.")
                % {"name": membership.person.shown_name, "role": membership.get_role_display()},
            )
    return _back(request)


@page(who=administrator, methods=FORM)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    url = reverse("territory:atelier_members", args=[request.territory.slug])
    name = {"name": membership.person.shown_name}
    if request.method == "POST":
        try:
            join_territory.leave_territory(by=request.user, membership=membership)
        except (LastAdministrator, NotAMember) as refused:
            messages.error(request, str(refused))
            return redirect(url)
        messages.success(request, _("%(name)s ne fait plus partie du territoire.") % name)
        return redirect(f"{url}?removed={membership.pk}")
    context = {
        "question": _("Retirer %(name)s du territoire ?") % name,
        "what_happens": _("Ses voix restent, et son compte aussi. Une invitation lui permettra de revenir."),
        "action": _("Retirer ce membre"),
        "danger": True,
        "confirm_url": request.path,
        "cancel_url": url,
        "base_template": "atelier/base.html",
    }
    return render(request, "parts/confirm.html", context)


@page(who=administrator, methods=ACT)
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    membership = _membership(request, pk)
    if membership.left_at is not None and not membership.person.erased_at:
        join_territory.come_back(by=request.user, membership=membership)
        messages.success(
            request,
            _("%(name)s fait de nouveau partie du territoire.") % {"name": membership.person.shown_name},
        )
    return _back(request)


@page(who=administrator, methods=ACT)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk, territory=request.territory)
    try:
        cancel_invitation(by=request.user, invitation=invitation)
    except InvitationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("L’invitation de %(email)s est annulée.") % {"email": invitation.email})
    return _back(request)
