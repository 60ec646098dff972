"""Consultations with questions, meetings and interviews ready for capture."""

from datetime import timedelta

import factory

from essor.chain.listening.enums import ConsultationState
from essor.chain.listening.models import Consultation, Question
from essor.common import clock
from essor.ground.gatherings.enums import GatheringKind
from tests.factories.needs import HeardGatheringFactory
from tests.factories.territories import TerritoryFactory


class OpenConsultationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consultation

    territory = factory.SubFactory(TerritoryFactory)
    state = ConsultationState.OPEN
    title = factory.Sequence(lambda n: f"Vivre ici demain {n}")
    slug = factory.Sequence(lambda n: f"vivre-ici-demain-{n}")
    summary = "Ce qui vous manque, ce qui vous porte."
    created_at = factory.LazyFunction(clock.now)


class OpenQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    consultation = factory.SubFactory(OpenConsultationFactory)
    position = factory.Sequence(lambda n: n)
    text = factory.Sequence(lambda n: f"Question {n} : qu’est-ce qui vous manque ?")


class InterviewFactory(HeardGatheringFactory):
    """An interview that took place."""

    kind = GatheringKind.INTERVIEW
    title = factory.Sequence(lambda n: f"Entretien {n}")
    slug = factory.Sequence(lambda n: f"entretien-{n}")
    ends_at = factory.LazyAttribute(lambda each: each.starts_at + timedelta(hours=1))
