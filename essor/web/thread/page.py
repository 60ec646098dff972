"""The thread of one object as a page: the picture, then the same as text."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from essor.chain.alliances.models import Alliance
from essor.chain.challenges.models import Challenge
from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution
from essor.chain.needs.models import Evidence, Need
from essor.chain.opinions.models import Statement
from essor.chain.projects.models import Project
from essor.common.pagination import page_of
from essor.web.access import anyone, page
from essor.web.drawings.picture import Picture
from essor.web.figures import how_many
from essor.web.thread import climbing, drawing
from essor.web.thread.kinds import BY_PATH, KINDS
from essor.web.voices import source_line

_DRAWN: dict[str, Callable[[Any], Picture]] = {
    "voix": drawing.thread_of_voice,
    "affirmation": climbing.thread_of_statement,
    "besoin": drawing.thread_of_need,
    "defi": climbing.thread_of_challenge,
    "projet": climbing.thread_of_project,
    "alliance": climbing.thread_of_alliance,
    "rencontre": drawing.thread_of_gathering,
    "concertation": drawing.thread_of_consultation,
}
VOICES_A_PAGE = 20


def _voices_behind(thing: Any) -> Any:
    """The readable voices under an object, or None when it is itself a voice."""
    voices = Contribution.objects.public().select_related("gathering", "speaker").order_by("id")
    if isinstance(thing, Contribution):
        return None
    if isinstance(thing, Need):
        keys = Evidence.objects.filter(need=thing, contribution__state=VoiceState.PUBLISHED)
        return voices.filter(pk__in=keys.values("contribution"))
    if isinstance(thing, Statement):
        return voices.filter(climbing.behind_statement(thing))
    if isinstance(thing, Challenge | Project | Alliance):
        return voices.filter(climbing.behind(thing))
    return voices.filter(**{thing._meta.model_name: thing})


def _listed(request: HttpRequest, thing: Any, asked: str) -> Page | None:
    """One page of the readable voices under an object."""
    voices = _voices_behind(thing)
    if voices is None:
        return None
    number = how_many(request.territory, asked, voices)
    return page_of(request, voices, VOICES_A_PAGE, known=number)


@page(who=anyone)
def thread(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Where this comes from and what became of it, for anybody."""
    if kind not in BY_PATH:
        raise Http404
    territory = request.territory
    known = KINDS[BY_PATH[kind]]
    thing = get_object_or_404(known.visible(territory), pk=pk)
    thing.territory = territory
    listed = _listed(request, thing, f"thread {kind} {pk}")
    address = known.address(territory, thing)
    return render(
        request,
        "thread/page.html",
        {
            "kind": known,
            "said": known.words(thing),
            "address": address,
            "picture": _DRAWN[kind](thing),
            "page": listed,
            "voices": [(each, source_line(each)) for each in listed or ()],
            "crumbs": [(known.words(thing), address), (_("Le fil"), None)],
        },
    )
