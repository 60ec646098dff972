"""What a picker asks for as one types."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse

from essor.web.access import anyone, page
from essor.web.picking.kinds import KINDS, MOST, WITHOUT


@page(who=anyone)
def pick(request: HttpRequest, kind: str) -> JsonResponse:
    """The first things of a kind that answer ``?q=``, but those of ``?sans=``; each kind says who may ask."""
    known = KINDS.get(kind)
    if known is None:
        raise Http404
    if not known.who(request):
        raise PermissionDenied
    without = [int(key) for key in request.GET.getlist("sans")[:WITHOUT] if key.isdecimal() and len(key) < 19]
    found = known.found(known.rows(request.territory).exclude(pk__in=without), request.GET.get("q", ""))
    results: list[dict[str, Any]] = [
        {"value": each.pk, "label": str(each), "detail": str(known.told(each))} for each in found[:MOST]
    ]
    answer = JsonResponse({"results": results, "more": len(found) > MOST})
    answer["Cache-Control"] = "private, no-store"
    return answer
