"""Comments of projects that wait or were reported, and what moderators decide."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.chain.listening.enums import HideReason
from essor.chain.projects.models import Comment
from essor.chain.projects.selectors.said import comments_to_read, hidden_comments
from essor.chain.projects.services.refusals import ProjectRefused
from essor.chain.projects.services.said import decide_comment
from essor.common.pagination import page_of
from essor.web.access import FORM, moderator, page


class DecisionForm(forms.Form):
    """Hide, with a reason the author is shown."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Quelle règle ce commentaire enfreint-il ?"),
        choices=HideReason,
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label=gettext_lazy("Un mot à son auteur ou autrice"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@page(who=moderator)
def comments(request: HttpRequest) -> HttpResponse:
    """What waits to be read, then what was hidden."""
    territory = request.territory
    only_hidden = request.GET.get("etat") == "hidden"
    rows = hidden_comments(territory) if only_hidden else comments_to_read(territory)
    return render(
        request,
        "atelier/moderation/comments.html",
        {
            "page": page_of(request, rows),
            "only_hidden": only_hidden,
            "waiting": comments_to_read(territory).count(),
            "crumbs": _crumbs(request, _("Commentaires")),
        },
    )


@page(who=moderator, methods=FORM)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment, its reports and decisions; hide it, or show it when ``keep`` is posted."""
    rows = Comment.objects.filter(project__territory=request.territory).select_related("project", "by")
    found = get_object_or_404(rows, pk=pk)
    keep = "keep" in request.POST
    form = DecisionForm(request.POST if request.method == "POST" and not keep else None)
    if keep or form.is_valid():
        given = {} if keep else form.cleaned_data
        try:
            decide_comment(by=request.user, comment=found, is_hidden=not keep, **given)
        except ProjectRefused as refused:
            messages.error(request, str(refused))
        else:
            said = _("Le commentaire est publié.") if keep else _("Le commentaire est masqué.")
            messages.success(request, said)
            return redirect("territory:atelier_comments", request.territory.slug)
    shown = {
        "comment": found,
        "form": form,
        "reports": found.reports.select_related("by"),
        "decisions": found.decisions.select_related("by"),
        "crumbs": _crumbs(request, _("Un commentaire")),
    }
    return render(request, "atelier/moderation/comment.html", shown)


def _crumbs(request: HttpRequest, last: str) -> list[tuple[str, str | None]]:
    slug = request.territory.slug
    return [
        (_("Atelier"), reverse("territory:atelier", args=[slug])),
        (_("Modération"), reverse("territory:atelier_moderation", args=[slug])),
        (last, None),
    ]
