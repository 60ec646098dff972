"""Signing in by a link received by mail, instead of a password. The second factor is still asked."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.signup import send_unknown_account_mail
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from essor.common.codes import digest
from essor.common.limits import allowed
from essor.ground.people.services.accounts import (
    LinkUnusable,
    is_sign_in_link_usable,
    make_sign_in_link,
    person_to_write_to,
    prove_address,
    use_sign_in_link,
)
from essor.outside import mail
from essor.web.access import FORM, anyone, page
from essor.web.accounts.forms import SignInLinkForm
from essor.web.accounts.letters import sign_in_letter
from essor.web.visitors import address_digest

PER_ADDRESS, PER_VISITOR, HOUR = 5, 30, 3600


@page(who=anyone, methods=FORM)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether the address has an account or not."""
    form = SignInLinkForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/sign_in_link.html", {"form": form})
    email = form.cleaned_data["email"].lower()
    if not allowed(f"sign-in-link:{address_digest(request)}", times=PER_VISITOR, seconds=HOUR):
        form.add_error(None, _("Trop de demandes d’ici : réessayez dans une heure."))
        return render(request, "accounts/sign_in_link.html", {"form": form}, status=429)
    if allowed(f"sign-in-link:{digest(email, 'limit')}", times=PER_ADDRESS, seconds=HOUR):
        _send(request, email, form.cleaned_data["next"])
    return render(request, "accounts/sign_in_link_sent.html", {"email": email})


def _send(request: HttpRequest, email: str, following: str) -> None:
    person = person_to_write_to(email=email)
    if person is None:
        send_unknown_account_mail(request, email)
        return
    secret = make_sign_in_link(person=person)
    url = mail.absolute(reverse("sign_in_link_use", args=[secret]))
    if following:
        url = f"{url}?{urlencode({'next': following})}"
    mail.send(sign_in_letter(email, url, person.language))


@never_cache
@page(who=anyone, methods=FORM)
def use(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening the link shows a button; only the button uses it, so that mail scanners use nothing up."""
    following = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure()):
        following = ""
    if request.method != "POST":
        usable = is_sign_in_link_usable(secret=secret)
        return render(request, "accounts/sign_in_link_use.html", {"usable": usable})
    try:
        person = use_sign_in_link(secret=secret)
    except LinkUnusable as refused:
        messages.error(request, str(refused))
        return redirect("sign_in_link")
    record_authentication(request, person, method="link", email=person.email)
    prove_address(person=person)
    return perform_login(request, Login(user=person, email=person.email, redirect_url=following or None))
