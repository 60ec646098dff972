"""Calculations and their proposals, as the engine leaves them."""

import factory

from essor.chain.matches.enums import RunState
from essor.chain.matches.models import Match, MatchRun
from essor.chain.matches.pairs import Pair
from essor.common import clock
from tests.factories.chain import OrganisationActorFactory, PublicProjectFactory
from tests.factories.territories import TerritoryFactory

PARTS = [
    {"name": "text", "points": 180, "most": 300, "evidence": {"words": ["épicerie", "marché"]}},
    {"name": "themes", "points": 150, "most": 150, "evidence": {"shared": []}},
    {"name": "distance", "points": 120, "most": 150, "evidence": {"kilometres": 7.4}},
    {
        "name": "complement",
        "points": 200,
        "most": 250,
        "evidence": {"brings": [{"kind": 2, "words": ["local"]}], "receives": []},
    },
    {"name": "families", "points": 75, "most": 75, "evidence": {"brings": [2]}},
    {"name": "unusual", "points": 0, "most": 75, "evidence": {"families": [], "themes": []}},
]


class ReadyRunFactory(factory.django.DjangoModelFactory):
    """A calculation that succeeded."""

    class Meta:
        model = MatchRun

    territory = factory.SubFactory(TerritoryFactory)
    state = RunState.READY
    method = factory.LazyFunction(lambda: {"name": "rapprochements", "version": "1"})
    input_digest = "0123456789abcdef"
    figures = factory.LazyFunction(lambda: {"proposals": 1})
    asked_at = factory.LazyFunction(clock.now)
    computed_at = factory.LazyFunction(clock.now)


class MatchFactory(factory.django.DjangoModelFactory):
    """A project that would gain from meeting an organisation."""

    class Meta:
        model = Match

    run = factory.SubFactory(ReadyRunFactory)
    project = factory.SubFactory(PublicProjectFactory, territory=factory.SelfAttribute("..run.territory"))
    actor = factory.SubFactory(OrganisationActorFactory, territory=factory.SelfAttribute("..run.territory"))
    pair = factory.LazyAttribute(
        lambda each: Pair(("projects.project", each.project.pk), ("directory.actor", each.actor.pk)).name
    )
    rank = 1
    score = 725
    parts = factory.LazyFunction(lambda: [dict(part) for part in PARTS])
    would_change = factory.LazyFunction(
        lambda: [{"part": "distance", "effect": "lifts", "points": 30, "rank": 1}]
    )
