"""The picture that goes with a shared link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from essor.web.access import anyone, page
from essor.web.drawings.share_image import share_image


@page(who=anyone)
@cache_control(max_age=86_400, public=True)
def share_picture(request: HttpRequest) -> HttpResponse:
    """A PNG of 1200 × 630 with the name and the promise of the territory."""
    territory = request.territory
    png = share_image(
        title=territory.promise or _("Ce que vous dites devient ce que nous faisons."),
        territory=territory.name,
        step="listen",
        step_label=_("Donner sa voix"),
    )
    if png is None:
        raise Http404
    return HttpResponse(png, content_type="image/png")
