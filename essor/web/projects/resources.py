"""What a project seeks and offers; offering help, and answering it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from essor.chain.projects.enums import HelpState
from essor.chain.projects.models import OfferOfHelp, Project, ProjectResource
from essor.chain.projects.services import resources
from essor.chain.projects.services.refusals import ProjectRefused
from essor.common.limits import allowed
from essor.ground.directory.selectors.spoken_for import actors_spoken_for
from essor.web.access import ACT, FORM, page, signed_in
from essor.web.projects.acts import back_to, tried
from essor.web.projects.forms import HelpForm, ResourceForm
from essor.web.projects.loading import project_crumbs, readable_project, written_project
from essor.web.projects.pages import form_page

HOURLY = 20


@page(who=signed_in, methods=FORM)
def project_resources(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the project seeks and offers, with the help that was offered."""
    found = written_project(request, slug)
    form = ResourceForm(request.POST or None)
    if form.is_valid():
        try:
            resources.add_resource(by=request.user, project=found, **form.cleaned_data)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("C’est ajouté."))
            return _to_resources(found)
    offers = OfferOfHelp.objects.filter(resource__project=found).select_related("resource", "person", "actor")
    return render(
        request,
        "projects/resources.html",
        {
            "project": found,
            "form": form,
            "resources": found.resources.filter(closed_at=None).select_related("met_by"),
            "closed": found.resources.exclude(closed_at=None).order_by("-closed_at")[:5],
            "offers": offers.filter(state=HelpState.OPEN),
            "answered": offers.exclude(state=HelpState.OPEN)[:10],
            "crumbs": project_crumbs(request, found, _("Cherche et propose")),
        },
    )


@page(who=signed_in, methods=ACT)
def resource_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Close, reopen, or say that it was found."""
    found = written_project(request, slug)
    mine = _resource(found, pk)
    if "back" in request.POST:
        tried(request, lambda: resources.reopen_resource(by=request.user, resource=mine), _("C’est remis."))
    elif "met" in request.POST:
        tried(
            request,
            lambda: resources.meet_resource(by=request.user, resource=mine),
            _("Bonne nouvelle : trouvé."),
        )
    else:
        said = _("C’est retiré. Vous pouvez le remettre ci-dessous.")
        tried(request, lambda: resources.close_resource(by=request.user, resource=mine), said)
    return _to_resources(found)


@page(who=signed_in, methods=FORM)
def help_offer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say to the team: I can bring that."""
    found = readable_project(request, slug)
    mine = _resource(found, pk)
    actors = actors_spoken_for(request.user, request.territory)
    form = HelpForm(request.POST or None, actors=actors)
    if form.is_valid():
        try:
            _offered(request, mine, form)
        except ProjectRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Merci ! L’équipe du projet vous répondra."))
            return back_to(found)
    return form_page(request, found, form, _("J’ai cela : %(what)s") % {"what": mine.words})


@page(who=signed_in, methods=ACT)
def help_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The team says yes or no to an offer of help."""
    found = written_project(request, slug)
    offer = get_object_or_404(OfferOfHelp.objects.filter(resource__project=found), pk=pk)
    accepted = "no" not in request.POST
    said = _("C’est dit : oui, merci.") if accepted else _("C’est dit : non merci.")
    tried(request, lambda: resources.answer_help(by=request.user, offer=offer, accepted=accepted), said)
    return _to_resources(found)


def _offered(request: HttpRequest, mine: ProjectResource, form: HelpForm) -> None:
    if not allowed(f"help:{request.user.pk}", times=HOURLY, seconds=3600):
        raise ProjectRefused(_("Vous avez proposé beaucoup d’aide cette heure-ci. Revenez un peu plus tard."))
    given = form.cleaned_data
    resources.offer_help(by=request.user, resource=mine, words=given["words"], actor=given.get("actor"))


def _resource(found: Project, pk: int) -> ProjectResource:
    mine = get_object_or_404(ProjectResource.objects.filter(project=found), pk=pk)
    mine.project = found
    return mine


def _to_resources(found: Project) -> HttpResponse:
    return redirect("territory:project_resources", found.territory.slug, found.slug)
