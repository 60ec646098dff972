"""A question voted on by two camps in Val-de-Lume, and its map."""

import pytest
from django.urls import reverse

from essor.chain.opinions.services.computing import draw_opinion_map
from tests.chain.opinions.test_maps import two_camps
from tests.factories.opinions import OpenConversationFactory


@pytest.fixture
def conversation(territory):
    return OpenConversationFactory(territory=territory)


@pytest.fixture
def camps(conversation):
    return two_camps(conversation)


@pytest.fixture
def drawn(camps, conversation):
    return draw_opinion_map(conversation_id=conversation.pk)


@pytest.fixture
def address(conversation):
    """The address of a page of this question's maps."""

    def of(name, *more):
        return reverse(f"territory:{name}", args=[conversation.territory.slug, conversation.slug, *more])

    return of
