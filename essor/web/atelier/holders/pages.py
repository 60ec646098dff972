"""Meeting those who carry projects: a board, a list, a card for each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.holders.enums import HolderStage
from essor.chain.holders.models import ProjectHolder
from essor.chain.holders.selectors import listing
from essor.chain.holders.services import holders as services
from essor.chain.holders.services.refusals import HolderClash, HolderRefused
from essor.chain.projects.models import Project
from essor.common import moments
from essor.common.pagination import page_of
from essor.ground.ledger.selectors import history_of
from essor.web import exports
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.holders.forms import (
    EncounterForm,
    HolderFilters,
    HolderForm,
    MoveForm,
)
from essor.web.atelier.holders.loading import back_to, crumbs_of, form_page, step_of, the_holder
from essor.web.together import Difference, differences_of, read_token, start_token

COLUMNS: list[exports.Column] = [
    (gettext_lazy("nom"), lambda each: each.name),
    (gettext_lazy("adresse électronique"), lambda each: each.email),
    (gettext_lazy("téléphone"), lambda each: each.phone),
    (gettext_lazy("idée"), lambda each: each.idea),
    (gettext_lazy("thème"), lambda each: each.theme.label if each.theme else ""),
    (gettext_lazy("commune"), lambda each: each.commune_code),
    (gettext_lazy("colonne"), lambda each: each.get_stage_display()),
    (gettext_lazy("suivi par"), lambda each: each.referent or ""),
    (gettext_lazy("rencontres"), lambda each: each.times),
    (gettext_lazy("dernière rencontre"), lambda each: each.last_met or ""),
    (gettext_lazy("prochain pas"), lambda each: each.next_step),
    (gettext_lazy("pour le"), lambda each: each.next_on or ""),
    (gettext_lazy("informé le"), lambda each: each.informed_at.date() if each.informed_at else ""),
]


@page(who=facilitator)
def holders(request: HttpRequest) -> HttpResponse:
    """The board: a column for each stage, a card for each person."""
    filters = HolderFilters(request.GET or {}, territory=request.territory)
    asked = listing.Asked(**filters.asked())
    if exports.wanted(request):
        return exports.export(request, listing.holders(request.territory, asked), COLUMNS, _("porteurs"))
    shown = {
        "filters": filters,
        "columns": listing.board(request.territory, asked),
        "stages": HolderStage.choices,
        "due": listing.due(request.territory)[:10],
        "soon_erased": listing.soon_erased(request.territory),
        "is_filtered": bool(request.GET.keys() - {"sort", "page"}),
        "crumbs": crumbs_of(request),
    }
    return render(request, "atelier/holders/board.html", shown)


@page(who=facilitator)
def holders_list(request: HttpRequest) -> HttpResponse:
    """The same people as a list, page after page."""
    filters = HolderFilters(request.GET or {}, territory=request.territory)
    found = listing.holders(request.territory, listing.Asked(**filters.asked()))
    if exports.wanted(request):
        return exports.export(request, found, COLUMNS, _("porteurs"))
    shown = {
        "filters": filters,
        "page": page_of(request, found),
        "is_filtered": bool(request.GET.keys() - {"sort", "page"}),
        "crumbs": crumbs_of(request, _("Liste")),
    }
    return render(request, "atelier/holders/list.html", shown)


@page(who=facilitator, methods=FORM)
def holder_new(request: HttpRequest) -> HttpResponse:
    """Note somebody."""
    start = {"referent": request.user.pk}
    form = HolderForm(request.POST or None, territory=request.territory, initial=start)
    if form.is_valid():
        try:
            made = services.add_holder(by=request.user, territory=request.territory, words=form.words())
        except HolderRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("C’est noté. À la première rencontre, dites-lui ce que vous gardez et pourquoi.")
            )
            return back_to(made)
    return form_page(request, form, _("Noter un porteur ou une porteuse de projet"))


@page(who=facilitator)
def holder(request: HttpRequest, pk: int) -> HttpResponse:
    """A card: what is kept, the encounters with their notes, the projects made."""
    found = the_holder(request, pk)
    shown = {
        "holder": found,
        "commune": request.territory.communes.filter(code=found.commune_code).first(),
        "encounters": listing.notes_of(found, request.user),
        "projects": Project.objects.in_territory(request.territory).filter(holder=found).order_by("-id"),
        "form": EncounterForm(initial=step_of(found)),
        "stages": HolderStage.choices,
        "history": history_of(found, 10),
        "crumbs": crumbs_of(request, found.name),
    }
    return render(request, "atelier/holders/holder.html", shown)


@page(who=facilitator, methods=FORM)
def holder_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a card."""
    found = the_holder(request, pk)
    form = HolderForm(request.POST or None, territory=request.territory, initial=_start(found))
    told: list[Difference] = []
    if form.is_valid():
        base = read_token(form.cleaned_data["base"])
        try:
            services.change_holder(by=request.user, holder=found, words=form.words(), base=base)
        except HolderClash as clash:
            told = differences_of(form, clash.clashes)
            start = {**clash.kept, "base": start_token(clash.present)}
            form = HolderForm(territory=request.territory, initial=start)
        except HolderRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La fiche est modifiée."))
            return back_to(found)
    return form_page(request, form, _("Modifier la fiche"), found, told)


@page(who=facilitator, methods=ACT)
def holder_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a card in a column; asked for by the script of the board, it answers without a page."""
    found = the_holder(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    given = form.cleaned_data
    services.move_holder(by=request.user, holder=found, stage=given["stage"], position=given["position"])
    if request.headers.get("X-Requested-With") == "board":
        return HttpResponse(status=204)
    messages.success(request, _("« %(name)s » a changé de colonne.") % {"name": found.name})
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect("territory:atelier_holders", request.territory.slug)


@page(who=facilitator, methods=ACT)
def holder_inform(request: HttpRequest, pk: int) -> HttpResponse:
    """They know what is kept about them."""
    found = the_holder(request, pk)
    services.inform(by=request.user, holder=found)
    messages.success(request, _("C’est noté : cette personne sait ce que vous gardez, et pourquoi."))
    return back_to(found)


@page(who=facilitator, methods=FORM)
def holder_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase what is kept about somebody, after a confirmation."""
    found = the_holder(request, pk)
    if request.method == "POST":
        services.forget_holder(by=request.user, holder=found)
        messages.success(request, _("La fiche et ses notes sont effacées."))
        return redirect("territory:atelier_holders", request.territory.slug)
    words = {
        "question": _("Effacer la fiche de « %(name)s » ?") % {"name": found.name},
        "what_happens": _(
            "Son nom, ses coordonnées, son idée et toutes les notes disparaissent pour de bon. "
            "Les projets publiés restent."
        ),
        "action": _("Effacer pour toujours"),
        "danger": True,
        "confirm_url": request.path,
        "cancel_url": reverse("territory:atelier_holder", args=[request.territory.slug, found.pk]),
    }
    return render(request, "parts/confirm.html", words)


@page(who=facilitator, methods=ACT)
def holder_heard(request: HttpRequest, pk: int) -> HttpResponse:
    """There is news of them: the card is kept as long again."""
    found = services.hear_from(by=request.user, holder=the_holder(request, pk))
    day = moments.day(found.erased_on)
    messages.success(
        request, _("C’est noté : sans autre contact, la fiche sera effacée le %(day)s.") % {"day": day}
    )
    return back_to(found)


def _start(found: ProjectHolder) -> dict[str, Any]:
    words = services.words_of(holder=found).plain
    return {**words, "base": start_token(words)}
