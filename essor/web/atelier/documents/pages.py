"""The facilitator's documents: add, replace, publish, withdraw."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.common.pagination import page_of
from essor.ground.documents.enums import DocumentState
from essor.ground.documents.models import Document
from essor.ground.documents.services import (
    MEDIA_TYPES,
    DocumentRefused,
    add_document,
    publish_document,
    replace_document,
    withdraw_document,
)
from essor.ground.gatherings.models import Gathering
from essor.web.access import ACT, FORM, facilitator, page

_FILE = forms.ClearableFileInput(attrs={"accept": ",".join(MEDIA_TYPES)})


class DocumentForm(forms.Form):
    """A new document."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=160)
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, max_length=2000, widget=forms.Textarea
    )
    file = forms.FileField(label=gettext_lazy("Fichier"), widget=_FILE)


class VersionForm(forms.Form):
    """A new version of a document."""

    file = forms.FileField(label=gettext_lazy("Nouvelle version du fichier"), widget=_FILE)


@page(who=facilitator)
def atelier_documents(request: HttpRequest) -> HttpResponse:
    """Every document, whatever its state."""
    documents = Document.objects.in_territory(request.territory)
    state = request.GET.get("state", "")
    if state in DocumentState.values:
        documents = documents.filter(state=state)
    listed = page_of(request, documents)
    return render(
        request,
        "atelier/documents.html",
        {"page": listed, "states": DocumentState.choices, "state": state},
    )


@page(who=facilitator, methods=FORM)
def atelier_document_new(request: HttpRequest) -> HttpResponse:
    """Add one; ``?rencontre=<slug>`` attaches it to a gathering."""
    territory = request.territory
    slug = request.GET.get("rencontre", "")
    gathering = get_object_or_404(Gathering.objects.in_territory(territory), slug=slug) if slug else None
    form = DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            document = add_document(
                by=request.user, territory=territory, thing=gathering, **form.cleaned_data
            )
        except DocumentRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("Le document est déposé. Il reste à le publier."))
            return redirect("territory:document", territory.slug, document.pk)
    return _form(
        request, form, _("Déposer un document"), reverse("territory:atelier_documents", args=[territory.slug])
    )


@page(who=facilitator, methods=FORM)
def atelier_document_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a version."""
    territory = request.territory
    document = get_object_or_404(Document.objects.in_territory(territory), pk=pk)
    form = VersionForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            replace_document(by=request.user, document=document, file=form.cleaned_data["file"])
        except DocumentRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("La nouvelle version est déposée ; l’ancienne reste lisible."))
            return redirect("territory:document", territory.slug, pk)
    return _form(request, form, document.title, reverse("territory:document", args=[territory.slug, pk]))


@page(who=facilitator, methods=ACT)
def atelier_document_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish it, or withdraw it when ``withdraw`` is posted."""
    document = get_object_or_404(Document.objects.in_territory(request.territory), pk=pk)
    document.territory = request.territory
    act = withdraw_document if "withdraw" in request.POST else publish_document
    try:
        act(by=request.user, document=document)
    except DocumentRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("C’est fait : le document est « %(state)s ».") % {
            "state": document.get_state_display()})  # fmt: skip
    return redirect("territory:document", request.territory.slug, pk)


def _form(request: HttpRequest, form: forms.Form, title: str, cancel_url: str) -> HttpResponse:
    return render(request, "atelier/form_page.html", {"form": form, "title": title, "cancel_url": cancel_url})
