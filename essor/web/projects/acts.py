"""What a team does with its project: publish it, move it, say which needs it answers, follow it."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.projects.lifecycle import STAGE_MOVES
from essor.chain.projects.models import Project, ProjectNeed
from essor.chain.projects.services.follows import follow, unfollow
from essor.chain.projects.services.projects import move_project
from essor.chain.projects.services.refusals import ProjectRefused
from essor.journeys import answer_needs
from essor.web.access import ACT, FORM, moderator, page, signed_in
from essor.web.figures import forget_figures
from essor.web.projects.forms import BecauseForm, NeedAnswerForm, StageForm
from essor.web.projects.loading import led_project, readable_project, written_project
from essor.web.projects.pages import form_page


def back_to(project: Project) -> HttpResponse:
    """The page of the project."""
    return redirect("territory:project", project.territory.slug, project.slug)


def tried(request: HttpRequest, act: Callable[[], object], said: str, form: Form | None = None) -> bool:
    """Do it and say so, or say why it cannot be done: in the form when there is one,
    which keeps what was typed.
    """
    try:
        act()
    except ProjectRefused as refused:
        if form is not None:
            form.add_error(None, str(refused))
        else:
            messages.error(request, str(refused))
        return False
    messages.success(request, said)
    return True


@page(who=signed_in, methods=FORM)
def project_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish after a confirmation that says what everybody will see."""
    found = led_project(request, slug)
    if request.method == "POST":
        tried(
            request,
            lambda: answer_needs.publish_project(by=request.user, project=found),
            _("Le projet est publié : tout le monde peut le lire et le suivre."),
        )
        forget_figures(request.territory)
        return back_to(found)
    words = {
        "question": _("Publier ce projet ?"),
        "consequences": [
            found.pitch,
            _("Tout le monde verra le projet, son équipe, ses jalons et ses nouvelles."),
            _("Les besoins auxquels il répond montreront qu’un projet s’en occupe."),
        ],
        "action": _("Publier"),
    }
    return _confirm(request, found, words)


@page(who=signed_in, methods=FORM)
def project_unpublish(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the project back to draft, after a confirmation."""
    found = led_project(request, slug)
    if request.method == "POST":
        tried(
            request,
            lambda: answer_needs.unpublish_project(by=request.user, project=found),
            _("Le projet est de nouveau un brouillon."),
        )
        forget_figures(request.territory)
        return back_to(found)
    words = {
        "question": _("Remettre ce projet en brouillon ?"),
        "what_happens": _("Il ne sera plus lu que par son équipe et la facilitation. Rien n’est effacé."),
        "action": _("Remettre en brouillon"),
        "danger": True,
    }
    return _confirm(request, found, words)


@page(who=signed_in, methods=FORM)
def project_stage(request: HttpRequest, slug: str) -> HttpResponse:
    """Move the project to another stage, with a word."""
    found = led_project(request, slug)
    form = StageForm(request.POST or None, moves=STAGE_MOVES[found.stage])
    if form.is_valid():
        try:
            move_project(by=request.user, project=found, **form.cleaned_data)
        except ProjectRefused as refused:
            form.add_error("why", str(refused))
        else:
            messages.success(
                request, _("L’étape du projet est changée. Celles et ceux qui le suivent le sauront.")
            )
            return back_to(found)
    return form_page(request, found, form, _("Changer l’étape du projet"))


@page(who=signed_in, methods=FORM)
def project_need(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the project answers a need, and how."""
    found = written_project(request, slug)
    form = NeedAnswerForm(request.POST or None, territory=request.territory)
    if form.is_valid():
        try:
            answer_needs.answer_need(by=request.user, project=found, **form.cleaned_data)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("C’est dit : le projet répond à ce besoin."))
            return back_to(found)
    return form_page(request, found, form, _("À quel besoin répond-il ?"))


@page(who=signed_in, methods=FORM)
def project_need_release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The project no longer answers a need, after a confirmation."""
    found = written_project(request, slug)
    answer = get_object_or_404(ProjectNeed.objects.filter(project=found).select_related("need"), pk=pk)
    if request.method == "POST":
        tried(
            request,
            lambda: answer_needs.release_need(by=request.user, project=found, need=answer.need),
            _("Le projet ne répond plus à ce besoin."),
        )
        return back_to(found)
    words = {
        "question": _("Retirer ce besoin du projet ?"),
        "consequences": [
            answer.need.statement if answer.need.is_public else _("Ce besoin n’est plus publié."),
            _("Le fil entre les deux s’arrête ; l’histoire le garde."),
        ],
        "action": _("Retirer"),
        "danger": True,
    }
    return _confirm(request, found, words)


@page(who=signed_in, methods=ACT)
def project_follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow the project, or no longer when ``back`` is posted."""
    found = readable_project(request, slug)
    if "back" in request.POST:
        tried(request, lambda: unfollow(by=request.user, project=found), _("Vous ne suivez plus ce projet."))
    else:
        said = _("Vous suivez ce projet : vous saurez ce qu’il devient.")
        tried(request, lambda: follow(by=request.user, project=found), said)
    return back_to(found)


@page(who=moderator, methods=FORM)
def project_hide(request: HttpRequest, slug: str) -> HttpResponse:
    """Moderators hide a project, with a reason its team reads."""
    found = readable_project(request, slug)
    form = BecauseForm(request.POST or None)
    if form.is_valid() and tried(
        request,
        lambda: answer_needs.hide_project(by=request.user, project=found, why=form.cleaned_data["why"]),
        _("Le projet est masqué, et son équipe est prévenue."),
        form=form,
    ):
        forget_figures(request.territory)
        return redirect("territory:atelier_moderation", request.territory.slug)
    return form_page(request, found, form, _("Masquer ce projet"))


@page(who=moderator, methods=ACT)
def project_restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a hidden project again."""
    rows = Project.objects.in_territory(request.territory).select_related("territory")
    found = get_object_or_404(rows, slug=slug)
    tried(
        request,
        lambda: answer_needs.restore_project(by=request.user, project=found),
        _("Le projet est rétabli."),
    )
    forget_figures(request.territory)
    return back_to(found)


def _confirm(request: HttpRequest, found: Project, words: dict[str, object]) -> HttpResponse:
    shown = {
        **words,
        "confirm_url": request.path,
        "cancel_url": reverse("territory:project", args=[request.territory.slug, found.slug]),
    }
    return render(request, "parts/confirm.html", shown)
