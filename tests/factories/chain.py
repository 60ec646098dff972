"""Actors, challenges, holders, projects and alliances, as they stand once they are public."""

from datetime import timedelta

import factory

from essor.chain.alliances.models import Alliance, AllianceMember
from essor.chain.challenges.enums import ChallengeState, PhaseKind
from essor.chain.challenges.models import Challenge, ChallengePhase
from essor.chain.holders.models import ProjectHolder
from essor.chain.needs.enums import NeedState
from essor.chain.projects.enums import Origin, TeamRole, Visibility
from essor.chain.projects.models import Project, TeamMember
from essor.common import clock
from essor.common.text import search_text
from essor.ground.directory.enums import ActorKind, ActorState
from essor.ground.directory.models import Actor
from essor.ground.people.enums import StakeholderFamily
from tests.factories.needs import DraftNeedFactory
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.territories import TerritoryFactory


class PublicNeedFactory(DraftNeedFactory):
    """A need to be covered."""

    state = NeedState.TO_COVER
    published_at = factory.LazyFunction(clock.now)


class _Dated(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    territory = factory.SubFactory(TerritoryFactory)
    created_at = factory.LazyFunction(clock.now)
    changed_at = factory.LazyFunction(clock.now)


class OrganisationActorFactory(_Dated):
    """The listed card of an organisation."""

    class Meta:
        model = Actor

    kind = ActorKind.ORGANISATION
    state = ActorState.LISTED
    organisation = factory.SubFactory(OrganisationFactory, territory=factory.SelfAttribute("..territory"))
    name = factory.SelfAttribute("organisation.name")
    slug = factory.SelfAttribute("organisation.slug")
    family = factory.SelfAttribute("organisation.family")
    search = factory.LazyAttribute(lambda each: search_text(each.name))


class PersonActorFactory(_Dated):
    """The listed card of a person who agreed to it."""

    class Meta:
        model = Actor

    kind = ActorKind.PERSON
    state = ActorState.LISTED
    person = factory.SubFactory(PersonFactory)
    name = factory.SelfAttribute("person.display_name")
    slug = factory.Sequence(lambda n: f"une-personne-{n}")
    family = StakeholderFamily.CITIZEN
    consented_at = factory.LazyFunction(clock.now)
    search = factory.LazyAttribute(lambda each: search_text(each.name))


class OpenChallengeFactory(_Dated):
    """A challenge whose first circle is formed."""

    class Meta:
        model = Challenge

    state = ChallengeState.OPEN
    title = factory.Sequence(lambda n: f"Une navette pour l’hôpital {n}")
    slug = factory.Sequence(lambda n: f"une-navette-{n}")
    summary = "Trouver un véhicule, deux chauffeurs et un local."
    search = factory.LazyAttribute(lambda each: search_text(each.title, each.summary))
    published_at = factory.LazyFunction(clock.now)
    opened_at = factory.LazyFunction(clock.now)


class ChallengePhaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChallengePhase

    challenge = factory.SubFactory(OpenChallengeFactory)
    kind = PhaseKind.LEARN
    aim = "Savoir ce qui existe déjà."
    starts_on = factory.LazyFunction(clock.today)
    ends_on = factory.LazyAttribute(lambda each: each.starts_on + timedelta(days=30))


class HolderFactory(_Dated):
    """Somebody the facilitators spotted."""

    class Meta:
        model = ProjectHolder

    name = factory.Sequence(lambda n: f"Porteuse {n}")
    idea = "Une épicerie au bourg."
    search = factory.LazyAttribute(lambda each: search_text(each.name, each.idea))


class PublicProjectFactory(_Dated):
    """A public project at the stage of idea."""

    class Meta:
        model = Project

    visibility = Visibility.PUBLIC
    origin = Origin.HOLDER
    title = factory.Sequence(lambda n: f"L’Épicerie du Lavoir {n}")
    slug = factory.Sequence(lambda n: f"l-epicerie-du-lavoir-{n}")
    pitch = "Une épicerie tenue par ses clients."
    search = factory.LazyAttribute(lambda each: search_text(each.title, each.pitch))
    published_at = factory.LazyFunction(clock.now)


class TeamMemberFactory(factory.django.DjangoModelFactory):
    """Somebody who carries the project and said yes."""

    class Meta:
        model = TeamMember

    project = factory.SubFactory(PublicProjectFactory)
    person = factory.SubFactory(PersonFactory)
    role = TeamRole.HOLDER
    invited_at = factory.LazyFunction(clock.now)
    accepted_at = factory.LazyFunction(clock.now)


class PublicAllianceFactory(_Dated):
    """A published alliance that is only proposed yet."""

    class Meta:
        model = Alliance

    title = factory.Sequence(lambda n: f"L’alliance du pain {n}")
    slug = factory.Sequence(lambda n: f"l-alliance-du-pain-{n}")
    purpose = "Du champ au fournil, sans camion."
    search = factory.LazyAttribute(lambda each: search_text(each.title, each.purpose))
    published_at = factory.LazyFunction(clock.now)


class AllianceMemberFactory(factory.django.DjangoModelFactory):
    """An actor invited to the table."""

    class Meta:
        model = AllianceMember

    alliance = factory.SubFactory(PublicAllianceFactory)
    actor = factory.SubFactory(
        OrganisationActorFactory, territory=factory.SelfAttribute("..alliance.territory")
    )
    invited_at = factory.LazyFunction(clock.now)
