"""Keeping the directory: every card, what waits, duplicates, files from elsewhere."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.common import jobs
from essor.common.pagination import page_of
from essor.ground.directory.enums import BatchKind, BatchState
from essor.ground.directory.models import Actor, ActorBatch, Claim, Merge
from essor.ground.directory.selectors.listing import (
    Asked,
    every_actor,
    likely_duplicates,
    open_claims,
    with_lists,
)
from essor.ground.directory.services.actors import hide_actor, restore_actor
from essor.ground.directory.services.imports import receive_batch
from essor.ground.directory.services.merges import merge_actors, undo_merge
from essor.ground.directory.services.refusals import ActorRefused
from essor.journeys.keep_actors import answer_claim
from essor.journeys.undo_actor_import import undo_actor_import
from essor.web import exports
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.actors.forms import AtelierActorFilters
from essor.web.actors.listing import COLUMNS
from essor.web.projects.forms import BecauseForm


class FileForm(forms.Form):
    """A file of organisations."""

    file = forms.FileField(
        label=gettext_lazy("Fichier"),
        help_text=gettext_lazy(
            "Un tableau CSV, XLSX ou ODS avec une colonne « nom », ou des structures data·inclusion."
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Ce que c’est"),
        choices=BatchKind.choices,
        widget=forms.RadioSelect,
        initial=BatchKind.TABLE,
    )


@page(who=facilitator)
def actors(request: HttpRequest) -> HttpResponse:
    """Every card but merged ones."""
    territory = request.territory
    filters = AtelierActorFilters(request.GET or {}, territory=territory)
    found = every_actor(territory, Asked(**filters.asked()))
    if exports.wanted(request):
        columns = [*COLUMNS, (gettext_lazy("état"), lambda each: each.get_state_display())]
        return exports.export(request, with_lists(found), columns, _("acteurs"))
    shown = {
        "filters": filters,
        "page": page_of(request, with_lists(found)),
        "claims": open_claims(territory).count(),
        "is_filtered": bool(request.GET.keys() - {"sort", "page"}),
        "crumbs": crumbs(request),
    }
    return render(request, "atelier/actors/list.html", shown)


@page(who=facilitator, methods=FORM)
def actor_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a card with a reason; or show it again."""
    card = get_object_or_404(Actor.objects.in_territory(request.territory).standing(), pk=pk)
    back = reverse("territory:atelier_actors", args=[request.territory.slug])
    form = BecauseForm(request.POST if request.method == "POST" and "back" not in request.POST else None)
    if "back" in request.POST:
        _tried(request, lambda: restore_actor(by=request.user, actor=card), _("La fiche est rétablie."))
        return redirect(back)
    if form.is_valid():
        why = form.cleaned_data["why"]
        if _tried(
            request,
            lambda: hide_actor(by=request.user, actor=card, why=why),
            _("La fiche est masquée."),
            form=form,
        ):
            return redirect(back)
    shown = {
        "form": form,
        "title": _("Masquer la fiche « %(name)s »") % {"name": card.name},
        "cancel_url": back,
        "step": "alliance",
        "crumbs": crumbs(request, _("Masquer")),
    }
    return render(request, "atelier/form_page.html", shown)


@page(who=facilitator, methods=FORM)
def claims(request: HttpRequest) -> HttpResponse:
    """Who says they speak for an organisation; yes or no."""
    if request.method == "POST":
        rows = open_claims(request.territory)
        claim = get_object_or_404(rows, pk=_key(request, "claim"))
        accepted, word = "yes" in request.POST, request.POST.get("answer", "")
        said = _("C’est accepté : cette personne tient la fiche.") if accepted else _("C’est refusé.")
        _tried(
            request,
            lambda: answer_claim(by=request.user, claim=claim, accepted=accepted, answer=word),
            said,
        )
        return redirect("territory:atelier_claims", request.territory.slug)
    shown = {
        "claims": open_claims(request.territory),
        "answered": Claim.objects.filter(actor__territory=request.territory)
        .exclude(answered_at=None)
        .select_related("actor", "person")
        .order_by("-answered_at")[:10],
        "crumbs": crumbs(request, _("Demandes de fiches")),
    }
    return render(request, "atelier/actors/claims.html", shown)


@page(who=facilitator, methods=FORM)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Cards that may be one: merge them, or part them again."""
    territory = request.territory
    if request.method == "POST":
        rows = Actor.objects.in_territory(territory).standing()
        kept = get_object_or_404(rows, pk=_key(request, "kept"))
        gone = get_object_or_404(rows, pk=_key(request, "gone"))
        said = _("Les deux fiches n’en font plus qu’une. Vous pouvez les séparer ci-dessous.")
        _tried(request, lambda: merge_actors(by=request.user, kept=kept, gone=gone), said)
        return redirect("territory:atelier_duplicates", territory.slug)
    shown = {
        "likely": likely_duplicates(territory),
        "merges": Merge.objects.filter(kept__territory=territory, undone_at=None).select_related(
            "kept", "gone"
        )[:20],
        "crumbs": crumbs(request, _("Doublons")),
    }
    return render(request, "atelier/actors/duplicates.html", shown)


@page(who=facilitator, methods=ACT)
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Part two cards again."""
    merge = get_object_or_404(Merge.objects.filter(kept__territory=request.territory), pk=pk)
    _tried(request, lambda: undo_merge(by=request.user, merge=merge), _("Les deux fiches sont séparées."))
    return redirect("territory:atelier_duplicates", request.territory.slug)


@page(who=facilitator, methods=FORM)
def imports(request: HttpRequest) -> HttpResponse:
    """Leave a file of organisations; what became of the earlier ones."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = receive_batch(
                by=request.user,
                territory=request.territory,
                name=file.name,
                file=file,
                kind=form.cleaned_data["kind"],
                size=file.size,
            )
        except ActorRefused as refused:
            form.add_error("file", str(refused))
        else:
            jobs.enqueue("import_actors", batch_id=batch.pk)
            return redirect("territory:atelier_actor_import", request.territory.slug, batch.pk)
    shown = {
        "form": form,
        "batches": ActorBatch.objects.filter(territory=request.territory)[:20],
        "crumbs": crumbs(request, _("Importer")),
    }
    return render(request, "atelier/actors/imports.html", shown)


@page(who=facilitator, methods=FORM)
def import_one(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a file, line by line; undo it."""
    batch = get_object_or_404(ActorBatch.objects.filter(territory=request.territory), pk=pk)
    if request.method == "POST":
        try:
            gone, back, kept = undo_actor_import(by=request.user, batch=batch)
        except ActorRefused as refused:
            messages.error(request, str(refused))
        else:
            said = _("Fiches retirées : %(gone)d ; remises comme avant : %(back)d ; gardées : %(kept)d.")
            messages.success(request, said % {"gone": gone, "back": back, "kept": kept})
        return redirect("territory:atelier_actor_import", request.territory.slug, batch.pk)
    if exports.wanted(request):
        names = (_("ligne"), _("colonne"), _("pourquoi"), _("que faire"))
        columns: list[Any] = [(name, lambda row, rank=rank: row[rank]) for rank, name in enumerate(names)]
        return exports.export(request, batch.issues, columns, _("remarques"))
    shown = {
        "batch": batch,
        "untold": batch.issues_count - len(batch.issues),
        "may_undo": batch.state == BatchState.DONE and (batch.added_count or batch.changed_count),
        "crumbs": crumbs(request, batch.filename),
    }
    return render(request, "atelier/actors/import.html", shown)


def crumbs(request: HttpRequest, *more: str) -> list[tuple[str, str | None]]:
    """Atelier, actors, and so on."""
    slug = request.territory.slug
    here = reverse("territory:atelier_actors", args=[slug]) if more else None
    return [
        (_("Atelier"), reverse("territory:atelier", args=[slug])),
        (_("Acteurs"), here),
        *((each, None) for each in more),
    ]


def _key(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() else 0


def _tried(request: HttpRequest, act: Any, said: str, form: forms.Form | None = None) -> bool:
    try:
        act()
    except ActorRefused as refused:
        if form is not None:
            form.add_error(None, str(refused))
        else:
            messages.error(request, str(refused))
        return False
    messages.success(request, said)
    return True
