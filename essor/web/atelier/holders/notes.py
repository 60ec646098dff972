"""Meetings with a holder and their notes: everybody keeps their own, nobody rewords another’s."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from essor.chain.holders.models import Encounter, ProjectHolder
from essor.chain.holders.policies import can_add_note, can_change_note
from essor.chain.holders.services import encounters
from essor.chain.holders.services.refusals import HolderClash, HolderRefused
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.holders.forms import EncounterForm, NoteForm
from essor.web.atelier.holders.loading import back_to, form_page, step_of, the_holder
from essor.web.together import Difference, differences_of, read_token, start_token


@page(who=facilitator, methods=FORM)
def encounter_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that somebody was met."""
    found = the_holder(request, pk)
    form = EncounterForm(request.POST or None, initial=step_of(found))
    told: list[Difference] = []
    if form.is_valid():
        given = {**form.cleaned_data, "base": read_token(form.cleaned_data["base"])}
        try:
            encounters.record_encounter(by=request.user, holder=found, **given)
        except HolderClash as clash:
            told = differences_of(form, clash.clashes)
            form = EncounterForm(initial={**given, "base": start_token(clash.present)})
        except HolderRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La rencontre est notée."))
            return back_to(found)
    return form_page(request, form, _("Noter une rencontre"), found, told)


@page(who=facilitator, methods=FORM)
def note_change(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Take one's own note up again."""
    found, encounter = _note(request, pk, note)
    if not can_change_note(request.user, encounter):
        said = _("Seule la personne qui a écrit cette note peut la reprendre : ajoutez la vôtre à côté.")
        messages.error(request, said)
        return back_to(found)
    form = NoteForm(request.POST or None, initial=_start(encounter.note, encounter.privacy))
    told: list[Difference] = []
    if form.is_valid():
        given = {**form.cleaned_data, "base": read_token(form.cleaned_data["base"]).get("note", "")}
        try:
            encounters.change_note(by=request.user, encounter=encounter, **given)
        except HolderClash as clash:
            told = differences_of(form, clash.clashes)
            form = NoteForm(initial=_start(clash.present["note"], given["privacy"]) | dict(clash.kept))
        except HolderRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La note est reprise."))
            return back_to(found)
    return form_page(request, form, _("Reprendre la note"), found, told)


@page(who=facilitator, methods=FORM)
def note_add(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Add one's own note to a meeting that another facilitator noted."""
    found, encounter = _note(request, pk, note)
    if not can_add_note(request.user, encounter):
        messages.error(request, _("On n’ajoute sa note qu’à une rencontre notée par quelqu’un d’autre."))
        return back_to(found)
    form = NoteForm(request.POST or None, initial={"privacy": "team"})
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("note", "privacy")}
        try:
            encounters.add_note(by=request.user, encounter=encounter, **given)
        except HolderRefused as refused:
            form.add_error("note", str(refused))
        else:
            messages.success(request, _("Votre note est ajoutée à la rencontre."))
            return back_to(found)
    return form_page(request, form, _("Ajouter ma note"), found)


@page(who=facilitator, methods=ACT)
def note_remove(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Take one's own note back, or put it back."""
    found, encounter = _note(request, pk, note)
    is_back = "back" in request.POST
    act = encounters.restore_note if is_back else encounters.remove_note
    said = (
        _("La note est remise.")
        if is_back
        else _("La note est retirée : vous seul·e la voyez, et pouvez la remettre pendant un mois.")
    )
    try:
        act(by=request.user, encounter=encounter)
    except HolderRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return back_to(found)


def _note(request: HttpRequest, pk: int, note: int) -> tuple[ProjectHolder, Encounter]:
    found = the_holder(request, pk)
    encounter = get_object_or_404(Encounter.objects.filter(holder=found), pk=note)
    encounter.holder = found
    return found, encounter


def _start(note: str, privacy: str) -> dict[str, Any]:
    return {"note": note, "privacy": privacy, "base": start_token({"note": note})}
