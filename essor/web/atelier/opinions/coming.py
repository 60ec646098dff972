"""Opinion votes in the atelier."""

from django.http import Http404, HttpRequest, HttpResponse

from essor.web.access import facilitator, page


@page(facilitator, ("GET", "HEAD", "POST"))
def coming(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not written yet."""
    raise Http404
