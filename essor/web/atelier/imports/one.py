"""One import: its columns and its preview, its progress, its report, and the way back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.listening.enums import ImportState
from essor.chain.listening.import_reading import Preview, preview_of
from essor.chain.listening.mapping import ImportMapping
from essor.chain.listening.models import ImportBatch
from essor.chain.listening.services import imports
from essor.chain.listening.services.refusals import Refused
from essor.common.pagination import page_of
from essor.journeys.import_voices import ask_import
from essor.journeys.undo_import import needs_resting_on, undo_import
from essor.outside.issues import UnreadableFile
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.imports.forms import MappingForm
from essor.web.exports import export

_TO_MAP = (ImportState.UPLOADED, ImportState.READY, ImportState.FAILED)
_PROGRESS = {ImportState.QUEUED: "waiting", ImportState.RUNNING: "running"}


@page(who=facilitator, methods=FORM)
def atelier_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Whatever its state, the import in one place."""
    batch = _batch(request, pk)
    if batch.state in _TO_MAP and batch.file:
        return _map(request, batch)
    context = {"batch": batch, **_progress(request, batch), "issues": page_of(request, batch.issues.all())}
    return render(request, "atelier/imports/report.html", context)


@page(who=facilitator)
def atelier_import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress alone, asked for every two seconds."""
    return render(request, "parts/progress.html", _progress(request, _batch(request, pk)))


@page(who=facilitator)
def atelier_import_issues(request: HttpRequest, pk: int) -> HttpResponse:
    """Every remark as a file, line by line."""
    columns: list[Any] = [
        (_("Fichier"), lambda each: each.file),
        (_("Ligne"), lambda each: each.line),
        (_("Colonne"), lambda each: each.column),
        (_("Écartée"), lambda each: _("oui") if each.is_skipped else _("non")),
        (_("Raison"), lambda each: each.reason),
        (_("Remède"), lambda each: each.mend),
    ]
    return export(request, _batch(request, pk).issues.all(), columns, f"import-{pk}-remarques")


@page(who=facilitator, methods=FORM)
def atelier_import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, then take every voice of the import back."""
    batch = _batch(request, pk)
    here = reverse("territory:atelier_import", args=[request.territory.slug, pk])
    if request.method == "POST":
        try:
            count = undo_import(by=request.user, batch=batch)
            told = ngettext("%(count)d voix retirée.", "%(count)d voix retirées.", count)
            messages.success(request, told % {"count": count})
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(here)
    needs = needs_resting_on(batch)
    context = {
        "question": _("Annuler tout cet import ?"), "action": _("Retirer ses voix"), "danger": True,
        "cancel_url": here, "confirm_url": request.path, "base_template": "atelier/base.html",
        "consequences": [
            _("Ses voix quittent le site et ne comptent plus. Le même fichier pourra revenir."),
            _("Des besoins publiés reposent sur elles : l’annulation sera refusée.") if needs else "",
        ],
    }  # fmt: skip
    return render(request, "parts/confirm.html", context)


@page(who=facilitator, methods=ACT)
def atelier_import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file that was never imported."""
    try:
        imports.discard_import(batch=_batch(request, pk))
        messages.success(request, _("Le fichier est oublié."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("territory:atelier_imports", request.territory.slug)


def _batch(request: HttpRequest, pk: int) -> ImportBatch:
    rows = ImportBatch.objects.in_territory(request.territory).select_related("consultation", "territory")
    return get_object_or_404(rows, pk=pk)


def _map(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Columns, constants and preview; the preview follows what was just chosen."""
    preview, problem = _preview(batch)
    mapping = ImportMapping.from_json(batch.mapping)
    form = MappingForm(
        request.POST or None, territory=request.territory, mapping=mapping,
        columns=preview.columns, sheets=preview.sheets, rows=[row.cells for row in preview.rows],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            imports.choose_mapping(batch=batch, mapping=form.chosen())
            if request.POST.get("act") == "import":
                ask_import(batch=batch)
            return redirect("territory:atelier_import", request.territory.slug, batch.pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
    context = {"batch": batch, "form": form, "preview": preview, "problem": problem}
    return render(request, "atelier/imports/mapping.html", context)


def _preview(batch: ImportBatch) -> tuple[Preview, str]:
    try:
        with imports.local_file(batch=batch) as path:
            return preview_of(batch, path), ""
    except (UnreadableFile, Refused) as problem:
        return Preview(), str(problem)


def _progress(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    here = reverse("territory:atelier_import", args=[request.territory.slug, batch.pk])
    state = _PROGRESS.get(ImportState(batch.state), "done" if batch.state == ImportState.DONE else "failed")
    return {
        "state": state,
        "label": _("Import de %(file)s") % {"file": batch.filename},
        "done": min(batch.rows_read, batch.rows_total),
        "total": batch.rows_total,
        "text": batch.failure,
        "progress_url": reverse("territory:atelier_import_progress", args=[request.territory.slug, batch.pk]),
        "result_url": here,
        "step": "listen",
    }
