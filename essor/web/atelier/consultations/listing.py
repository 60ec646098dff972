"""The consultations of the territory, whatever their state."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.chain.listening.enums import ConsultationState, VoiceState
from essor.chain.listening.models import Consultation
from essor.common.pagination import page_of
from essor.web.access import facilitator, page

_COUNTED = (VoiceState.PUBLISHED, VoiceState.PRIVATE)


@page(who=facilitator)
def atelier_consultations(request: HttpRequest) -> HttpResponse:
    """Every consultation with its state and its voices."""
    rows = Consultation.objects.in_territory(request.territory)
    state = request.GET.get("state", "")
    if state in ConsultationState.values:
        rows = rows.filter(state=state)
    asked = request.GET.get("q", "").strip()[:100]
    if asked:
        rows = rows.filter(title__icontains=asked)
    counted = Count("voices", filter=Q(voices__state__in=_COUNTED))
    rows = rows.annotate(voices_count=counted).order_by("-created_at", "-id")
    context = {"page": page_of(request, rows), "states": ConsultationState.choices, "state": state}
    return render(request, "atelier/consultations/list.html", {**context, "asked": asked})
