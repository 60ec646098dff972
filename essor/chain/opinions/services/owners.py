"""Whose votes they are: a guest who signs in finds theirs, a person who leaves is forgotten."""

from django.db import transaction

from essor.chain.opinions.enums import Door
from essor.chain.opinions.models import (
    Conversation,
    CurrentVote,
    GroupName,
    PaperBatch,
    Participant,
    Statement,
    StatementTranslation,
    StatementVersion,
    Vote,
)
from essor.chain.opinions.services.participants import guest_digest, withdraw_many
from essor.chain.opinions.services.statements import scrub_statement
from essor.chain.opinions.services.tallies import (
    count_votes_of,
    lock_tallies,
    rebuild,
    recount,
    request_map,
)
from essor.ground.ledger.enums import Actor
from essor.ground.people.models import Person


@transaction.atomic
def give_participant_to(*, participant: Participant, person: Person) -> Participant:
    """The guest was this person. Returns the participant they are now in that conversation.

    When they already take part with their account, each statement keeps the later of both answers, and the
    guest, whose answers are now theirs, is withdrawn.
    """
    conversation = Conversation.objects.select_related("territory").get(pk=participant.conversation_id)
    lock_tallies(conversation=conversation)
    participant = Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    if participant.person_id is not None or participant.withdrawn_at is not None:
        return participant
    own = Participant.objects.filter(conversation=conversation, person=person).first()
    if own is None:
        participant.person, participant.guest_digest = person, None
        participant.save(update_fields=["person", "guest_digest"])
        Statement.objects.filter(proposed_by=participant, author=None).update(author=person)
        return participant
    _bring_answers(participant, own)
    Statement.objects.filter(proposed_by=participant).update(proposed_by=own, author=person)
    withdraw_many(conversation=conversation, participants=[participant.pk], actor=Actor.MACHINE)
    return own


def guest_participants(*, guest_key: str) -> list[Participant]:
    """The participants that this browser is, one a conversation at most."""
    if not guest_key:
        return []
    digests = [
        guest_digest(conversation=each, guest_key=guest_key)
        for each in Conversation.objects.public().only("pk")
    ]
    rows = Participant.objects.counted().filter(guest_digest__in=digests)
    return list(rows.select_related("conversation__territory").order_by("pk"))


@transaction.atomic
def forget_person(*, person: Person, erase_words: bool = False) -> int:
    """Cut every tie between a person and their votes and statements. Votes stay, belonging to nobody.

    ``erase_words``: their votes no longer count either, and the statements they proposed lose their words.
    Returns how many participants were cut loose.
    """
    mine = list(Participant.objects.of(person).select_related("conversation__territory").order_by("pk"))
    if erase_words:
        _erase_proposals(person, mine)
    for participant in mine:
        if erase_words:
            lock_tallies(conversation=participant.conversation)
            withdraw_many(
                conversation=participant.conversation, participants=[participant.pk], actor=Actor.MACHINE
            )
    Participant.objects.of(person).update(
        person=None, token_digest=None, guest_digest=None, device_digest="", device_seen_on=None, family="",
        family_declared_at=None,
    )  # fmt: skip
    Statement.objects.filter(author=person).update(author=None)
    Statement.objects.filter(decided_by=person).update(decided_by=None)
    StatementVersion.objects.filter(by=person).update(by=None)
    StatementTranslation.objects.filter(by=person).update(by=None)
    PaperBatch.objects.filter(entered_by=person).update(entered_by=None)
    GroupName.objects.filter(by=person).update(by=None)
    Conversation.objects.filter(created_by=person).update(created_by=None)
    return len(mine)


def _erase_proposals(person: Person, mine: list[Participant]) -> None:
    for statement in Statement.objects.filter(proposed_by__in=mine).select_related("conversation"):
        lock_tallies(conversation=statement.conversation)
        root = statement.merged_into
        scrub_statement(statement=statement)
        rebuild(statement=statement)
        if root is not None:
            rebuild(statement=root)
        request_map(conversation=statement.conversation)


def _bring_answers(guest: Participant, own: Participant) -> None:
    """Answers of the guest that are later than those of the account are given again by the account."""
    theirs = {each.statement_id: each for each in CurrentVote.objects.filter(participant=own)}
    brought = [
        each
        for each in CurrentVote.objects.filter(participant=guest).order_by("cast_at", "id")
        if each.statement_id not in theirs or theirs[each.statement_id].cast_at < each.cast_at
    ]
    votes = Vote.objects.bulk_create(
        [
            Vote(
                conversation_id=each.conversation_id, participant=own, statement_id=each.statement_id,
                choice=each.choice, channel=Door.ONLINE, cast_at=each.cast_at,
            )
            for each in brought
        ],
        batch_size=500,
    )  # fmt: skip
    keys = [each.statement_id for each in brought]
    CurrentVote.objects.filter(participant=own, statement__in=keys).delete()
    CurrentVote.objects.bulk_create(
        [
            CurrentVote(
                conversation_id=vote.conversation_id, participant=own, statement_id=vote.statement_id,
                choice=vote.choice, vote=vote, cast_at=vote.cast_at,
            )
            for vote in votes
        ],
        batch_size=500,
    )  # fmt: skip
    recount(statements=keys)
    count_votes_of(participants=Participant.objects.filter(pk=own.pk))
