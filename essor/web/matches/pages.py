"""Proposals as those concerned read and answer them."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.matches.enums import PairState, Side
from essor.chain.matches.models import Match, MatchAnswer
from essor.chain.matches.policies import candidate_actor, sides_of
from essor.chain.matches.selectors.listing import RELATED, current_run, matches_for, proposed_of
from essor.chain.matches.services.answers import AnswerRefused, answer_match
from essor.common.pagination import page_of
from essor.ground.people.policies import can_facilitate
from essor.web.access import FORM, member, page
from essor.web.matches.forms import AnswerForm
from essor.web.matches.shown import ShownMatch, shown_match, shown_matches
from essor.web.matches.wording import said_effect


@page(who=member)
def mine(request: HttpRequest) -> HttpResponse:
    """What is proposed to the actors I speak for and to the projects I carry."""
    territory = request.territory
    listed = page_of(request, matches_for(request.user, territory))
    proposed = proposed_of(request.user, territory, listed)
    return render(
        request,
        "matches/mine.html",
        {
            "page": listed,
            "matches": [
                replace(each, seen_by_candidate=each.match.pk in proposed)
                for each in shown_matches(territory, listed)
            ],
            "run": current_run(territory),
            "crumbs": [(_("Mises en relation"), None)],
        },
    )


@page(who=member, methods=FORM)
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: why, what would change it, and what one answers."""
    territory = request.territory
    found = get_object_or_404(Match.objects.filter(run__territory=territory).select_related(*RELATED), pk=pk)
    sides = sides_of(request.user, found)
    if not sides:
        raise Http404
    form = AnswerForm(request.POST or None)
    if form.is_valid() and _answered(request, found, form):
        return redirect("territory:match", territory.slug, found.pk)
    shown = shown_match(territory, found)
    return render(request, "matches/match.html", _context(request, shown, sides, form))


def _answered(request: HttpRequest, found: Match, form: AnswerForm) -> bool:
    try:
        given = answer_match(
            by=request.user, match=found, side=request.POST.get("side", ""), **form.cleaned_data
        )
    except AnswerRefused as refused:
        form.add_error(None, str(refused))
        return False
    effect = said_effect(given.reason, is_candidate=given.side == Side.CANDIDATE) if given.reason else ""
    messages.success(request, " ".join(filter(None, [_("C’est noté."), effect])))
    return True


def _context(request: HttpRequest, shown: ShownMatch, sides: list[str], form: AnswerForm) -> dict[str, Any]:
    territory = request.territory
    actor = candidate_actor(shown.match)
    is_met = shown.state == PairState.MET
    facilitates = can_facilitate(request.user, territory)
    alliance = reverse("territory:alliances", args=[territory.slug]) + "nouvelle/"
    back = "territory:atelier_matches" if facilitates else "territory:matches"
    return {
        "shown": shown,
        "form": form,
        "sides": [(each, _in_whose_name(shown, each)) for each in sides],
        "own_answer": next((each for each in reversed(shown.answers) if each.side in sides), None),
        "history": _history(shown.match),
        "is_met": is_met,
        "contact": actor.contact if actor is not None and is_met else "",
        "alliance_url": f"{alliance}?rapprochement={shown.match.pair}",
        "crumbs": [
            (_("Mises en relation"), reverse(back, args=[territory.slug])),
            (shown.candidate.name, None),
        ],
    }


def _in_whose_name(shown: ShownMatch, side: str) -> str:
    """Whose answer it is, and about what."""
    said = {
        Side.SEEKER: _("%(seeker)s, à propos de « %(candidate)s »"),
        Side.CANDIDATE: _("%(candidate)s, à propos de « %(seeker)s »"),
        Side.FACILITATION: _("la facilitation, entre « %(seeker)s » et « %(candidate)s »"),
    }[Side(side)]
    return said % {"seeker": shown.seeker.name, "candidate": shown.candidate.name}


def _history(found: Match) -> list[MatchAnswer]:
    rows = MatchAnswer.objects.filter(territory=found.run.territory, pair=found.pair)
    return list(rows.select_related("by")[:20])
