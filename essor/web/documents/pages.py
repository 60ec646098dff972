"""Documents that anybody may read, and their earlier versions."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.common.pagination import page_of
from essor.ground.documents.models import Document
from essor.ground.documents.policies import can_read_document
from essor.web.access import anyone, page
from essor.web.refusals import not_found_unless


def readable_document(request: HttpRequest, pk: int) -> Document:
    """The document, or 404 when it is not for this visitor."""
    document = get_object_or_404(Document.objects.in_territory(request.territory), pk=pk)
    document.territory = request.territory
    not_found_unless(can_read_document(request.user, document))
    return document


@page(who=anyone)
def documents(request: HttpRequest) -> HttpResponse:
    """Published documents, newest first."""
    published = Document.objects.in_territory(request.territory).published().order_by("-published_at")
    asked = request.GET.get("q", "").strip()[:100]
    if asked:
        published = published.filter(title__icontains=asked)
    return render(request, "documents/list.html", {"page": page_of(request, published), "asked": asked})


@page(who=anyone)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document with its versions and their digests."""
    found = readable_document(request, pk)
    crumbs = [
        (_("Documents"), reverse("territory:documents", args=[request.territory.slug])),
        (found.title, None),
    ]
    return render(
        request,
        "documents/document.html",
        {"document": found, "versions": found.versions.all(), "crumbs": crumbs},
    )


@page(who=anyone)
def document_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The bytes of one version, always as a download."""
    version = get_object_or_404(readable_document(request, pk).versions, number=number)
    not_found_unless(version.file.storage.exists(version.file.name))
    answer = FileResponse(
        version.file.open("rb"),
        as_attachment=True,
        filename=version.filename,
        content_type=version.media_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
