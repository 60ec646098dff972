"""A question being voted on in Val-de-Lume, with five statements."""

import pytest

from essor.chain.opinions.services.participants import join_conversation
from tests.factories.opinions import OpenConversationFactory, StatementFactory

WORDS = (
    "Il faut un bus le soir entre les bourgs.",
    "Je ferais des trajets partagés avec des inconnus.",
    "Le centre devrait être fermé aux voitures.",
    "Une piste cyclable vaut mieux qu’un parking.",
    "Le prix de l’essence décide de mes trajets.",
)


@pytest.fixture
def conversation(territory):
    return OpenConversationFactory(territory=territory)


@pytest.fixture
def statements(conversation):
    return [
        StatementFactory(conversation=conversation, number=number, text=text)
        for number, text in enumerate(WORDS, start=1)
    ]


@pytest.fixture
def joined(conversation, statements):
    """Somebody who came without an account."""
    return join_conversation(conversation=conversation)


@pytest.fixture
def participant(joined):
    return joined.participant
