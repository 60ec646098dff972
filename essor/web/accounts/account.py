"""My account: my name, my language, my territories, how I sign in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from essor.ground.people.policies import can_moderate
from essor.ground.people.selectors import memberships_of
from essor.ground.people.services.accounts import change_profile
from essor.ground.people.services.memberships import LastAdministrator
from essor.journeys.join_territory import leave_territory
from essor.web.access import FORM, page, signed_in
from essor.web.accounts.forms import ProfileForm


@page(who=signed_in, methods=FORM)
def my_account(request: HttpRequest) -> HttpResponse:
    person = request.user
    here = {"display_name": person.display_name, "language": person.language or get_language()}
    form = ProfileForm(request.POST or None, initial=here)
    if request.method == "POST" and form.is_valid():
        change_profile(person=person, **form.cleaned_data)
        messages.success(request, _("Votre profil est enregistré."))
        answer = redirect("my_account")
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax")
        return answer
    return render(request, "accounts/my_account.html", {"form": form, "memberships": memberships_of(person)})


@page(who=signed_in)
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Where signing in leads: the atelier of one's only territory, its home, or the list."""
    memberships = list(memberships_of(request.user)[:2])
    if len(memberships) != 1:
        return redirect("home")
    territory = memberships[0].territory
    name = "territory:atelier" if can_moderate(request.user, territory) else "territory:home"
    return redirect(name, territory.slug)


@page(who=signed_in)
def account_security(request: HttpRequest) -> HttpResponse:
    person = request.user
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return render(
        request,
        "accounts/security.html",
        {
            "addresses": EmailAddress.objects.filter(user=person).order_by("-primary", "email"),
            "has_password": person.has_usable_password(),
            "has_app": Authenticator.Type.TOTP in kinds,
            "has_key": Authenticator.Type.WEBAUTHN in kinds,
            "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        },
    )


@page(who=signed_in, methods=FORM)
def membership_leave(request: HttpRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(memberships_of(request.user), pk=pk)
    if request.method == "POST":
        try:
            leave_territory(by=request.user, membership=membership)
        except LastAdministrator as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Vous avez quitté %(name)s.") % {"name": membership.territory.name})
        return redirect("my_account")
    question = _("Quitter %(name)s ?") % {"name": membership.territory.name}
    happens = _("Vos voix restent. Vous pourrez revenir, mais sans le rôle que vous avez aujourd’hui.")
    asked = {"question": question, "what_happens": happens, "action": _("Quitter"), "danger": True}
    return render(request, "parts/confirm.html", {**asked, "confirm_url": "", "cancel_url": "/compte/"})
