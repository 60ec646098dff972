"""Milestones and news, as the team writes them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from essor.chain.projects.models import Milestone, News, Project
from essor.chain.projects.services import steps
from essor.chain.projects.services.refusals import ProjectRefused
from essor.web.access import ACT, FORM, page, signed_in
from essor.web.projects.acts import back_to, tried
from essor.web.projects.forms import BecauseForm, MilestoneForm, NewsForm
from essor.web.projects.loading import written_project
from essor.web.projects.pages import form_page


@page(who=signed_in, methods=FORM)
def milestone_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Promise something for a day."""
    found = written_project(request, slug)
    form = MilestoneForm(request.POST or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "due_on", "note")}
        try:
            steps.add_milestone(by=request.user, project=found, **given)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le jalon est ajouté."))
            return back_to(found)
    return form_page(request, found, form, _("Ajouter un jalon"))


@page(who=signed_in, methods=FORM)
def milestone(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say where a milestone stands, or move its day."""
    found = written_project(request, slug)
    mine = _milestone(found, pk)
    start = {name: getattr(mine, name) for name in ("title", "due_on", "progress", "note")}
    form = MilestoneForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            steps.change_milestone(by=request.user, milestone=mine, **form.cleaned_data)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le jalon est modifié."))
            return back_to(found)
    return form_page(request, found, form, _("Où en est ce jalon ?"))


@page(who=signed_in, methods=ACT)
def milestone_done(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A milestone is reached, or taken up again when ``back`` is posted."""
    found = written_project(request, slug)
    mine = _milestone(found, pk)
    if "back" in request.POST:
        tried(
            request,
            lambda: steps.reopen_milestone(by=request.user, milestone=mine),
            _("Le jalon est rouvert."),
        )
    else:
        said = _("Le jalon est atteint. Celles et ceux qui suivent le projet le sauront.")
        tried(request, lambda: steps.finish_milestone(by=request.user, milestone=mine), said)
    return back_to(found)


@page(who=signed_in, methods=FORM)
def milestone_drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a milestone up, and say why."""
    found = written_project(request, slug)
    mine = _milestone(found, pk)
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["why"]
        if tried(
            request,
            lambda: steps.drop_milestone(by=request.user, milestone=mine, because=because),
            _("Le jalon est abandonné, et la raison affichée."),
            form=form,
        ):
            return back_to(found)
    return form_page(request, found, form, _("Abandonner ce jalon"))


@page(who=signed_in, methods=FORM)
def news_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Give news."""
    found = written_project(request, slug)
    form = NewsForm(request.POST or None)
    if form.is_valid():
        try:
            steps.tell_news_of(by=request.user, project=found, **form.cleaned_data)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La nouvelle est donnée à celles et ceux qui suivent le projet."))
            return _to_news(found)
    return form_page(request, found, form, _("Donner des nouvelles"))


@page(who=signed_in, methods=FORM)
def news_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Mend a piece of news."""
    found = written_project(request, slug)
    mine = get_object_or_404(News.objects.filter(project=found), pk=pk)
    form = NewsForm(request.POST or None, initial={"title": mine.title, "words": mine.words})
    if form.is_valid():
        try:
            steps.change_news(by=request.user, news=mine, **form.cleaned_data)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La nouvelle est corrigée."))
            return _to_news(found)
    return form_page(request, found, form, _("Corriger la nouvelle"))


@page(who=signed_in, methods=ACT)
def news_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a piece of news off, or put it back when ``back`` is posted."""
    found = written_project(request, slug)
    mine = get_object_or_404(News.objects.filter(project=found), pk=pk)
    back = "back" in request.POST
    said = _("La nouvelle est remise.") if back else _("La nouvelle est retirée. Vous pouvez la remettre.")
    tried(request, lambda: steps.withdraw_news(by=request.user, news=mine, back=back), said)
    return _to_news(found)


def _milestone(found: Project, pk: int) -> Milestone:
    mine = get_object_or_404(Milestone.objects.filter(project=found), pk=pk)
    mine.project = found
    return mine


def _to_news(found: Project) -> HttpResponse:
    return redirect("territory:project_news", found.territory.slug, found.slug)
