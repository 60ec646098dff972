"""What the pages of the log share: the card asked for, its form page, the way back."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.holders.models import ProjectHolder
from essor.web.together import Difference, start_token


def the_holder(request: HttpRequest, pk: int) -> ProjectHolder:
    """The card asked for, here; a forgotten one is no longer there."""
    rows = ProjectHolder.objects.in_territory(request.territory).living()
    found = get_object_or_404(rows.select_related("theme", "referent"), pk=pk)
    found.territory = request.territory
    return found


def step_of(found: ProjectHolder) -> dict[str, Any]:
    """The next step as the form of a meeting begins, with what it was."""
    day = found.next_on.isoformat() if found.next_on else ""
    known = {"next_step": found.next_step, "next_on": day}
    return {**known, "base": start_token(known)}


def back_to(found: ProjectHolder) -> HttpResponse:
    """To the card."""
    return redirect("territory:atelier_holder", found.territory.slug, found.pk)


def form_page(
    request: HttpRequest,
    form: Any,
    title: str,
    found: ProjectHolder | None = None,
    differences: Sequence[Difference] = (),
) -> HttpResponse:
    """A form of the log, with what clashes with the words of somebody else."""
    slug = request.territory.slug
    back = (
        reverse("territory:atelier_holder", args=[slug, found.pk])
        if found is not None
        else reverse("territory:atelier_holders", args=[slug])
    )
    shown = {
        "form": form,
        "title": title,
        "step": "project",
        "differences": differences,
        "cancel_url": back,
        "crumbs": crumbs_of(request, title),
    }
    return render(request, "atelier/holders/writing.html", shown)


def crumbs_of(request: HttpRequest, *more: str) -> list[tuple[str, str | None]]:
    """Atelier, holders, and so on."""
    slug = request.territory.slug
    here = reverse("territory:atelier_holders", args=[slug]) if more else None
    return [
        (_("Atelier"), reverse("territory:atelier", args=[slug])),
        (_("Porteurs"), here),
        *((each, None) for each in more),
    ]
