"""Territories and their themes."""

import factory

from essor.ground.territories.models import PerimeterCommune, Territory, Theme


class TerritoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Territory
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"territoire-{n}")
    name = factory.Sequence(lambda n: f"Territoire {n}")
    languages = factory.LazyFunction(lambda: ["fr", "en"])


class CommuneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PerimeterCommune

    territory = factory.SubFactory(TerritoryFactory)
    code = factory.Sequence(lambda n: f"{10_000 + n}")
    name = factory.Sequence(lambda n: f"Commune {n}")
    population = 1200


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    territory = factory.SubFactory(TerritoryFactory)
    slug = factory.Sequence(lambda n: f"theme-{n}")
    name = factory.Sequence(lambda n: f"Thème {n}")
    position = factory.Sequence(lambda n: n)
