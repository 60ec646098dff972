"""Meetings to come, then past."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.common.pagination import page_of
from essor.ground.gatherings.models import Gathering
from essor.web import exports
from essor.web.access import anyone, page

COLUMNS: list[exports.Column] = [
    (gettext_lazy("rencontre"), lambda each: each.title),
    (gettext_lazy("forme"), lambda each: each.get_kind_display()),
    (gettext_lazy("état"), lambda each: each.get_state_display()),
    (gettext_lazy("début"), lambda each: each.starts_at.isoformat()),
    (gettext_lazy("fin"), lambda each: each.ends_at.isoformat()),
    (gettext_lazy("lieu"), lambda each: each.place_name),
    (gettext_lazy("adresse"), lambda each: each.address),
]


@page(who=anyone)
def gatherings(request: HttpRequest) -> HttpResponse:
    """Those to come first; ``?quand=passees`` shows the others."""
    public = Gathering.objects.in_territory(request.territory).public()
    is_past = request.GET.get("quand") == "passees"
    shown = public.past() if is_past else public.to_come()
    asked = request.GET.get("q", "").strip()[:100]
    if asked:
        shown = shown.filter(title__icontains=asked)
    if exports.wanted(request):
        return exports.export(request, shown, COLUMNS, _("rencontres"))
    names = dict(request.territory.communes.values_list("code", "name"))
    listed = page_of(request, shown)
    return render(
        request,
        "gatherings/list.html",
        {
            "page": listed,
            "rows": [(each, names.get(each.commune_code, "")) for each in listed],
            "is_past": is_past,
            "asked": asked,
        },
    )
