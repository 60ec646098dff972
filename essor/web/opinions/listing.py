"""The opinion votes of a territory."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.opinions.selectors.conversations import conversations_for
from essor.common.pagination import page_of
from essor.web import exports
from essor.web.access import anyone, page
from essor.web.opinions.forms import ConversationFilters

COLUMNS: list[exports.Column] = [
    (gettext_lazy("vote d’opinion"), lambda each: each.title),
    (gettext_lazy("question"), lambda each: each.question),
    (gettext_lazy("état"), lambda each: each.get_state_display()),
    (gettext_lazy("personnes"), lambda each: each.voters),
    (gettext_lazy("affirmations"), lambda each: each.to_vote),
    (gettext_lazy("ouvert le"), lambda each: each.opened_at.date() if each.opened_at else ""),
    (gettext_lazy("clos le"), lambda each: each.closed_at.date() if each.closed_at else ""),
]


@page(who=anyone)
def conversations(request: HttpRequest) -> HttpResponse:
    """The list: those that take votes first."""
    filters = ConversationFilters(request.GET or {})
    found = conversations_for(request.user, request.territory, **filters.asked())
    if exports.wanted(request):
        return exports.export(request, found, COLUMNS, _("avis-partages"))
    shown = {
        "filters": filters,
        "page": page_of(request, found),
        "is_filtered": bool(request.GET.keys() - {"page"}),
    }
    return render(request, "opinions/list.html", shown)
