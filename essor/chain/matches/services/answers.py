"""Answering a proposal: accepted, declined or put off. The reason is used by the next calculation."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from essor.chain.matches.enums import Answer, Reason, Side
from essor.chain.matches.models import Match, MatchAnswer
from essor.chain.matches.notifications import tell_answered
from essor.chain.matches.policies import sides_of
from essor.common import clock
from essor.common.text import tidy
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person

PUT_OFF = timedelta(days=90)
LONGEST = timedelta(days=730)


class AnswerRefused(Exception):
    """The answer cannot be written so; the message says what to do."""


@transaction.atomic
def answer_match(
    *,
    by: Person,
    match: Match,
    answer: str,
    reason: str = "",
    words: str = "",
    until_on: date | None = None,
    side: str = "",
) -> MatchAnswer:
    """Answer a proposal for the side one is on. Each answer is a new row: people change their minds."""
    sides = sides_of(by, match)
    side = side or (sides[0] if sides else "")
    if side not in sides:
        raise AnswerRefused(_("Cette mise en relation ne vous est pas proposée."))
    written = MatchAnswer.objects.create(
        territory=match.run.territory,
        pair=match.pair,
        side=Side(side),
        answer=_known(answer),
        reason=_reason(answer, reason),
        words=tidy(words)[:600],
        until_on=_until(answer, until_on),
        by=by,
        at=clock.now(),
    )
    ledger.record(
        by=by,
        verb="match.answered",
        thing=match,
        territory=match.run.territory,
        data={"pair": match.pair, "answer": written.answer, "reason": written.reason, "side": side},
    )
    tell_answered(match, written)
    return written


@transaction.atomic
def forget_person(*, person: Person) -> int:
    """Words this person added to their answers are let go; that an answer was given stays.

    Proposals of their own card, or of a place they offer, quote their words: they go too.
    """
    Match.objects.filter(Q(actor__person=person) | Q(resource__actor__person=person)).delete()
    return MatchAnswer.objects.filter(by=person).update(words="", by=None)


def _known(answer: str) -> Answer:
    if answer not in Answer.values:
        raise AnswerRefused(_("Choisissez une réponse : accepter, décliner ou remettre à plus tard."))
    return Answer(answer)


def _reason(answer: str, reason: str) -> str:
    if answer != Answer.DECLINED:
        return ""
    if reason not in Reason.values:
        raise AnswerRefused(_("Dites pourquoi, d’un clic : le prochain calcul en tiendra compte."))
    return reason


def _until(answer: str, until_on: date | None) -> date | None:
    if answer != Answer.POSTPONED:
        return None
    until_on = until_on or clock.today() + PUT_OFF
    if not clock.today() < until_on <= clock.today() + LONGEST:
        raise AnswerRefused(_("La date doit venir après aujourd’hui, et dans deux ans au plus."))
    return until_on
