"""What a participant is asked next, and where they are.

**The order.** A statement the participant has not answered is drawn with a chance in proportion to its
priority (weighted sampling without replacement of Efraimidis and Spirakis: the largest u^(1/priority), that
is the largest ln(u)/priority, wins). The priority is written by the job of the map (engine ``opinion_map``,
routing): it grows with what the statement teaches about the groups and with how few have seen it. A statement
that is not on a map yet is new: it is given the highest priority among the others, and more while few have
seen it. Before the first map ``least_seen_first`` decides alone. The draw is a hash of participant, statement
and number of votes: the same page asked twice shows the same statement, and two people do not get the same
order.
"""

import hashlib
from dataclasses import dataclass
from math import log

from django.db.models import QuerySet

from essor.chain.opinions.models import Conversation, CurrentVote, Participant, Statement, StatementTally
from essor.chain.opinions.selectors.statements import in_language
from essor.ground.people.models import Person


@dataclass(frozen=True)
class Progress:
    """Where a participant is. ``left_before_map``: votes still needed to appear on the map."""

    answered: int
    to_vote: int
    left_before_map: int

    @property
    def left(self) -> int:
        return max(0, self.to_vote - self.answered)

    @property
    def percent(self) -> int:
        return 100 * min(self.answered, self.to_vote) // self.to_vote if self.to_vote else 0


def next_statement(
    participant: Participant, *, language: str = "", skip: int | None = None
) -> Statement | None:
    """What to ask this participant now; None when everything was answered.

    ``skip`` is the key of a statement they want to see later: it comes only when nothing else is left.
    """
    rows = _unanswered(participant)
    if not rows:
        return None
    keys = _in_order(rows, participant)
    chosen = next((key for key in keys if key != skip), keys[0])
    return _shown(chosen, language or participant.language)


def first_statement(conversation: Conversation, *, language: str = "") -> Statement | None:
    """What somebody who has not joined yet is shown: the least seen, so that looking writes nothing."""
    rows = list(_to_vote(conversation).order_by("statement__number"))
    keys = least_seen_first([(key, seen) for key, seen, _priority in map(_figures, rows)], "")
    return _shown(keys[0], language) if keys else None


def least_seen_first(rows: list[tuple[int, int]], salt: str) -> list[int]:
    """Keys of statements, those seen least first; among equals, an order of the participant's own.

    The order without an engine, used until a first map exists: fair to the statements that come late.
    """
    return [key for key, _seen in sorted(rows, key=lambda row: (row[1], _luck(salt, row[0])))]


def progress_of(participant: Participant) -> Progress:
    """Two counts."""
    conversation = participant.conversation
    answered = CurrentVote.objects.filter(
        participant=participant, statement__status="accepted", conversation=conversation
    ).count()
    return Progress(
        answered=answered,
        to_vote=Statement.objects.to_vote().filter(conversation=conversation).count(),
        left_before_map=max(0, conversation.least_votes - answered),
    )


def votes_of(participant: Participant, *, language: str = "") -> list[CurrentVote]:
    """What they answered, the latest first, each with its statement: to look again and change one's mind."""
    rows = list(
        CurrentVote.objects.filter(participant=participant)
        .select_related("statement__tally", "statement__conversation__territory")
        .order_by("-cast_at", "-id")
    )
    in_language([each.statement for each in rows], language or participant.language)
    return rows


def opinion_on(participant: Participant, statement: Statement) -> int | None:
    """Their answer on one statement, or None."""
    rows = CurrentVote.objects.filter(participant=participant, statement=statement)
    return rows.values_list("choice", flat=True).first()


def proposals_of(participant: Participant) -> QuerySet[Statement]:
    """What they proposed, and what became of it."""
    return participant.proposals.select_related("merged_into").order_by("-number")


def participant_of(conversation: Conversation, person: Person) -> Participant | None:
    """The participant a signed-in person is in this conversation, if they joined and did not withdraw."""
    return _counted(conversation).filter(person=person).first()


def guest_of(conversation: Conversation, digest: str | None) -> Participant | None:
    """The participant whose browser has this digest (``services.participants.guest_digest``)."""
    return _counted(conversation).filter(guest_digest=digest).first() if digest else None


def participants_sharing_a_device(conversation: Conversation) -> int:
    """How many came from a device that others use too: told to facilitators, never refused."""
    return _counted(conversation).filter(shares_device=True, votes_count__gt=0).count()


def _counted(conversation: Conversation) -> QuerySet[Participant]:
    return (
        Participant.objects.counted()
        .filter(conversation=conversation)
        .select_related("conversation__territory")
    )


def _to_vote(conversation: Conversation) -> QuerySet[StatementTally]:
    return StatementTally.objects.filter(statement__conversation=conversation, statement__status="accepted")


def _figures(tally: StatementTally) -> tuple[int, int, float | None]:
    return tally.pk, tally.seen, tally.priority


def _unanswered(participant: Participant) -> list[tuple[int, int, float | None]]:
    answered = set(CurrentVote.objects.filter(participant=participant).values_list("statement_id", flat=True))
    rows = _to_vote(participant.conversation).order_by("statement__number")
    return [_figures(each) for each in rows if each.pk not in answered]


def _in_order(rows: list[tuple[int, int, float | None]], participant: Participant) -> list[int]:
    known = [priority for _key, _seen, priority in rows if priority is not None]
    salt = f"{participant.pk}:{participant.votes_count}"
    if not known:
        return least_seen_first([(key, seen) for key, seen, _priority in rows], str(participant.pk))
    best = max(max(known), 1e-9)
    drawn = []
    for key, seen, priority in rows:
        weight = priority if priority is not None else best * (1 + 8 * 2 ** (-seen / 5))
        drawn.append((log(_luck(salt, key)) / max(weight, 1e-9), key))
    return [key for _drawn, key in sorted(drawn, reverse=True)]


def _luck(salt: str, key: int) -> float:
    """A number in ]0, 1[ that is always the same for the same salt and key."""
    told = hashlib.blake2b(f"{salt}:{key}".encode(), digest_size=7).digest()
    return (int.from_bytes(told) + 1) / (2**56 + 2)


def _shown(key: int, language: str) -> Statement:
    statement = Statement.objects.select_related("tally", "conversation__territory").get(pk=key)
    in_language([statement], language)
    return statement
