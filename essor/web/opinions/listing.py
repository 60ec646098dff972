"""The opinion votes of a territory."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.opinions.enums import ConversationState
from essor.chain.opinions.selectors.conversations import conversations_for
from essor.common.pagination import page_of
from essor.web import exports
from essor.web.access import anyone, page
from essor.web.widgets import PlainSelect

COLUMNS: list[exports.Column] = [
    (gettext_lazy("titre"), lambda each: each.title),
    (gettext_lazy("question"), lambda each: each.question),
    (gettext_lazy("état"), lambda each: each.get_state_display()),
    (gettext_lazy("personnes"), lambda each: each.voters),
    (gettext_lazy("affirmations"), lambda each: each.to_vote),
    (gettext_lazy("ouvert le"), lambda each: each.opened_at.date() if each.opened_at else ""),
]


class ConversationFilters(forms.Form):
    """Words and state."""

    q = forms.CharField(label=gettext_lazy("Chercher"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("État"),
        required=False,
        widget=PlainSelect,
        choices=[("", gettext_lazy("Tous")), *ConversationState.choices[1:]],
    )


@page(who=anyone)
def conversations(request: HttpRequest) -> HttpResponse:
    """Those that are open first: search, filters, pages, files."""
    filters = ConversationFilters(request.GET or {})
    given = filters.cleaned_data if filters.is_valid() else {}
    found = conversations_for(
        request.user, request.territory, state=given.get("state", ""), words=given.get("q", "")
    )
    if exports.wanted(request):
        return exports.export(request, found, COLUMNS, _("avis"))
    shown = {
        "filters": filters,
        "page": page_of(request, found),
        "is_filtered": bool(request.GET.keys() - {"page"}),
    }
    return render(request, "opinions/list.html", shown)
