"""Erasing my account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.ground.people.services.memberships import LastAdministrator
from essor.journeys.erase_person import erase_person
from essor.web.access import FORM, page, signed_in
from essor.web.accounts.forms import ErasureForm


@page(who=signed_in, methods=FORM)
@reauthentication_required  # an unattended screen erases nobody
def my_erasure(request: HttpRequest) -> HttpResponse:
    form = ErasureForm(request.POST or None, email=request.user.email)
    if request.method == "POST" and form.is_valid():
        try:
            erased = erase_person(
                person=request.user, erase_voices=form.cleaned_data["voices"] == ErasureForm.ERASE
            )
        except LastAdministrator as refused:
            form.add_error(None, str(refused))
        else:
            logout(request)
            messages.success(request, _done(erased))
            return redirect("home")
    return render(request, "accounts/erasure.html", {"form": form})


def _done(erased: int) -> str:
    if not erased:
        return _("Votre compte est effacé. Merci d’avoir pris part.")
    return ngettext(
        "Votre compte est effacé, avec une voix.",
        "Votre compte est effacé, avec %(n)d voix.",
        erased,
    ) % {"n": erased}
