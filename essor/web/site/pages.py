"""What the site says of itself, and the choice of a language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import check_for_language
from django.views import i18n

from essor.ground.people.services.accounts import change_profile
from essor.ground.territories.models import Territory
from essor.web.access import ACT, anyone, page


@page(who=anyone)
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html")


@page(who=anyone)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html", {"contact": settings.CONTACT_EMAIL})


@page(who=anyone)
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes, who hosts, which data are kept and for how long."""
    return render(
        request,
        "site/legal.html",
        {
            "publisher": settings.LEGAL_PUBLISHER,
            "host": settings.LEGAL_HOST,
            "contact": settings.CONTACT_EMAIL,
            "territories": Territory.objects.listed().order_by("name")[:50],
        },
    )


@page(who=anyone, methods=ACT)
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie and, for those signed in, with their account."""
    asked = request.POST.get("language", "")
    if request.user.is_authenticated and asked in dict(settings.LANGUAGES) and check_for_language(asked):
        change_profile(person=request.user, language=asked)
    return i18n.set_language(request)
