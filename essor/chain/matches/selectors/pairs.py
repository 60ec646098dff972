"""Where each pair stands, from the latest answer of each side."""

from collections.abc import Iterable

from django.db.models import Max

from essor.chain.matches.enums import Answer, PairState, Side
from essor.chain.matches.models import MatchAnswer
from essor.common import clock
from essor.ground.territories.models import Territory


def latest_answers(
    territory: Territory, pairs: Iterable[str] | None = None
) -> dict[str, dict[str, MatchAnswer]]:
    """The latest answer of each side, by pair: one query, whatever the number of answers."""
    rows = MatchAnswer.objects.filter(territory=territory)
    if pairs is not None:
        rows = rows.filter(pair__in=list(pairs))
    last = rows.values("pair", "side").annotate(last=Max("id")).values("last")
    found: dict[str, dict[str, MatchAnswer]] = {}
    for each in MatchAnswer.objects.filter(pk__in=last).select_related("by"):
        found.setdefault(each.pair, {})[each.side] = each
    return found


def state_of(answers: dict[str, MatchAnswer]) -> PairState:
    """Where a pair stands. A refusal holds until its side says otherwise; putting off ends on its day."""
    said = list(answers.values())
    if any(each.answer == Answer.DECLINED for each in said):
        return PairState.DECLINED
    today = clock.today()
    if any(each.answer == Answer.POSTPONED and each.until_on and each.until_on >= today for each in said):
        return PairState.POSTPONED
    accepted = {each.side for each in said if each.answer == Answer.ACCEPTED}
    if Side.CANDIDATE in accepted and accepted & {Side.SEEKER, Side.FACILITATION}:
        return PairState.MET
    return PairState.SUGGESTED if accepted else PairState.WAITING
