"""Persons, organisations and their places in a territory."""

import factory

from essor.common import clock
from essor.ground.people.enums import Role, StakeholderFamily
from essor.ground.people.models import Membership, Organisation, OrganisationMember, Person
from tests.factories.territories import TerritoryFactory

PASSWORD = "une phrase de passe longue"


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne-{n}@example.org")
    display_name = factory.Sequence(lambda n: f"Personne {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(password=kwargs.pop("password", PASSWORD), **kwargs)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    territory = factory.SubFactory(TerritoryFactory)
    person = factory.SubFactory(PersonFactory)
    role = Role.MEMBER
    family = StakeholderFamily.CITIZEN
    joined_at = factory.LazyFunction(clock.now)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    territory = factory.SubFactory(TerritoryFactory)
    name = factory.Sequence(lambda n: f"Organisation {n}")
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    family = StakeholderFamily.ASSOCIATION


class OrganisationMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganisationMember

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(PersonFactory)
