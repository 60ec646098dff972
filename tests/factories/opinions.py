"""Conversations open to votes, their statements and the people who vote."""

import factory

from essor.chain.opinions.enums import ConversationState, StatementSource, StatementStatus
from essor.chain.opinions.models import (
    Conversation,
    CurrentVote,
    Participant,
    Statement,
    StatementTally,
    Vote,
)
from essor.chain.opinions.services.tallies import count_votes_of, recount
from essor.common import clock
from essor.common.text import search_text
from tests.factories.territories import TerritoryFactory


class OpenConversationFactory(factory.django.DjangoModelFactory):
    """A question being voted on, where everybody may propose and statements are read afterwards."""

    class Meta:
        model = Conversation

    territory = factory.SubFactory(TerritoryFactory)
    state = ConversationState.OPEN
    title = factory.Sequence(lambda n: f"Se déplacer {n}")
    slug = factory.Sequence(lambda n: f"se-deplacer-{n}")
    question = "Comment se déplacer demain dans la vallée ?"
    moderation = "after"
    languages = factory.LazyFunction(lambda: ["fr", "en"])
    device_salt = "0" * 32
    room_code = factory.Sequence(lambda n: f"SALL-{n:04d}"[:12])
    created_at = factory.LazyFunction(clock.now)
    opened_at = factory.LazyFunction(clock.now)


class StatementFactory(factory.django.DjangoModelFactory):
    """A statement put to the vote, with its tally."""

    class Meta:
        model = Statement
        skip_postgeneration_save = True

    conversation = factory.SubFactory(OpenConversationFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Il faut un bus du soir, variante {n}.")
    language = "fr"
    search = factory.LazyAttribute(lambda each: search_text(each.text))
    status = StatementStatus.ACCEPTED
    source = StatementSource.SEED
    created_at = factory.LazyFunction(clock.now)
    accepted_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def tally(self, create, extracted, **kwargs):
        if create:
            StatementTally.objects.create(statement=self)


class ParticipantFactory(factory.django.DjangoModelFactory):
    """Somebody who votes without an account."""

    class Meta:
        model = Participant

    conversation = factory.SubFactory(OpenConversationFactory)
    joined_at = factory.LazyFunction(clock.now)


def answer_many(conversation, answers):
    """Write ``answers`` {participant: {statement: choice}} at once, as cast votes would have left them."""
    now = clock.now()
    votes = Vote.objects.bulk_create(
        [
            Vote(conversation=conversation, participant=who, statement=what, choice=choice, cast_at=now)
            for who, given in answers.items()
            for what, choice in given.items()
        ],
        batch_size=900,
    )
    CurrentVote.objects.bulk_create(
        [
            CurrentVote(
                conversation=conversation,
                participant_id=vote.participant_id,
                statement_id=vote.statement_id,
                choice=vote.choice,
                vote=vote,
                cast_at=now,
            )
            for vote in votes
        ],
        batch_size=900,
    )
    recount(statements={vote.statement_id for vote in votes})
    count_votes_of(participants=Participant.objects.filter(conversation=conversation))
    return votes
