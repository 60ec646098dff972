"""Exports and imports of Polis, and the poster of a room."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.opinions.models import OpinionImport
from essor.chain.opinions.services.imports import undo_import
from essor.chain.opinions.services.refusals import OpinionRefused
from essor.journeys.export_polis import zipped_export
from essor.journeys.import_polis import receive_polis
from essor.outside.issues import UnreadableFile
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.imports.forms import FilesField
from essor.web.atelier.opinions.doors import conversation_of, crumbs, tried
from essor.web.drawings.qr import qr_code
from essor.web.opinions.room import room_address


class PolisForm(forms.Form):
    """An export of Polis: its archive, or its CSV files together."""

    files = FilesField(
        label=gettext_lazy("L’archive, ou les fichiers CSV"),
        help_text=gettext_lazy("votes.csv ou participants-votes.csv, et comments.csv pour les mots."),
    )


@page(who=facilitator, methods=FORM)
def polis_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave an export of Polis; a worker reads it, and reading it again adds nothing."""
    found = conversation_of(request, slug)
    form = PolisForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = [(each.name, each.file) for each in form.cleaned_data["files"]]
        try:
            receive_polis(by=request.user, conversation=found, files=given)
        except (UnreadableFile, OpinionRefused) as refused:
            form.add_error("files", str(refused))
        else:
            messages.success(request, _("Le fichier est reçu : il est lu en ce moment."))
            return redirect("territory:atelier_opinion_import", request.territory.slug, found.slug)
    shown: dict[str, Any] = {
        "conversation": found,
        "form": form,
        "imports": OpinionImport.objects.filter(conversation=found).order_by("-pk")[:20],
        "crumbs": crumbs(request, found, _("Importer un export Polis")),
    }
    return render(request, "atelier/opinions/import.html", shown)


@page(who=facilitator, methods=ACT)
def polis_import_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back all that an import brought."""
    found = conversation_of(request, slug)
    kept = get_object_or_404(OpinionImport, conversation=found, pk=pk)
    tried(
        request,
        lambda: undo_import(by=request.user, kept=kept),
        _("Ce que cet import apportait ne compte plus."),
    )
    return redirect("territory:atelier_opinion_import", request.territory.slug, found.slug)


@page(who=facilitator)
def polis_export(request: HttpRequest, slug: str) -> HttpResponse:
    """The CSV files of Polis in one archive: participants are numbers, nobody is named."""
    found = conversation_of(request, slug)
    answer = HttpResponse(zipped_export(found), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}-polis.zip"'
    return answer


@page(who=facilitator)
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """A sheet for the wall of a room: the question, the code, the address."""
    found = conversation_of(request, slug)
    address = room_address(request, found)
    shown = {
        "conversation": found,
        "address": address,
        "qr": qr_code(address, _("Code à photographier pour voter")),
        "crumbs": crumbs(request, found, _("Affiche pour une salle")),
    }
    return render(request, "atelier/opinions/poster.html", shown)
