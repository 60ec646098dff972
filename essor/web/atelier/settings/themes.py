"""The tree of themes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.ground.territories.models import Theme
from essor.ground.territories.selectors import retired_themes, theme_tree
from essor.ground.territories.services import ThemeRefused
from essor.journeys import tend_themes
from essor.web.access import ACT, FORM, administrator, page
from essor.web.atelier.settings.forms import ThemeForm
from essor.web.atelier.settings.tabs import show


def _theme(request: HttpRequest, pk: int) -> Theme:
    themes = Theme.objects.in_territory(request.territory).select_related("parent", "territory")
    return get_object_or_404(themes, pk=pk)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect("territory:atelier_themes", request.territory.slug)


@page(who=administrator)
def listing(request: HttpRequest) -> HttpResponse:
    context = {"tree": theme_tree(request.territory), "retired": retired_themes(request.territory)}
    return show(request, "atelier/settings/themes.html", context)


@page(who=administrator, methods=FORM)
def new(request: HttpRequest) -> HttpResponse:
    form = ThemeForm(request.POST or None, territory=request.territory)
    if request.method == "POST" and form.is_valid():
        try:
            theme = tend_themes.add_theme(by=request.user, territory=request.territory, **form.cleaned_data)
        except ThemeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le thème « %(name)s » est ajouté.") % {"name": theme.name})
            return _back(request)
    return show(request, "atelier/settings/theme.html", {"form": form})


@page(who=administrator, methods=FORM)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    theme = _theme(request, pk)
    form = ThemeForm(request.POST or None, instance=theme, territory=request.territory)
    if request.method == "POST" and form.is_valid():
        try:
            tend_themes.change_theme(by=request.user, theme=theme, **form.cleaned_data)
        except ThemeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le thème « %(name)s » est enregistré.") % {"name": theme.name})
            return _back(request)
    return show(request, "atelier/settings/theme.html", {"form": form, "theme": theme})


@page(who=administrator, methods=ACT)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    theme = _theme(request, pk)
    if not theme.is_retired:
        tend_themes.move_theme(by=request.user, theme=theme, up=request.POST.get("way") == "up")
    url = reverse("territory:atelier_themes", args=[request.territory.slug])
    return redirect(f"{url}#theme-{theme.pk}")


@page(who=administrator, methods=FORM)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    theme = _theme(request, pk)
    if request.method == "POST":
        tend_themes.retire_theme(by=request.user, theme=theme)
        messages.success(
            request,
            _("Le thème « %(name)s » est retiré ; il peut être rétabli en bas de la page.")
            % {"name": theme.name},
        )
        return _back(request)
    return render(request, "parts/confirm.html", _retire_question(request, theme))


def _retire_question(request: HttpRequest, theme: Theme) -> dict[str, Any]:
    consequences = [_("Il ne sera plus proposé. Les voix et besoins qui le portent le gardent.")]
    if theme.children.filter(is_retired=False).exists():
        consequences.append(_("Les thèmes qu’il contient sont retirés avec lui."))
    return {
        "question": _("Retirer le thème « %(name)s » ?") % {"name": theme.name},
        "consequences": consequences,
        "action": _("Retirer le thème"),
        "danger": True,
        "confirm_url": request.path,
        "cancel_url": reverse("territory:atelier_themes", args=[request.territory.slug]),
        "base_template": "atelier/base.html",
    }


@page(who=administrator, methods=ACT)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    theme = _theme(request, pk)
    try:
        tend_themes.restore_theme(by=request.user, theme=theme)
    except ThemeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Le thème « %(name)s » est rétabli.") % {"name": theme.name})
    return _back(request)
