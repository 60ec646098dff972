"""Which actors a person speaks for."""

from django.db import models

from essor.ground.directory.models import Actor
from essor.ground.people.models import OrganisationMember, Person
from essor.ground.territories.models import Territory


def actors_spoken_for(person: Person, territory: Territory) -> "models.QuerySet[Actor]":
    """The standing cards that this person speaks for here: their own, and those of their organisations."""
    organisations = OrganisationMember.objects.filter(person=person).values("organisation")
    return (
        Actor.objects.in_territory(territory)
        .standing()
        .filter(models.Q(person=person) | models.Q(organisation__in=organisations))
        .order_by("name", "id")
    )
