"""The imports of the territory, and leaving a new file."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from essor.chain.listening.import_reading import size_limit
from essor.chain.listening.models import ImportBatch
from essor.chain.listening.services.refusals import Refused
from essor.common.pagination import page_of
from essor.journeys.receive_import import receive_import
from essor.outside.issues import TooLarge, UnreadableFile
from essor.outside.spreadsheets import refuse_size
from essor.web.access import FORM, facilitator, page
from essor.web.atelier.capture.forms import consultations_of
from essor.web.atelier.imports.forms import LeaveForm
from essor.web.exports import export, wanted

ENVELOPE = 100_000  # bytes of a form around its files


@page(who=facilitator)
def atelier_imports(request: HttpRequest) -> HttpResponse:
    """Every import with what it brought."""
    rows = ImportBatch.objects.in_territory(request.territory).select_related("consultation")
    asked = request.GET.get("q", "").strip()[:100]
    if asked:
        rows = rows.filter(filename__icontains=asked)
    if wanted(request):
        return export(request, rows, _COLUMNS, "imports")
    return render(request, "atelier/imports/list.html", {"page": page_of(request, rows), "asked": asked})


def refuse_large(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer before a body that is too large is read: not even the token of the form is looked for."""

    @wraps(view)
    def measured(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        try:
            refuse_size(max(int(said), 1), size_limit() + ENVELOPE)
        except (TooLarge, ValueError) as problem:
            return _leave(request, LeaveForm(territory=request.territory), 413, str(problem))
        return view(request, *args, **kwargs)

    return measured


@csrf_exempt  # the token is asked for by csrf_protect, once the size is known
@page(who=facilitator, methods=FORM)
@refuse_large
@csrf_protect
def atelier_import_new(request: HttpRequest) -> HttpResponse:
    """Leave a file: it is recognised at once, and nothing is imported yet."""
    first = consultations_of(request.territory).order_by("-created_at").first()
    form = LeaveForm(
        request.POST or None, request.FILES or None,
        initial={"consultation": request.GET.get("c") or first}, territory=request.territory,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            batch = receive_import(
                by=request.user, territory=request.territory, consultation=form.cleaned_data["consultation"],
                files=[(each.name, each.file) for each in form.cleaned_data["files"]],
            )  # fmt: skip
            return redirect("territory:atelier_import", request.territory.slug, batch.pk)
        except (UnreadableFile, Refused) as problem:
            form.add_error("files", str(problem))
    return _leave(request, form)


def _leave(request: HttpRequest, form: LeaveForm, status: int = 200, problem: str = "") -> HttpResponse:
    context = {"form": form, "problem": problem, "limit": settings.UPLOAD_LIMIT_MB}
    return render(request, "atelier/imports/new.html", context, status=status)


_COLUMNS: list[Any] = [
    (_("Fichier"), lambda each: each.filename),
    (_("Concertation"), lambda each: each.consultation.title),
    (_("État"), lambda each: each.get_state_display()),
    (_("Voix importées"), lambda each: each.voices_made),
    (_("Déjà connues"), lambda each: each.voices_known),
    (_("Lignes écartées"), lambda each: each.rows_skipped),
    (_("Le"), lambda each: each.created_at.date().isoformat()),
]
