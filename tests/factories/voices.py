"""Voices as people give them, for tests of pages and of care."""

import factory

from essor.chain.listening.enums import Channel, VoiceState
from essor.chain.listening.models import Contribution, Speaker
from essor.common import clock
from essor.common.text import search_text
from tests.factories.territories import TerritoryFactory


class SomeoneFactory(factory.django.DjangoModelFactory):
    """A distinct person without a name."""

    class Meta:
        model = Speaker

    territory = factory.SubFactory(TerritoryFactory)
    created_at = factory.LazyFunction(clock.now)


class GivenVoiceFactory(factory.django.DjangoModelFactory):
    """A voice given online and published."""

    class Meta:
        model = Contribution

    territory = factory.SubFactory(TerritoryFactory)
    speaker = factory.SubFactory(SomeoneFactory, territory=factory.SelfAttribute("..territory"))
    channel = Channel.ONLINE
    state = VoiceState.PUBLISHED
    words = factory.Sequence(lambda n: f"Il faudrait un bus le soir, numéro {n}.")
    search = factory.LazyAttribute(lambda voice: search_text(voice.words))
    said_at = factory.LazyFunction(clock.now)
    created_at = factory.LazyFunction(clock.now)
