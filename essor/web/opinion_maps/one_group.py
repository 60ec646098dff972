"""One group of a map: what it says, how it answered everything, and the name that readers give it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.opinions.models import Conversation
from essor.chain.opinions.policies import can_name_groups
from essor.chain.opinions.services.groups import name_group
from essor.chain.opinions.services.refusals import OpinionRefused
from essor.common.pagination import page_of
from essor.web.access import FORM, anyone, member, page
from essor.web.opinion_maps.finding import map_at
from essor.web.opinion_maps.pages import crumbs_of
from essor.web.opinion_maps.telling import Told, ToldGroup, readable_statements
from essor.web.voters import visible_conversation


class NameForm(forms.Form):
    """What readers call a group. Nobody chose to belong to it: its name describes, it does not judge."""

    name = forms.CharField(
        label=gettext_lazy("Nom du groupe"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("D’après ce qu’il dit, sans juger personne. Vide : le nom est retiré."),
    )
    portrait = forms.CharField(
        label=gettext_lazy("En quelques mots"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@page(who=anyone)
def opinion_group(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """What makes the group stand out, then its answers to every statement."""
    conversation = visible_conversation(request, slug)
    told = Told(map_at(request, conversation, pk))
    group = _group(told, number)
    ordered = sorted(told.columns, key=lambda key: -told.figures_of(key)["extremity"])
    shown = page_of(request, ordered, 30)
    statements = readable_statements(told.drawn, shown.object_list)
    rows = [
        (statements[key], share)
        for key in shown.object_list
        if key in statements
        for share in told.shares_of(key)
        if share.key == number
    ]
    context = {
        "conversation": conversation,
        "drawn": told.drawn,
        "group": group,
        "rows": rows,
        "page": shown,
        "may_name": can_name_groups(request.user, conversation),
        "crumbs": crumbs_of(conversation, (group.label, None)),
    }
    return render(request, "opinion_maps/group.html", context)


@page(who=member, methods=FORM)
def opinion_group_name(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Name a group after reading it; its name follows its people from map to map."""
    conversation = visible_conversation(request, slug)
    if not can_name_groups(request.user, conversation):
        raise PermissionDenied
    told = Told(map_at(request, conversation, pk))
    group = _group(told, number)
    start = {"name": group.named.name, "portrait": group.named.portrait}
    form = NameForm(request.POST or None, initial=start)
    here = reverse("territory:opinion_group", args=[request.territory.slug, conversation.slug, pk, number])
    if request.method == "POST" and form.is_valid() and _named(request, told, number, form):
        return redirect(here)
    context = {
        "form": form,
        "title": _("Nommer le groupe « %(group)s »") % {"group": group.label},
        "step": "listen",
        "cancel_url": here,
        "crumbs": _crumbs(conversation, group, here),
    }
    return render(request, "atelier/form_page.html", context)


def _group(told: Told, number: int) -> ToldGroup:
    found = next((each for each in told.groups if each.named.key == number), None)
    if found is None:
        raise Http404
    return found


def _named(request: HttpRequest, told: Told, number: int, form: NameForm) -> bool:
    try:
        name_group(by=request.user, drawn=told.drawn, key=number, **form.cleaned_data)
    except OpinionRefused as refused:
        form.add_error("name", str(refused))
        return False
    return True


def _crumbs(conversation: Conversation, group: ToldGroup, here: str) -> list[tuple[str, str | None]]:
    return crumbs_of(conversation, (group.label, here), (_("Nommer"), None))
