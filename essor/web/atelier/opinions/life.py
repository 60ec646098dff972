"""Opinion votes as facilitators prepare, open, close and put them away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.opinions.selectors.conversations import conversations_for
from essor.chain.opinions.selectors.statements import statements_to_review
from essor.chain.opinions.services import conversations as services
from essor.chain.opinions.services.groups import redraw_map
from essor.chain.opinions.services.refusals import OpinionRefused
from essor.common.pagination import page_of
from essor.web import exports
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.opinions.doors import conversation_of, crumbs, tried
from essor.web.atelier.opinions.forms import ConversationForm, start_of
from essor.web.opinions.listing import COLUMNS

ACTS = {
    "open": (services.open_conversation, gettext_lazy("Le vote est ouvert.")),
    "close": (
        services.close_conversation,
        gettext_lazy("Le vote est clos ; les résultats restent lisibles."),
    ),
    "reopen": (services.reopen_conversation, gettext_lazy("Le vote est rouvert.")),
    "archive": (
        services.archive_conversation,
        gettext_lazy("Le vote est archivé : il reste lisible à son adresse."),
    ),
    "restore": (services.restore_conversation, gettext_lazy("Le vote est sorti des archives.")),
    "redraw": (redraw_map, gettext_lazy("La carte est demandée : elle sera prête dans quelques instants.")),
}


@page(who=facilitator)
def conversations(request: HttpRequest) -> HttpResponse:
    """Every opinion vote, drafts included, and what waits to be read."""
    asked = request.GET.get("q", "").strip()[:100]
    rows = conversations_for(request.user, request.territory, words=asked)
    if exports.wanted(request):
        return exports.export(request, rows, COLUMNS, "avis-partages")
    shown = {
        "page": page_of(request, rows),
        "asked": asked,
        "waiting": statements_to_review(request.territory)[:10],
    }
    return render(request, "atelier/opinions/list.html", shown)


@page(who=facilitator, methods=FORM)
def conversation_new(request: HttpRequest) -> HttpResponse:
    """Prepare an opinion vote; nobody else sees it until it opens."""
    form = ConversationForm(request.POST or None, territory=request.territory)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "map_shared_devices"}
        try:
            made = services.draft_conversation(by=request.user, territory=request.territory, **given)
        except OpinionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Le brouillon est prêt. Écrivez maintenant les premières affirmations.")
            )
            return redirect("territory:atelier_statements", request.territory.slug, made.slug)
    return _sheet(request, form, _("Préparer un vote d’opinion"), _("Créer le brouillon"))


@page(who=facilitator, methods=FORM)
def conversation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change its words and its rules."""
    found = conversation_of(request, slug)
    form = ConversationForm(request.POST or None, initial=start_of(found), territory=request.territory)
    if form.is_valid():
        try:
            services.edit_conversation(by=request.user, conversation=found, **form.cleaned_data)
        except OpinionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le vote d’opinion est modifié."))
            return redirect("territory:atelier_statements", request.territory.slug, found.slug)
    return _sheet(request, form, _("Modifier le vote d’opinion"), _("Enregistrer"))


@page(who=facilitator, methods=ACT)
def conversation_act(request: HttpRequest, slug: str) -> HttpResponse:
    """Open, close, reopen, put away, take out, or have the map drawn again."""
    found = conversation_of(request, slug)
    if request.POST.get("act") not in ACTS:
        raise Http404
    act, said = ACTS[request.POST["act"]]
    tried(request, lambda: act(by=request.user, conversation=found), str(said))
    return redirect("territory:atelier_statements", request.territory.slug, found.slug)


def _sheet(request: HttpRequest, form: ConversationForm, title: str, action: str) -> HttpResponse:
    shown = {
        "form": form,
        "title": title,
        "action": action,
        "step": "listen",
        "cancel_url": reverse("territory:atelier_conversations", args=[request.territory.slug]),
        "crumbs": crumbs(request, None, title),
    }
    return render(request, "atelier/form_page.html", shown)
