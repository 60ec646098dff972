"""The sheet of a project: read by everybody, written together by its team."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.projects.models import Project, SheetSection, SheetVersion
from essor.chain.projects.policies import can_read_notes, can_write_project
from essor.chain.projects.services.refusals import ProjectRefused
from essor.chain.projects.services.sheets import Saved, restore_version, save_section
from essor.chain.projects.sheet import BY_KEY, SECTIONS
from essor.common.pagination import page_of
from essor.web.access import ACT, FORM, anyone, page, signed_in
from essor.web.projects.differences import differences
from essor.web.projects.loading import project_crumbs, readable_project, written_project
from essor.web.projects.sheet_forms import SectionForm
from essor.web.projects.tabs import tabs_of

PRESENT = 300  # seconds during which somebody who opened a section is said to be writing in it


@page(who=anyone)
def project_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole sheet, with its contents."""
    found = readable_project(request, slug)
    return render(
        request,
        "projects/sheet.html",
        {
            "project": found,
            "tabs": tabs_of(request, found),
            "sections": sections_of(found),
            "may_write": can_write_project(request.user, found),
            "latest": found.versions.select_related("by").first(),
            "crumbs": project_crumbs(request, found, _("Fiche")),
        },
    )


@page(who=signed_in, methods=FORM)
def section_edit(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write one section. What clashes with somebody else’s words is shown, never lost."""
    found = written_project(request, slug)
    if key not in BY_KEY:
        raise Http404
    present = SheetSection.objects.filter(project=found, key=key).first()
    form = SectionForm(request.POST or None, initial=_start(present))
    saved: Saved | None = None
    if form.is_valid():
        try:
            saved = save_section(by=request.user, project=found, key=key, **form.cleaned_data)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            if not saved.clashes:
                messages.success(request, _said(saved))
                return redirect("territory:project_sheet", request.territory.slug, found.slug)
            form = SectionForm(
                initial={"words": form.cleaned_data["words"], "base": saved.number, "note": ""}
            )
    return render(request, "projects/section.html", _writing(request, found, key, form, saved))


@page(who=anyone)
def sheet_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every saved change of the sheet, the latest first."""
    found = readable_project(request, slug)
    listed = page_of(request, found.versions.select_related("by"))
    return render(
        request,
        "projects/versions.html",
        {
            "project": found,
            "tabs": tabs_of(request, found),
            "page": listed,
            "may_read_notes": can_read_notes(request.user, found),
            "versions": [(each, BY_KEY[each.key].title) for each in listed if each.key in BY_KEY],
            "crumbs": project_crumbs(request, found, _("Versions de la fiche")),
        },
    )


@page(who=anyone)
def sheet_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One change: what was added and taken away."""
    found = readable_project(request, slug)
    version = _version(found, number)
    before = found.versions.filter(key=version.key, number=version.number - 1).first()
    return render(
        request,
        "projects/version.html",
        {
            "project": found,
            "version": version,
            "section": BY_KEY[version.key],
            "pieces": differences(before.words if before else "", version.words),
            "may_write": can_write_project(request.user, found),
            "may_read_notes": can_read_notes(request.user, found),
            "crumbs": project_crumbs(request, found, _("Version %(n)d") % {"n": number}),
        },
    )


@page(who=signed_in, methods=ACT)
def version_restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an earlier wording again, as a new version."""
    found = written_project(request, slug)
    saved = restore_version(by=request.user, version=_version(found, number))
    said = _("Cette version est reprise. Les suivantes restent dans l’histoire.")
    messages.success(request, said if saved.version else _("C’est déjà la version présente."))
    return redirect("territory:project_sheet", request.territory.slug, found.slug)


def sections_of(found: Project) -> list[dict[str, Any]]:
    """Each section with its present words: one query."""
    present = {each.key: each for each in found.sections.all()}
    return [{"section": each, "present": present.get(each.key)} for each in SECTIONS]


def _start(present: SheetSection | None) -> dict[str, Any]:
    return {"words": present.words if present else "", "base": present.number if present else 0}


def _said(saved: Saved) -> str:
    if saved.version is None:
        return _("Rien n’a changé : ces mots étaient déjà dans la fiche.")
    if saved.was_merged:
        return _("C’est enregistré. Quelqu’un avait écrit en même temps : vos changements sont réunis.")
    return _("C’est enregistré.")


def _writing(
    request: HttpRequest, found: Project, key: str, form: SectionForm, saved: Saved | None
) -> dict[str, Any]:
    section = BY_KEY[key]
    return {
        "project": found,
        "section": section,
        "form": form,
        "saved": saved,
        "pieces": differences(saved.present, form["words"].value()) if saved else [],
        "others": _others_here(request, found, key),
        "crumbs": project_crumbs(request, found, str(section.title)),
    }


def _others_here(request: HttpRequest, found: Project, key: str) -> str:
    """Who else opened this section lately: a hint, never a lock."""
    name = f"writing:{found.pk}:{key}"
    here: dict[int, str] = cache.get(name) or {}
    others = [who for pk, who in here.items() if pk != request.user.pk]
    cache.set(name, {**here, request.user.pk: request.user.shown_name}, PRESENT)
    if not others:
        return ""
    return ngettext(
        "%(who)s a aussi ouvert cette rubrique : vos changements seront réunis.",
        "%(who)s ont aussi ouvert cette rubrique : vos changements seront réunis.",
        len(others),
    ) % {"who": ", ".join(others)}


def _version(found: Project, number: int) -> SheetVersion:
    return get_object_or_404(found.versions.select_related("by"), sheet_number=number, key__in=BY_KEY)
