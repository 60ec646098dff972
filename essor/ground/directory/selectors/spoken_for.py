"""Which actors a person speaks for."""

from collections.abc import Iterable

from django.db import models

from essor.ground.directory.models import Actor, ActorQuerySet
from essor.ground.people.models import OrganisationMember, Person
from essor.ground.territories.models import Territory


def actors_spoken_for(person: Person, territory: Territory) -> ActorQuerySet:
    """The standing cards that this person speaks for here: their own, and those of their organisations."""
    return every_card_of(person, territory).standing().order_by("name", "id")


def every_card_of(person: Person, territory: Territory) -> ActorQuerySet:
    """The same, with the cards that were merged into them: seats taken under an old name are theirs."""
    organisations = OrganisationMember.objects.filter(person=person).values("organisation")
    mine = models.Q(person=person) | models.Q(organisation__in=organisations)
    return Actor.objects.in_territory(territory).filter(mine).as_one()


def people_speaking_for(keys: Iterable[int]) -> "models.QuerySet[Person]":
    """The people who speak for these cards: the person itself, or the members of the organisation."""
    actors = Actor.objects.filter(pk__in=list(keys)).as_one()
    speaking = OrganisationMember.objects.filter(organisation__in=actors.values("organisation"))
    return Person.objects.filter(
        models.Q(pk__in=actors.exclude(person=None).values("person"))
        | models.Q(pk__in=speaking.values("person"))
    )
