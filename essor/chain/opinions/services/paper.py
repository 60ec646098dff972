"""Votes given on paper at a meeting, typed in together and undone together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.opinions.enums import Choice, ConversationState, Door, StatementStatus
from essor.chain.opinions.models import (
    Conversation,
    CurrentVote,
    PaperBatch,
    Participant,
    Statement,
    Vote,
)
from essor.chain.opinions.services.participants import withdraw_many
from essor.chain.opinions.services.refusals import IllegalMove, NotTaking, OpinionRefused
from essor.chain.opinions.services.tallies import lock_tallies, recount, request_map
from essor.common import clock
from essor.common.text import tidy
from essor.ground.gatherings.models import Gathering
from essor.ground.ledger.enums import Actor
from essor.ground.ledger.services import record
from essor.ground.people.enums import StakeholderFamily
from essor.ground.people.models import Person

MOST_SLIPS = 500


@dataclass(frozen=True)
class Slip:
    """One slip: answers by number of statement. ``family`` only if it was ticked on the slip."""

    answers: Mapping[int, int] = field(default_factory=dict)
    label: str = ""
    family: str = ""


@transaction.atomic
def record_paper_votes(
    *,
    by: Person,
    conversation: Conversation,
    slips: Sequence[Slip],
    gathering: Gathering | None = None,
    note: str = "",
    key: str,
) -> PaperBatch:
    """Type in slips: one participant a slip, known by nobody. Sent twice under one ``key``, written once.

    Also once the vote is closed, for a meeting is often typed in afterwards; not in an archived one.
    """
    lock_tallies(conversation=conversation)
    known = PaperBatch.objects.filter(conversation=conversation, key=key).first()
    if known is not None:
        return known
    if conversation.state not in (ConversationState.OPEN, ConversationState.CLOSED):
        raise NotTaking(_("Ouvrez ce vote, ou sortez-le des archives, avant de saisir des bulletins."))
    filled = [slip for slip in slips if slip.answers]
    statements = _check(conversation, filled, gathering)
    now = clock.now()
    batch = PaperBatch.objects.create(
        conversation=conversation, gathering=gathering, key=key[:64], note=tidy(note)[:200],
        slips=len(filled), votes=sum(len(slip.answers) for slip in filled), entered_by=by, entered_at=now,
    )  # fmt: skip
    _write(batch, filled, statements)
    recount(statements=sorted({each.pk for each in statements.values()}))
    record(
        by=by,
        verb="conversation.paper_entered",
        thing=conversation,
        territory=conversation.territory,
        data={"batch": batch.pk, "slips": batch.slips, "votes": batch.votes},
    )
    request_map(conversation=conversation)
    return batch


@transaction.atomic
def undo_paper_votes(*, by: Person, batch: PaperBatch) -> PaperBatch:
    """Take a batch back: its votes no longer count."""
    conversation = Conversation.objects.select_related("territory").get(pk=batch.conversation_id)
    lock_tallies(conversation=conversation)
    batch = PaperBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at is not None:
        raise IllegalMove(_("Cette saisie est déjà annulée. Actualisez la page."))
    keys = list(batch.participants.values_list("pk", flat=True))
    withdraw_many(conversation=conversation, participants=keys, actor=Actor.MACHINE)
    batch.undone_at = clock.now()
    batch.save(update_fields=["undone_at"])
    record(
        by=by,
        verb="conversation.paper_undone",
        thing=conversation,
        territory=conversation.territory,
        data={"batch": batch.pk},
    )
    return batch


def _check(
    conversation: Conversation, slips: Sequence[Slip], gathering: Gathering | None
) -> dict[int, Statement]:
    """The statements by the number printed on the slips; those merged since count for the one they joined."""
    if not slips:
        raise OpinionRefused(_("Aucune réponse saisie : remplissez au moins un bulletin."))
    if len(slips) > MOST_SLIPS:
        raise OpinionRefused(
            _("Trop de bulletins d’un coup : saisissez-les par paquets de %(n)d.") % {"n": MOST_SLIPS}
        )
    if gathering is not None and gathering.territory_id != conversation.territory_id:
        raise OpinionRefused(_("Cette rencontre est d’un autre territoire : choisissez-en une d’ici."))
    rows = Statement.objects.filter(conversation=conversation).select_related("merged_into__merged_into")
    found = {each.number: each for each in rows}
    for place, slip in enumerate(slips, start=1):
        _check_slip(slip, found, slip.label or str(place))
    return found


def _check_slip(slip: Slip, found: dict[int, Statement], label: str) -> None:
    if slip.family and slip.family not in StakeholderFamily.values:
        raise OpinionRefused(
            _("Bulletin %(slip)s : choisissez une famille dans la liste, ou aucune.") % {"slip": label}
        )
    for number, choice in slip.answers.items():
        if number not in found or found[number].status == StatementStatus.REJECTED:
            raise OpinionRefused(
                _("Bulletin %(slip)s : il n’y a pas d’affirmation %(number)s au vote.")
                % {"slip": label, "number": number}
            )
        if choice not in Choice.values:
            raise OpinionRefused(
                _("Bulletin %(slip)s, affirmation %(number)s : cochez d’accord, pas d’accord ou je passe.")
                % {"slip": label, "number": number}
            )


def _write(batch: PaperBatch, slips: Sequence[Slip], statements: dict[int, Statement]) -> None:
    now, conversation = batch.entered_at, batch.conversation
    people = Participant.objects.bulk_create(
        [
            Participant(
                conversation=conversation, joined_through=Door.PAPER, joined_at=now, batch=batch,
                slip=slip.label[:20], family=slip.family, family_declared_at=now if slip.family else None,
                last_vote_at=now,
            )
            for slip in slips
        ]
    )  # fmt: skip
    votes = Vote.objects.bulk_create(
        [
            Vote(
                conversation=conversation, participant=person, statement=statements[number], choice=choice,
                channel=Door.PAPER, cast_at=now,
            )
            for person, slip in zip(people, slips, strict=True)
            for number, choice in sorted(slip.answers.items())
        ],
        batch_size=500,
    )  # fmt: skip
    last = {(vote.participant_id, _root(vote.statement).pk): vote for vote in votes}
    CurrentVote.objects.bulk_create(
        [
            CurrentVote(
                conversation=conversation, participant_id=person, statement_id=statement, choice=vote.choice,
                vote=vote, cast_at=now,
            )
            for (person, statement), vote in last.items()
        ],
        batch_size=500,
    )  # fmt: skip
    for person in people:
        person.votes_count = sum(owner == person.pk for owner, _statement in last)
    Participant.objects.bulk_update(people, ["votes_count"], batch_size=500)


def _root(statement: Statement) -> Statement:
    while statement.merged_into is not None:
        statement = statement.merged_into
    return statement
