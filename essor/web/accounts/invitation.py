"""An invitation, opened from its mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from essor.common.codes import digest
from essor.ground.people.models import Invitation
from essor.ground.people.services.invitations import InvitationRefused, is_waiting
from essor.journeys.invite_member import accept_invitation
from essor.web.access import FORM, anyone, page


@page(who=anyone, methods=FORM)
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever has the secret sees where it leads; only the address invited can accept."""
    found = (
        Invitation.objects.select_related("territory", "invited_by")
        .filter(digest=digest(secret, "invitation"))
        .first()
    )
    if request.method == "POST" and request.user.is_authenticated:
        try:
            membership = accept_invitation(person=request.user, secret=secret)
        except InvitationRefused as refused:
            messages.error(request, str(refused))
            return redirect("my_account")
        messages.success(request, _("Bienvenue à %(name)s.") % {"name": membership.territory.name})
        return redirect("after_sign_in")
    waiting = found is not None and is_waiting(invitation=found)
    return render(
        request,
        "accounts/invitation.html",
        {
            "invitation": found if waiting else None,
            "next_query": urlencode({"next": request.path}),
        },
        status=200 if waiting else 410,
    )
