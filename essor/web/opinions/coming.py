"""The pages of opinion votes."""

from django.http import Http404, HttpRequest, HttpResponse

from essor.web.access import anyone, page


@page(anyone, ("GET", "HEAD", "POST"))
def coming(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Not written yet."""
    raise Http404
