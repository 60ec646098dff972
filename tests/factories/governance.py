"""Bodies and their members, as they stand once the body is in function."""

from datetime import timedelta
from decimal import Decimal

import factory

from essor.chain.governance.enums import BodyKind, BodyState, MemberCategory
from essor.chain.governance.models import Body, BodyMember, College
from essor.common import clock
from tests.factories.chain import OrganisationActorFactory
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.territories import TerritoryFactory


class BodyFactory(factory.django.DjangoModelFactory):
    """An association in function, without colleges."""

    class Meta:
        model = Body

    territory = factory.SubFactory(TerritoryFactory)
    kind = BodyKind.ASSOCIATION
    state = BodyState.ACTIVE
    name = factory.Sequence("Les Communs {}".format)
    slug = factory.Sequence("les-communs-{}".format)
    purpose = "Décider ensemble de ce qui est commun."
    created_at = factory.LazyFunction(clock.now)
    changed_at = factory.LazyFunction(clock.now)


class CollegeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = College

    body = factory.SubFactory(BodyFactory)
    name = factory.Sequence("Collège {}".format)
    weight = Decimal(50)


class BodyMemberFactory(factory.django.DjangoModelFactory):
    """A member since a year: an organisation represented by a person of the territory."""

    class Meta:
        model = BodyMember
        skip_postgeneration_save = True

    body = factory.SubFactory(BodyFactory)
    actor = factory.SubFactory(OrganisationActorFactory, territory=factory.SelfAttribute("..body.territory"))
    representative = factory.SubFactory(PersonFactory)
    category = MemberCategory.BENEFICIARY
    since = factory.LazyFunction(lambda: clock.today() - timedelta(days=365))
    added_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def _belongs(self: BodyMember, create: bool, _extracted: object, **_more: object) -> None:
        if create and self.representative is not None:
            MembershipFactory(person=self.representative, territory=self.body.territory)
