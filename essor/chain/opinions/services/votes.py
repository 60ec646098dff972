"""Voting. A vote is one transaction: the event, the present answer, the counts, and a wish for a new map.

The history of votes is the table of votes itself, which the database refuses to change; the ledger, which
everybody reads, does not say who voted when.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.chain.opinions.enums import Choice, Door, StatementStatus
from essor.chain.opinions.models import CurrentVote, Participant, Statement, StatementTally, Vote
from essor.chain.opinions.services.refusals import NotTaking, OpinionRefused, PleaseWait
from essor.chain.opinions.services.tallies import count_change, request_map
from essor.common import clock

PACE = 60  # votes in one window: reading a sentence takes a second at least
WINDOW = timedelta(minutes=1)


@dataclass(frozen=True)
class CastVote:
    """What was answered, on which statement (the one it was merged into, if it was), and what it replaces."""

    statement: Statement
    choice: int
    before: int | None
    is_repeat: bool = False  # the same answer was already there: nothing was written


@transaction.atomic
def cast_vote(
    *, participant: Participant, statement: Statement, choice: int, channel: str = Door.ONLINE
) -> CastVote:
    """Answer a statement, or change one's answer. The last one counts; every one stays in the history."""
    if choice not in Choice.values:
        raise OpinionRefused(_("Choisissez : d’accord, pas d’accord, ou je passe."))
    statement = _held(statement)
    voter = Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    _may_vote(voter, statement)
    before = (
        CurrentVote.objects.filter(participant=voter, statement=statement)
        .values_list("choice", flat=True)
        .first()
    )
    if before == choice:
        return CastVote(statement, choice, before, is_repeat=True)
    now = clock.now()
    _pace(voter, now)
    vote = Vote.objects.create(
        conversation_id=statement.conversation_id, participant=voter, statement=statement,
        choice=choice, channel=channel, cast_at=now,
    )  # fmt: skip
    if before is None:
        CurrentVote.objects.create(
            conversation_id=statement.conversation_id, participant=voter, statement=statement,
            choice=choice, vote=vote, cast_at=now,
        )  # fmt: skip
        voter.votes_count += 1
    else:
        mine = CurrentVote.objects.filter(participant=voter, statement=statement)
        mine.update(choice=choice, vote=vote, cast_at=now)
    count_change(statement=statement.pk, before=before, after=choice)
    voter.last_vote_at = now
    voter.save(update_fields=["votes_count", "last_vote_at", "pace_from", "pace_count"])
    request_map(conversation=statement.conversation)
    _tell(participant, voter)
    return CastVote(statement, choice, before)


def _held(statement: Statement) -> Statement:
    """The statement to vote on (that into which it was merged), whose tally is held by this transaction."""
    key = statement.pk
    while True:
        list(StatementTally.objects.select_for_update(no_key=True).filter(pk=key).values_list("pk"))
        found = Statement.objects.select_related("conversation__territory").get(pk=key)
        if found.merged_into_id is None:
            return found
        key = found.merged_into_id


def _may_vote(voter: Participant, statement: Statement) -> None:
    if voter.conversation_id != statement.conversation_id:
        raise NotTaking(_("Cette affirmation est d’un autre vote : retournez à celui que vous suiviez."))
    if voter.withdrawn_at is not None:
        raise NotTaking(_("Vous avez retiré vos votes : rejoignez de nouveau le vote pour répondre."))
    if not statement.conversation.is_open:
        raise NotTaking(_("Ce vote est clos : vos réponses sont gardées, et les résultats restent lisibles."))
    if statement.status != StatementStatus.ACCEPTED:
        raise NotTaking(_("Cette affirmation n’est plus soumise au vote : passez à la suivante."))


def _pace(voter: Participant, now: datetime) -> None:
    """Count the vote in the present window; refuse what no reader could do, and say when to go on."""
    if voter.pace_from is None or now >= voter.pace_from + WINDOW:
        voter.pace_from, voter.pace_count = now, 0
    if voter.pace_count >= PACE * settings.RATE_LIMIT_SCALE:
        seconds = max(1, int((voter.pace_from + WINDOW - now).total_seconds()))
        words = ngettext(
            "C’est très rapide : soufflez %(n)d seconde, puis continuez. Vos votes sont gardés.",
            "C’est très rapide : soufflez %(n)d secondes, puis continuez. Vos votes sont gardés.",
            seconds,
        )
        raise PleaseWait(words % {"n": seconds}, seconds)
    voter.pace_count = min(voter.pace_count + 1, 32_000)


def _tell(participant: Participant, voter: Participant) -> None:
    """The caller's participant knows what was just counted."""
    participant.votes_count, participant.last_vote_at = voter.votes_count, voter.last_vote_at
    participant.pace_from, participant.pace_count = voter.pace_from, voter.pace_count
