"""The table of codes: list, add, import, and the synthesis table."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.needs.models import Code, Synthesis
from essor.chain.needs.selectors.codes import (
    CodeTable,
    agreements,
    code_uses,
    codes_with_counts,
    table_by_gathering,
    table_by_group,
)
from essor.chain.needs.services import codes as services
from essor.chain.needs.services.codes import CodeRefused
from essor.common.pagination import page_of
from essor.outside.issues import UnreadableFile
from essor.outside.spreadsheets import open_table
from essor.web import exports
from essor.web.access import FORM, facilitator, page
from essor.web.voices import source_line

MOST_BYTES = 2_000_000
COLUMNS: list[exports.Column] = [
    (gettext_lazy("code"), lambda row: row.code.value),
    (gettext_lazy("signification"), lambda row: row.code.meaning),
    (gettext_lazy("voix"), lambda row: row.tally.voices),
    (gettext_lazy("bien-être"), lambda row: row.tally.well),
    (gettext_lazy("mal-être"), lambda row: row.tally.ill),
    (gettext_lazy("rencontres"), lambda row: len(row.tally.gatherings)),
]


class CodeForm(forms.Form):
    """A code and what it means."""

    value = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=24,
        help_text=gettext_lazy(
            "Lettre, composante, position, sujet : A01-11/P15/k. Plus court, il est plus général : A01, A."
        ),
    )
    meaning = forms.CharField(label=gettext_lazy("Ce qu’il veut dire"), max_length=200)


class CodesFile(forms.Form):
    """A file of codes."""

    file = forms.FileField(
        label=gettext_lazy("Fichier"),
        help_text=gettext_lazy(
            "CSV ou XLSX, deux colonnes : le code, puis sa signification. La première ligne porte les titres."
        ),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Ce fichier pèse plus de 2 Mo : une table de codes est bien plus petite.")
            )
        return file


@page(who=facilitator)
def codes(request: HttpRequest) -> HttpResponse:
    """The codes with their voices, those of more precise codes included, and how alike people code."""
    rows = codes_with_counts(request.territory)
    if exports.wanted(request):
        return exports.export(request, rows, COLUMNS, _("codes"))
    shown = {
        "page": page_of(request, rows, per_page=50),
        "agreements": agreements(request.territory),
        "crumbs": _crumbs(request),
    }
    return render(request, "atelier/codes/list.html", shown)


@page(who=facilitator, methods=FORM)
def code_new(request: HttpRequest) -> HttpResponse:
    """Add one code."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            services.add_code(by=request.user, territory=request.territory, **form.cleaned_data)
        except CodeRefused as refused:
            form.add_error("value", str(refused))
        else:
            messages.success(request, _("Le code est ajouté."))
            return redirect("territory:atelier_codes", request.territory.slug)
    return render(request, "atelier/form_page.html", _form(request, form, _("Ajouter un code")))


@page(who=facilitator, methods=FORM)
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """One code: what it means, and the voices that bear it."""
    found = get_object_or_404(Code.objects.in_territory(request.territory), pk=pk)
    form = CodeForm(request.POST or None, initial={"value": found.value, "meaning": found.meaning})
    form.fields["value"].disabled = True
    if form.is_valid():
        try:
            services.change_code(by=request.user, code=found, meaning=form.cleaned_data["meaning"])
        except CodeRefused as refused:
            form.add_error("meaning", str(refused))
        else:
            messages.success(request, _("La signification est changée."))
            return redirect("territory:atelier_code", request.territory.slug, found.pk)
    uses = code_uses(found).select_related("by", "contribution__gathering", "contribution__speaker")
    listed = page_of(request, uses)
    rows = [(each, source_line(each.contribution)) for each in listed]
    shown = {
        "code": found,
        "form": form,
        "page": listed,
        "rows": rows,
        "crumbs": _crumbs(request, found.value),
    }
    return render(request, "atelier/codes/one.html", shown)


@page(who=facilitator, methods=FORM)
def code_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out a code that never served, after a confirmation."""
    found = get_object_or_404(Code.objects.in_territory(request.territory), pk=pk)
    if request.method == "POST":
        try:
            services.delete_code(by=request.user, code=found)
        except CodeRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Le code est retiré de la table."))
        return redirect("territory:atelier_codes", request.territory.slug)
    shown = {
        "question": _("Retirer le code %(code)s ?") % {"code": found.value},
        "what_happens": _("Seul un code qui n’a jamais servi peut être retiré."),
        "action": _("Retirer"),
        "confirm_url": request.path,
        "cancel_url": reverse("territory:atelier_code", args=[request.territory.slug, found.pk]),
        "danger": True,
        "base_template": "atelier/base.html",
    }
    return render(request, "parts/confirm.html", shown)


@page(who=facilitator, methods=FORM)
def codes_import(request: HttpRequest) -> HttpResponse:
    """Bring a table of codes from a file; what cannot be read is told line by line."""
    form = CodesFile(request.POST or None, request.FILES or None)
    shown = _form(request, form, _("Importer une table de codes"))
    if form.is_valid():
        try:
            lines = list(_lines(form.cleaned_data["file"]))
            done = services.import_codes(by=request.user, territory=request.territory, lines=lines)
        except UnreadableFile as unreadable:
            form.add_error("file", f"{unreadable.reason} {unreadable.mend}")
        except CodeRefused as refused:
            form.add_error("file", str(refused))
        else:
            shown["done"] = done
    return render(request, "atelier/codes/import.html", shown)


@page(who=facilitator)
def codes_table(request: HttpRequest) -> HttpResponse:
    """Component × gathering, or × group of a synthesis: counts, polarity, distinct gatherings."""
    key = request.GET.get("synthesis", "")
    syntheses = Synthesis.objects.in_territory(request.territory).current()
    chosen = get_object_or_404(syntheses, pk=int(key)) if key.isdecimal() else None
    table = table_by_group(chosen) if chosen else table_by_gathering(request.territory)
    if exports.wanted(request):
        return exports.export(request, table.rows, _table_columns(table), _("table-des-codes"))
    shown = {
        "table": table,
        "chosen": chosen,
        "syntheses": syntheses[:30],
        "crumbs": _crumbs(request, _("Table de synthèse")),
    }
    return render(request, "atelier/codes/table.html", shown)


def _table_columns(table: CodeTable) -> list[exports.Column]:
    def cell(rank: int) -> Any:
        return lambda row: row.cells[rank]

    return [
        (_("composante"), lambda row: row.component),
        (_("signification"), lambda row: row.meaning),
        *((title, cell(rank)) for rank, title in enumerate(table.columns)),
        (_("voix"), lambda row: row.total.voices),
        (_("rencontres distinctes"), lambda row: len(row.total.gatherings)),
        (_("bien-être"), lambda row: row.total.well),
        (_("mal-être"), lambda row: row.total.ill),
        (_("polarité"), lambda row: "" if row.total.polarity is None else str(row.total.polarity)),
    ]


def _lines(file: UploadedFile) -> Iterator[tuple[int, str, str]]:
    """(line, code, meaning) of the first two columns."""
    with tempfile.NamedTemporaryFile(suffix=Path(file.name or "").suffix[:8]) as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        for row in open_table(kept.name, name=file.name).rows():
            cells = (*row.cells, "", "")
            if cells[0].strip() or cells[1].strip():
                yield row.line, cells[0], cells[1]


def _crumbs(request: HttpRequest, *more: str) -> list[tuple[str, str | None]]:
    slug = request.territory.slug
    here = reverse("territory:atelier_codes", args=[slug]) if more else None
    return [
        (_("Atelier"), reverse("territory:atelier", args=[slug])),
        (_("Synthèses"), reverse("territory:atelier_syntheses", args=[slug])),
        (_("Codes"), here),
        *((word, None) for word in more),
    ]


def _form(request: HttpRequest, form: forms.Form, title: str) -> dict[str, Any]:
    return {
        "form": form,
        "title": title,
        "step": "need",
        "action": title,
        "cancel_url": reverse("territory:atelier_codes", args=[request.territory.slug]),
        "crumbs": _crumbs(request, title),
    }
