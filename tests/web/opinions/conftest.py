"""A question being voted on, with two statements."""

import pytest

from tests.factories.opinions import OpenConversationFactory, StatementFactory


@pytest.fixture
def conversation(territory):
    return OpenConversationFactory(territory=territory, slug="se-deplacer", title="Se déplacer")


@pytest.fixture
def statements(conversation):
    return [
        StatementFactory(conversation=conversation, number=number, text=text)
        for number, text in enumerate(("Il faut un bus le soir.", "Fermons le centre aux voitures."), start=1)
    ]
