"""Voices ready to be grouped, and syntheses already computed, for the tests of needs."""

from datetime import timedelta

import factory

from essor.chain.listening.enums import Channel, VoiceState
from essor.chain.listening.models import Contribution, Speaker
from essor.chain.needs.enums import Grain, Stance, SynthesisState
from essor.chain.needs.models import Group, Need, Placement, Synthesis
from essor.common import clock
from essor.common.text import search_text
from essor.ground.gatherings.enums import GatheringKind, GatheringState
from essor.ground.gatherings.models import Gathering
from essor.ground.people.enums import StakeholderFamily
from tests.factories.territories import TerritoryFactory


class HeardGatheringFactory(factory.django.DjangoModelFactory):
    """A public meeting that took place."""

    class Meta:
        model = Gathering

    territory = factory.SubFactory(TerritoryFactory)
    kind = GatheringKind.PUBLIC_MEETING
    state = GatheringState.HELD
    title = factory.Sequence(lambda n: f"Réunion {n}")
    slug = factory.Sequence(lambda n: f"reunion-{n}")
    starts_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=30))
    ends_at = factory.LazyAttribute(lambda each: each.starts_at + timedelta(hours=2))
    created_at = factory.LazyFunction(clock.now)
    changed_at = factory.LazyFunction(clock.now)


class AuthorFactory(factory.django.DjangoModelFactory):
    """Somebody who speaks, without account."""

    class Meta:
        model = Speaker

    territory = factory.SubFactory(TerritoryFactory)
    family = StakeholderFamily.CITIZEN
    created_at = factory.LazyFunction(clock.now)


class HeardVoiceFactory(factory.django.DjangoModelFactory):
    """A published voice of one person."""

    class Meta:
        model = Contribution

    territory = factory.SubFactory(TerritoryFactory)
    speaker = factory.SubFactory(AuthorFactory, territory=factory.SelfAttribute("..territory"))
    channel = Channel.ONLINE
    state = VoiceState.PUBLISHED
    words = factory.Sequence(lambda n: f"Il faudrait un bus le soir, dit la voix {n}")
    search = factory.LazyAttribute(lambda each: search_text(each.words))
    said_at = factory.LazyFunction(clock.now)
    created_at = factory.LazyFunction(clock.now)


class ReadySynthesisFactory(factory.django.DjangoModelFactory):
    """A synthesis that was computed."""

    class Meta:
        model = Synthesis

    territory = factory.SubFactory(TerritoryFactory)
    title = "Ce que nous avons entendu"
    state = SynthesisState.READY
    grain = Grain.DETAIL
    created_at = factory.LazyFunction(clock.now)
    computed_at = factory.LazyFunction(clock.now)


class VoiceGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Group

    synthesis = factory.SubFactory(ReadySynthesisFactory)
    label = factory.Sequence(lambda n: f"bus du soir {n}")
    machine_label = factory.SelfAttribute("label")
    terms = factory.LazyFunction(lambda: [["bus", 3.0], ["soir", 2.0]])
    position = factory.Sequence(lambda n: n)


class PlacementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Placement

    group = factory.SubFactory(VoiceGroupFactory)
    synthesis = factory.SelfAttribute("group.synthesis")
    contribution = factory.SubFactory(
        HeardVoiceFactory, territory=factory.SelfAttribute("..synthesis.territory")
    )
    stance = Stance.SUPPORTS
    nearness = 0.5


class DraftNeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Need

    territory = factory.SubFactory(TerritoryFactory)
    statement = factory.Sequence(lambda n: f"Pouvoir rentrer chez soi le soir sans voiture {n}")
    slug = factory.Sequence(lambda n: f"rentrer-le-soir-{n}")
    search = factory.LazyAttribute(lambda each: search_text(each.statement))
    created_at = factory.LazyFunction(clock.now)
    changed_at = factory.LazyFunction(clock.now)
