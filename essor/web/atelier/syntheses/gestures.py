"""The gestures of curation: each is a POST, answered by the page it came from, with a word and a way back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.needs.enums import Stance
from essor.chain.needs.models import Group, Synthesis
from essor.chain.needs.services import curation
from essor.chain.needs.services.curation import CurationRefused
from essor.web.access import ACT, facilitator, page
from essor.web.atelier.syntheses.found import group_of, group_url, synthesis_of
from essor.web.atelier.syntheses.group import voices_page

Gesture = Callable[[HttpRequest, Synthesis, list[int]], object]


def _group_in(synthesis: Synthesis, key: str) -> Group:
    if not key.isdecimal():
        raise CurationRefused(_("Choisissez d’abord le groupe d’arrivée dans la liste."))
    return get_object_or_404(Group, synthesis=synthesis, pk=int(key))


def _move(request: HttpRequest, synthesis: Synthesis, voices: list[int]) -> object:
    to = _group_in(synthesis, request.POST.get("to", ""))
    return curation.move_voices(by=request.user, synthesis=synthesis, voices=voices, to=to)


def _split(request: HttpRequest, synthesis: Synthesis, voices: list[int]) -> object:
    group = _group_in(synthesis, request.POST.get("group", ""))
    label = request.POST.get("label", "")
    if group.children.filter(is_dissolved=False).exists():
        return curation.make_group(
            by=request.user, synthesis=synthesis, label=label, parent=group, voices=voices
        )
    return curation.split_group(by=request.user, group=group, voices=voices, label=label)


def _make(request: HttpRequest, synthesis: Synthesis, voices: list[int]) -> object:
    label = request.POST.get("label", "")
    return curation.make_group(by=request.user, synthesis=synthesis, label=label, voices=voices)


def _aside(request: HttpRequest, synthesis: Synthesis, voices: list[int]) -> object:
    why = request.POST.get("why", "")
    return curation.set_aside(by=request.user, synthesis=synthesis, voices=voices, why=why)


def _quoted(chosen: bool) -> Gesture:
    return lambda request, synthesis, voices: curation.choose_quote(
        by=request.user, synthesis=synthesis, voices=voices, chosen=chosen
    )


def _stance(stance: str) -> Gesture:
    return lambda request, synthesis, voices: curation.mark_stance(
        by=request.user, synthesis=synthesis, voices=voices, stance=stance
    )


GESTURES: dict[str, tuple[Gesture, object]] = {
    "move": (_move, gettext_lazy("Les voix choisies sont déplacées.")),
    "split": (_split, gettext_lazy("Les voix choisies forment un nouveau groupe.")),
    "make": (_make, gettext_lazy("Les voix choisies forment un nouveau groupe.")),
    "aside": (_aside, gettext_lazy("Les voix choisies sont mises de côté, avec la raison.")),
    "quote": (_quoted(True), gettext_lazy("Les voix choisies sont citées.")),
    "unquote": (_quoted(False), gettext_lazy("Les voix choisies ne sont plus citées.")),
    "contrary": (
        _stance(Stance.CONTRARY),
        gettext_lazy("Les voix choisies sont gardées comme voix contraires."),
    ),
    "supports": (_stance(Stance.SUPPORTS), gettext_lazy("Les voix choisies appuient ce que dit le groupe.")),
}


@page(who=facilitator, methods=ACT)
def voices(request: HttpRequest, pk: int) -> HttpResponse:
    """One gesture on the voices that were ticked."""
    synthesis = synthesis_of(request, pk)
    back = redirect(voices_page(request, synthesis))
    known = GESTURES.get(request.POST.get("gesture", ""))
    if known is None:
        messages.error(request, _("Ce geste n’existe pas : utilisez les boutons sous la liste."))
        return back
    gesture, done = known
    chosen = [int(key) for key in request.POST.getlist("voice") if key.isdecimal()]
    try:
        gesture(request, synthesis, chosen)
    except CurationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(done))
    return back


@page(who=facilitator, methods=ACT)
def rename(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """Give a group another name."""
    found = group_of(request, pk, group)
    try:
        curation.rename_group(by=request.user, group=found, label=request.POST.get("label", ""))
    except CurationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Le groupe est renommé. Le nom proposé par le calcul reste lisible."))
    return redirect(group_url(found.synthesis, found))


@page(who=facilitator, methods=ACT)
def merge(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """Bring another group into this one."""
    into = group_of(request, pk, group)
    try:
        other = _group_in(into.synthesis, request.POST.get("with", ""))
        curation.merge_groups(by=request.user, into=into, groups=[other])
    except CurationRefused as refused:
        messages.error(request, str(refused))
    else:
        said = {"one": other.label, "other": into.label}
        messages.success(request, _("« %(one)s » a rejoint « %(other)s ».") % said)
    return redirect(group_url(into.synthesis, into))


@page(who=facilitator, methods=ACT)
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an empty group, to move voices into."""
    synthesis = synthesis_of(request, pk)
    try:
        key = request.POST.get("parent", "")
        parent = _group_in(synthesis, key) if key else None
        label = request.POST.get("label", "")
        curation.make_group(by=request.user, synthesis=synthesis, label=label, parent=parent)
    except CurationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Le groupe est créé : déplacez-y des voix."))
    return redirect(synthesis)


@page(who=facilitator, methods=ACT)
def undo(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Undo one gesture, the last or an older one."""
    synthesis = synthesis_of(request, pk)
    step = get_object_or_404(synthesis.steps, number=number)
    try:
        curation.undo_step(by=request.user, step=step)
    except CurationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("C’est annulé : tout est revenu comme avant ce geste."))
    return redirect(voices_page(request, synthesis))
