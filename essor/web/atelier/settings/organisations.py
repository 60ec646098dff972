"""The organisations of the territory."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.common.pagination import page_of
from essor.ground.people.models import Organisation
from essor.ground.people.selectors import members_of, organisation_members, organisations_of
from essor.ground.people.services.organisations import OrganisationRefused
from essor.ground.territories.selectors import commune_names
from essor.journeys import keep_organisations
from essor.web.access import ACT, FORM, facilitator, page
from essor.web.atelier.settings.forms import OrganisationForm, OrganisationMemberForm, OrganisationsFilter
from essor.web.atelier.settings.tabs import show
from essor.web.exports import export, wanted

COLUMNS = [
    (gettext_lazy("Nom"), lambda each: each.name),
    (gettext_lazy("Famille d’acteurs"), lambda each: each.get_family_display()),
    (gettext_lazy("Forme juridique"), lambda each: each.get_legal_form_display()),
    (gettext_lazy("SIREN"), lambda each: each.siren),
    (gettext_lazy("Code INSEE de la commune"), lambda each: each.commune_code),
    (gettext_lazy("Site"), lambda each: each.website),
    (gettext_lazy("Personnes"), lambda each: each.members_count),
]


def _organisation(request: HttpRequest, pk: int) -> Organisation:
    organisations = Organisation.objects.in_territory(request.territory).select_related("territory")
    return get_object_or_404(organisations, pk=pk)


@page(who=facilitator)
def listing(request: HttpRequest) -> HttpResponse:
    form = OrganisationsFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    organisations = organisations_of(
        request.territory,
        asked=asked.get("q", ""),
        family=asked.get("family", ""),
        archived=asked.get("archived", False),
    )
    if wanted(request):
        return export(request, organisations, COLUMNS, "organisations")
    context = {"filters": form, "page": page_of(request, organisations)}
    return show(
        request,
        "atelier/settings/organisations.html",
        {**context, "communes": commune_names(request.territory)},
    )


@page(who=facilitator, methods=FORM)
def new(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None, territory=request.territory)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = keep_organisations.add_organisation(
                by=request.user, territory=request.territory, **form.cleaned_data
            )
        except OrganisationRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("« %(name)s » est ajoutée.") % {"name": organisation.name})
            return redirect("territory:atelier_organisation", request.territory.slug, organisation.pk)
    return show(request, "atelier/settings/organisation.html", {"form": form})


@page(who=facilitator, methods=FORM)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = _organisation(request, pk)
    form = OrganisationForm(request.POST or None, instance=organisation, territory=request.territory)
    if request.method == "POST" and form.is_valid():
        try:
            keep_organisations.change_organisation(
                by=request.user, organisation=organisation, **form.cleaned_data
            )
        except OrganisationRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("« %(name)s » est enregistrée.") % {"name": organisation.name})
            return redirect(request.path)
    context = {
        "form": form,
        "organisation": organisation,
        "members": organisation_members(organisation),
        "member_form": OrganisationMemberForm(),
    }
    return show(request, "atelier/settings/organisation.html", context)


@page(who=facilitator, methods=ACT)
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Archive, or take it back: the same button the other way undoes it."""
    organisation = _organisation(request, pk)
    name = {"name": organisation.name}
    if organisation.is_archived:
        keep_organisations.restore_organisation(by=request.user, organisation=organisation)
        messages.success(request, _("« %(name)s » est rétablie.") % name)
    else:
        keep_organisations.archive_organisation(by=request.user, organisation=organisation)
        messages.success(request, _("« %(name)s » est archivée : elle n’est plus proposée.") % name)
    return redirect("territory:atelier_organisation", request.territory.slug, organisation.pk)


@page(who=facilitator, methods=ACT)
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = _organisation(request, pk)
    form = OrganisationMemberForm(request.POST)
    found = list(members_of(request.territory, asked=form.data.get("member", ""))[:2])
    if not form.is_valid() or len(found) != 1:
        messages.error(request, _one_please(len(found) if form.is_valid() else 0))
    else:
        person = found[0].person
        keep_organisations.add_organisation_member(
            by=request.user,
            organisation=organisation,
            person=person,
            title=form.cleaned_data["title"],
            is_contact=form.cleaned_data["is_contact"],
        )
        said = _("%(person)s parle maintenant pour « %(name)s ».")
        messages.success(request, said % {"person": person.shown_name, "name": organisation.name})
    return redirect("territory:atelier_organisation", request.territory.slug, organisation.pk)


def _one_please(found: int) -> str:
    if found:
        return _("Plusieurs membres répondent à ce nom : écrivez l’adresse entière.")
    return _("Aucun membre du territoire ne répond à ce nom : vérifiez-le, ou invitez d’abord la personne.")


@page(who=facilitator, methods=ACT)
def member_remove(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    organisation = _organisation(request, pk)
    found = get_object_or_404(organisation_members(organisation), pk=member)
    keep_organisations.remove_organisation_member(by=request.user, member=found)
    said = _("%(person)s ne parle plus pour « %(name)s ».")
    messages.success(request, said % {"person": found.person.shown_name, "name": organisation.name})
    return redirect("territory:atelier_organisation", request.territory.slug, organisation.pk)
