"""One need: what people said, the evidence, the thread."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.alliances.selectors.chain import answers_to, with_what_is_left_alone
from essor.chain.listening.enums import VoiceState
from essor.chain.needs.enums import Stance
from essor.chain.needs.models import Evidence, Need
from essor.common.pagination import page_of
from essor.ground.ledger.selectors import public_history_of
from essor.ground.territories.models import Territory
from essor.web.access import anyone, page
from essor.web.needs.concern import says_it_concerns
from essor.web.thread.drawing import thread_of_need
from essor.web.visitors import speaker_of
from essor.web.voices import source_line

QUOTES_SHOWN = 6
COUNTED_ELSEWHERE = ("need.concern_said", "need.concern_taken_back")  # each would be a line of the story


def public_need(territory: Territory, slug: str) -> Need:
    """The need at this address, or 404 when it is not public here."""
    needs = with_what_is_left_alone(Need.objects.in_territory(territory).public())
    return get_object_or_404(needs.select_related("theme", "group__synthesis"), slug=slug)


def readable_evidence(need: Need) -> QuerySet[Evidence]:
    """The voices of a need that anybody may read, with what introduces them."""
    return Evidence.objects.filter(need=need, contribution__state=VoiceState.PUBLISHED).select_related(
        "contribution__gathering", "contribution__speaker"
    )


def as_quotes(rows: list[Evidence], territory: Territory) -> list[dict[str, object]]:
    """Evidence as the quote part shows it."""
    return [
        {
            "text": each.contribution.words,
            "source": source_line(each.contribution),
            "contrary": each.stance == Stance.CONTRARY,
            "url": reverse("territory:voice", args=[territory.slug, each.contribution_id]),
        }
        for each in rows
    ]


@page(who=anyone)
def need(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a need."""
    territory = request.territory
    need = public_need(territory, slug)
    chosen = list(readable_evidence(need).order_by("-is_quote", "position", "id")[:QUOTES_SHOWN])
    communes = need.communes.values_list("code", flat=True)
    speaker = speaker_of(request)
    return render(
        request,
        "needs/need.html",
        {
            "need": need,
            "quotes": as_quotes(chosen, territory),
            "communes": territory.communes.filter(code__in=communes),
            "synthesis": need.group.synthesis if need.group else None,
            "answers": answers_to(need),
            "thread": thread_of_need(need),
            "move": need.moves.exclude(why="").first(),
            "concerns_me": says_it_concerns(need, speaker),
            "history": public_history_of(need, 8, COUNTED_ELSEWHERE),
            "crumbs": [
                (_("Besoins"), reverse("territory:needs", args=[territory.slug])),
                (need.statement, None),
            ],
        },
    )


@page(who=anyone)
def need_voices(request: HttpRequest, slug: str) -> HttpResponse:
    """Every readable voice behind a need, contrary ones included."""
    territory = request.territory
    need = public_need(territory, slug)
    rows = readable_evidence(need).order_by("-is_quote", "id")
    only_contrary = request.GET.get("stance") == Stance.CONTRARY
    if only_contrary:
        rows = rows.filter(stance=Stance.CONTRARY)
    listed = page_of(request, rows)
    return render(
        request,
        "needs/voices.html",
        {
            "need": need,
            "page": listed,
            "quotes": as_quotes(list(listed), territory),
            "only_contrary": only_contrary,
            "crumbs": [
                (_("Besoins"), reverse("territory:needs", args=[territory.slug])),
                (need.statement, need_address(need, territory)),
                (_("Voix"), None),
            ],
        },
    )


def need_address(need: Need, territory: Territory) -> str:
    """The address of a need's page."""
    return reverse("territory:need", args=[territory.slug, need.slug])
