"""Finding an alliance for a visitor, or saying that it is not there."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.alliances.models import Alliance, AllianceMember
from essor.chain.alliances.policies import can_lead_alliance, can_read_alliance
from essor.chain.alliances.services.refusals import AllianceRefused
from essor.ground.documents.services import DocumentRefused


def readable_alliance(request: HttpRequest, slug: str) -> Alliance:
    """One that the visitor may read; the others are not there."""
    rows = Alliance.objects.in_territory(request.territory).select_related("theme", "parent", "charter")
    found = get_object_or_404(rows, slug=slug)
    found.territory = request.territory
    if not can_read_alliance(request.user, found):
        raise Http404
    return found


def led_alliance(request: HttpRequest, slug: str) -> Alliance:
    """One that the visitor leads."""
    found = readable_alliance(request, slug)
    if not can_lead_alliance(request.user, found):
        raise PermissionDenied
    return found


def member_of(found: Alliance, pk: int) -> AllianceMember:
    """A member of this alliance, whatever its state."""
    rows = AllianceMember.objects.filter(alliance=found).select_related("actor__territory")
    member = get_object_or_404(rows, pk=pk)
    member.alliance = found
    return member


def tried(request: HttpRequest, act: Callable[[], object], said: str, form: Form | None = None) -> bool:
    """Do it and say so, or say why it cannot be done: in the form when there is one,
    which keeps what was typed.
    """
    try:
        act()
    except (AllianceRefused, DocumentRefused) as refused:
        if form is not None:
            form.add_error(None, str(refused))
        else:
            messages.error(request, str(refused))
        return False
    messages.success(request, said)
    return True


def back_to(found: Alliance) -> HttpResponse:
    """The page of the alliance."""
    return redirect("territory:alliance", found.territory.slug, found.slug)


def form_page(request: HttpRequest, found: Alliance | None, form: object, title: str) -> HttpResponse:
    """A form about an alliance on a page of its own."""
    slug = request.territory.slug
    home = reverse("territory:alliances", args=[slug])
    here = reverse("territory:alliance", args=[slug, found.slug]) if found is not None else home
    crumbs: list[tuple[str, str | None]] = [(_("Alliances"), home)]
    if found is not None:
        crumbs.append((found.title, here))
    shown = {"form": form, "title": title, "cancel_url": here, "crumbs": [*crumbs, (title, None)]}
    return render(request, "alliances/form.html", shown)
