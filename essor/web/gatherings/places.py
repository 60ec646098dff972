"""Keeping a place at a meeting, and giving it back. The code never stands in an address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.common.limits import allowed
from essor.ground.gatherings.enums import RegistrationState
from essor.ground.gatherings.models import Gathering, Registration
from essor.ground.gatherings.notifications import tell_let_in, tell_registered
from essor.ground.gatherings.services import (
    Place,
    RegistrationRefused,
    cancel_registration,
    register,
    registration_by_code,
)
from essor.ground.people.models import Person
from essor.web.access import FORM, anyone, page
from essor.web.gatherings.forms import CodeForm, RegisterForm
from essor.web.gatherings.one import public_gathering
from essor.web.visitors import address_digest

HOURLY = 60  # gestures an hour from one address; a family or a library never meets it
KEPT = "registration_code"


@page(who=anyone, methods=FORM)
def gathering_register(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a place; the code to give it back is shown once."""
    territory = request.territory
    gathering = public_gathering(territory, slug)
    person = request.user if isinstance(request.user, Person) else None
    form = RegisterForm(request.POST or None, person=person)
    if form.is_valid() and not form.is_robot():
        try:
            place = _kept(request, gathering, person, form.cleaned_data)
        except RegistrationRefused as refused:
            form.add_error(None, str(refused))
        else:
            tell_registered(place.registration, place.code)
            request.session[KEPT] = place.code
            return redirect("territory:registration", territory.slug)
    crumbs = [(gathering.title, gathering.get_absolute_url()), (_("Inscription"), None)]
    return render(
        request, "gatherings/register.html", {"form": form, "gathering": gathering, "crumbs": crumbs}
    )


def _kept(request: HttpRequest, gathering: Gathering, person: Person | None, given: dict[str, str]) -> Place:
    _within_limits(request)
    return register(
        gathering=gathering,
        person=person,
        name=given["name"],
        email=given.get("email", ""),
        needs_help_with=given["needs_help_with"],
    )


@page(who=anyone, methods=FORM)
def registration_code(request: HttpRequest) -> HttpResponse:
    """Find one's place again with its code."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            _within_limits(request)
        except RegistrationRefused as refused:
            form.add_error(None, str(refused))
        else:
            code = form.cleaned_data["code"]
            if registration_by_code(territory=request.territory, code=code) is not None:
                request.session[KEPT] = code
                return redirect("territory:registration", request.territory.slug)
            form.add_error("code", _("Ce code n’ouvre aucune place ici. Vérifiez les signes, un par un."))
    return render(request, "gatherings/code.html", {"form": form})


@page(who=anyone, methods=FORM)
def registration(request: HttpRequest) -> HttpResponse:
    """One's own place: confirmed or waiting, and giving it back."""
    territory = request.territory
    code = request.session.get(KEPT, "")
    found = registration_by_code(territory=territory, code=code) if code else None
    if found is None:
        return redirect("territory:registration_code", territory.slug)
    if request.method == "POST":
        tell_let_in(cancel_registration(registration=found))
        messages.success(request, _("Votre place est rendue. Merci d’avoir prévenu."))
        return redirect(found.gathering.get_absolute_url())
    rank = _rank(found)
    answer = render(
        request,
        "gatherings/registration.html",
        {"registration": found, "code": code, "rank": rank, "code_url": reverse(
            "territory:registration_code", args=[territory.slug])},
    )  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer


def _rank(registration: Registration) -> int | None:
    """The rank in the waiting list, from 1."""
    if registration.state != RegistrationState.WAITING:
        return None
    return registration.gathering.registrations.waiting().filter(pk__lte=registration.pk).count()


def _within_limits(request: HttpRequest) -> None:
    if not allowed(f"registration:{address_digest(request)}", times=HOURLY, seconds=3600):
        raise RegistrationRefused(_("Trop d’essais depuis cette connexion. Réessayez dans une heure."))
