"""Votes from elsewhere: statements, participants and log, written once whatever the number of tries."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from essor.chain.opinions.enums import (
    Choice,
    ConversationState,
    Door,
    ImportState,
    RejectReason,
    StatementSource,
    StatementStatus,
)
from essor.chain.opinions.models import (
    Conversation,
    CurrentVote,
    OpinionImport,
    Participant,
    Statement,
    StatementTally,
    Vote,
)
from essor.chain.opinions.models.statements import KEPT
from essor.chain.opinions.services.merging import root_of
from essor.chain.opinions.services.participants import withdraw_many
from essor.chain.opinions.services.refusals import IllegalMove, NotTaking
from essor.chain.opinions.services.tallies import count_votes_of, lock_tallies, recount, request_map
from essor.common import clock
from essor.common.text import search_text, tidy
from essor.ground.ledger.enums import Actor
from essor.ground.ledger.services import record
from essor.ground.people.models import Person

CHUNK = 5000  # votes in one transaction: those who vote meanwhile wait for a fraction of a second
ISSUES_KEPT = 500


@dataclass(frozen=True)
class IncomingStatement:
    """A statement from elsewhere, under the key it bears there; ``author`` as a participant bears it."""

    key: str
    text: str
    is_accepted: bool = True
    is_reviewed: bool = True
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IncomingVote:
    """One line of a log; the last of a participant on a statement counts."""

    participant: str
    statement: str
    choice: int
    at: datetime


@transaction.atomic
def prepare_import(
    *, by: Person, conversation: Conversation, file: "File[bytes]", filename: str
) -> OpinionImport:
    """Keep a file whose votes will be added to the conversation. The caller enqueues the job."""
    if conversation.state == ConversationState.ARCHIVED:
        raise NotTaking(_("Ce vote est archivé : sortez-le des archives avant d’y importer des votes."))
    found = hashlib.sha256()
    for piece in file.chunks():
        found.update(piece)
    file.seek(0)
    kept = OpinionImport(
        conversation=conversation, filename=filename[-200:], sha256=found.hexdigest(), created_by=by,
        created_at=clock.now(),
    )  # fmt: skip
    kept.file.save(f"{found.hexdigest()[:16]}{Path(filename).suffix.lower()[:8]}", file, save=False)
    kept.save()
    _record(kept, "conversation.import_asked", sha256=kept.sha256)
    return kept


def start_import(*, kept: OpinionImport) -> bool:
    """Say that it is being read; False when it is done already. A job that was killed starts here again."""
    rows = OpinionImport.objects.filter(pk=kept.pk, state__in=(ImportState.QUEUED, ImportState.RUNNING))
    return rows.update(state=ImportState.RUNNING) > 0


def write_votes(
    *,
    conversation: Conversation,
    statements: Iterable[IncomingStatement],
    votes: Iterable[IncomingVote],
    progress: Callable[[int], None] | None = None,
) -> tuple[int, int, int, int]:
    """Add what is not there yet; returns statements, participants, votes written, votes already there.

    Each chunk is a transaction of its own, and what was written is recognised: stopped in the middle, it is
    taken up again and ends with the same votes.
    """
    given, log = list(statements), list(votes)
    said = _write_statements(conversation, given)
    people, joined = _write_participants(conversation, log, given)
    _write_authors(given, people, said)
    done = _already(conversation)
    new = [each for each in log if _event(each, people, said) not in done]
    count = 0
    for chunk in _chunks(new):
        _write_chunk(conversation, chunk, people, said)
        count += len(chunk)
        if progress is not None:
            progress(count)
    _count_again(conversation, sorted(people.values()))
    return len(said), joined, len(new), len(log) - len(new)


@transaction.atomic
def finish_import(
    *, kept: OpinionImport, written: tuple[int, int, int, int], issues: Sequence[Sequence[str | int]]
) -> OpinionImport:
    """Say what the import came to, let go of the file, and have the map drawn."""
    kept.statements, kept.participants, kept.votes, kept.votes_known = written
    kept.issues = [list(each) for each in issues[:ISSUES_KEPT]]
    kept.state, kept.finished_at, kept.failure = ImportState.DONE, clock.now(), ""
    kept.file.delete(save=False)
    kept.save()
    _record(kept, "conversation.imported", statements=kept.statements, votes=kept.votes)
    request_map(conversation=kept.conversation)
    return kept


@transaction.atomic
def fail_import(*, kept: OpinionImport, why: str) -> None:
    """Say why nothing more was imported; the file stays, to try again."""
    kept.state, kept.failure, kept.finished_at = ImportState.FAILED, why, clock.now()
    kept.save(update_fields=["state", "failure", "finished_at"])
    _record(kept, "conversation.import_failed")


@transaction.atomic
def undo_import(*, by: Person, kept: OpinionImport) -> int:
    """The votes that came from elsewhere no longer count; statements stay. Returns how many votes."""
    conversation = Conversation.objects.select_related("territory").get(pk=kept.conversation_id)
    lock_tallies(conversation=conversation)
    kept = OpinionImport.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    if kept.state != ImportState.DONE:
        raise IllegalMove(_("Cet import n’est pas terminé, ou déjà annulé. Actualisez la page."))
    rows = Participant.objects.counted().filter(conversation=conversation, joined_through=Door.IMPORT)
    gone = withdraw_many(
        conversation=conversation,
        participants=list(rows.values_list("pk", flat=True)),
        actor=Actor.MACHINE,
    )
    Participant.objects.filter(conversation=conversation, joined_through=Door.IMPORT).update(source_key=None)
    kept.state = ImportState.UNDONE
    kept.save(update_fields=["state"])
    record(
        by=by,
        verb="conversation.import_undone",
        thing=conversation,
        territory=conversation.territory,
        data={"import": kept.pk, "votes": gone},
    )
    return gone


@transaction.atomic
def _write_statements(conversation: Conversation, given: Sequence[IncomingStatement]) -> dict[str, Statement]:
    """The statements by their key, those missing written after the others."""
    Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    rows = Statement.objects.filter(conversation=conversation).exclude(source_key=None)
    known = {str(each.source_key): each for each in rows.select_related("merged_into__merged_into")}
    last = Statement.objects.filter(conversation=conversation).aggregate(last=Max("number"))["last"] or 0
    missing = [each for each in given if each.key not in known]
    new = [_statement(conversation, each, number) for number, each in enumerate(missing, start=last + 1)]
    Statement.objects.bulk_create(new, batch_size=200)
    StatementTally.objects.bulk_create([StatementTally(statement=each) for each in new], batch_size=200)
    return known | {str(each.source_key): each for each in new}


def _statement(conversation: Conversation, given: IncomingStatement, number: int) -> Statement:
    text = " ".join(tidy(given.text).split()) or _("(sans texte)")
    now = clock.now()
    status = StatementStatus.ACCEPTED if given.is_accepted else StatementStatus.REJECTED
    return Statement(
        conversation=conversation, number=number, text=text[:KEPT], search=search_text(text[:KEPT]),
        language=conversation.language, status=status, source=StatementSource.IMPORT,
        reason="" if given.is_accepted else RejectReason.ELSEWHERE, source_key=given.key[:64],
        created_at=given.at or now, accepted_at=(given.at or now) if given.is_accepted else None,
        decided_at=now if given.is_reviewed else None,
    )  # fmt: skip


@transaction.atomic
def _write_participants(
    conversation: Conversation, log: Sequence[IncomingVote], given: Sequence[IncomingStatement]
) -> tuple[dict[str, int], int]:
    """Keys of participants by the name they bear elsewhere, and how many are new."""
    first: dict[str, datetime] = {}
    for each in log:
        if each.participant not in first or each.at < first[each.participant]:
            first[each.participant] = each.at
    for said in given:
        if said.author:
            first.setdefault(said.author, said.at or clock.now())
    rows = Participant.objects.filter(conversation=conversation).exclude(source_key=None)
    known = {str(name): pk for name, pk in rows.values_list("source_key", "pk")}
    new = [
        Participant(
            conversation=conversation, joined_through=Door.IMPORT, joined_at=at, source_key=name[:64]
        )
        for name, at in first.items()
        if name not in known
    ]  # fmt: skip
    Participant.objects.bulk_create(new, batch_size=500)
    return known | {str(each.source_key): each.pk for each in new}, len(new)


def _write_authors(
    given: Sequence[IncomingStatement], people: dict[str, int], said: dict[str, Statement]
) -> None:
    new = [each for each in given if each.author and said[each.key].proposed_by_id is None]
    for each in new:
        said[each.key].proposed_by_id = people[each.author]
    Statement.objects.bulk_update([said[each.key] for each in new], ["proposed_by"], batch_size=200)


def _already(conversation: Conversation) -> set[tuple[int, int, int, datetime]]:
    """The votes that came from elsewhere before."""
    rows = Vote.objects.filter(conversation=conversation, channel=Door.IMPORT, participant__withdrawn_at=None)
    return set(rows.values_list("participant_id", "statement_id", "choice", "cast_at").iterator())


def _event(
    each: IncomingVote, people: dict[str, int], said: dict[str, Statement]
) -> tuple[int, int, int, datetime]:
    return people[each.participant], said[each.statement].pk, each.choice, each.at


def _chunks(rows: Iterable[IncomingVote]) -> Iterator[list[IncomingVote]]:
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


@transaction.atomic
def _write_chunk(
    conversation: Conversation,
    chunk: Sequence[IncomingVote],
    people: dict[str, int],
    said: dict[str, Statement],
) -> None:
    Vote.objects.bulk_create(
        [
            Vote(
                conversation=conversation, participant_id=people[each.participant],
                statement=said[each.statement], choice=Choice(each.choice), channel=Door.IMPORT,
                cast_at=each.at,
            )
            for each in chunk
        ],
        batch_size=500,
    )  # fmt: skip


def _count_again(conversation: Conversation, people: Sequence[int]) -> None:
    """The current votes of these participants, from all that was written of them."""
    statements = {
        each.pk: root_of(statement=each).pk
        for each in Statement.objects.filter(conversation=conversation).select_related(
            "merged_into__merged_into"
        )
    }
    for start in range(0, len(people), 500):
        _count_people(conversation, people[start : start + 500], statements)
    with transaction.atomic():
        lock_tallies(conversation=conversation)
        recount(statements=sorted(set(statements.values())))


@transaction.atomic
def _count_people(conversation: Conversation, people: Sequence[int], statements: dict[int, int]) -> None:
    last: dict[tuple[int, int], tuple[int, int, datetime]] = {}
    moments: dict[int, datetime] = {}
    rows = Vote.objects.filter(participant__in=people, participant__withdrawn_at=None).order_by("id")
    for pk, who, what, choice, at in rows.values_list(
        "pk", "participant_id", "statement_id", "choice", "cast_at"
    ):
        last[who, statements[what]] = (pk, choice, at)
        moments[who] = at
    CurrentVote.objects.filter(participant__in=people).delete()
    CurrentVote.objects.bulk_create(
        [
            CurrentVote(
                conversation=conversation, participant_id=who, statement_id=what, choice=choice, vote_id=pk,
                cast_at=at,
            )
            for (who, what), (pk, choice, at) in last.items()
        ],
        batch_size=500,
    )  # fmt: skip
    voters = [Participant(pk=who, last_vote_at=at) for who, at in moments.items()]
    Participant.objects.bulk_update(voters, ["last_vote_at"], batch_size=200)
    count_votes_of(participants=Participant.objects.filter(pk__in=people))


def _record(kept: OpinionImport, verb: str, **data: object) -> None:
    record(
        by=kept.created_by,
        actor=Actor.MACHINE,
        verb=verb,
        thing=kept.conversation,
        territory=kept.conversation.territory,
        data={"import": kept.pk, **data},
    )
