"""My voices, and what became of each."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.chain.alliances.selectors.chain import with_what_is_left_alone
from essor.chain.listening.models import Contribution
from essor.chain.needs.models import Need
from essor.common.pagination import page_of
from essor.ground.ledger.enums import LinkKind
from essor.ground.ledger.models import Link
from essor.web.access import page, signed_in


@dataclass(frozen=True, slots=True)
class Became:
    """A voice of mine with the public needs it supports or nuances today."""

    voice: Contribution
    supports: tuple[Need, ...]
    nuances: tuple[Need, ...]


@page(who=signed_in)
def my_voices(request: HttpRequest) -> HttpResponse:
    mine = (
        Contribution.objects.filter(speaker__person=request.user)
        .select_related("territory", "consultation", "gathering", "theme")
        .order_by("-said_at", "-id")
    )
    shown = page_of(request, mine)
    return render(request, "accounts/my_voices.html", {"page": shown, "voices": what_became_of(shown)})


def what_became_of(voices) -> list[Became]:
    """Two queries, whatever the number of voices: the stitches that stand, and the needs they lead to."""
    voices = list(voices)
    label = Contribution._meta.label_lower
    stitches = list(
        Link.objects.standing()
        .filter(
            source_type=label,
            source_id__in=[voice.pk for voice in voices],
            result_type=Need._meta.label_lower,
        )
        .values_list("source_id", "result_id", "kind")
    )
    needs = (
        with_what_is_left_alone(Need.objects.public())
        .select_related("territory")
        .in_bulk({need for _, need, _ in stitches})
    )
    found: dict[tuple[int, str], list[Need]] = {}
    for voice, need, kind in stitches:
        if need in needs:
            found.setdefault((voice, kind), []).append(needs[need])
    return [
        Became(
            voice,
            tuple(found.get((voice.pk, LinkKind.SUPPORTS), ())),
            tuple(found.get((voice.pk, LinkKind.NUANCES), ())),
        )
        for voice in voices
    ]
