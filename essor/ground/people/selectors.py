"""Reading people, memberships, invitations and organisations of a territory."""

from datetime import timedelta

from django.db import models

from essor.common import clock
from essor.common.text import tidy
from essor.ground.people.models import Invitation, Membership, Organisation, OrganisationMember, Person
from essor.ground.territories.models import Territory


def memberships_of(person: Person) -> "models.QuerySet[Membership]":
    """The territories a person belongs to now, with their names."""
    return Membership.objects.current().filter(person=person).select_related("territory")


def members_of(territory: Territory, *, asked: str = "", role: str = "") -> "models.QuerySet[Membership]":
    """Current members, found by name or address and by role; those with the widest roles first."""
    rows = Membership.objects.in_territory(territory).current().select_related("person", "territory")
    asked = tidy(asked)
    if asked:
        rows = rows.filter(
            models.Q(person__display_name__icontains=asked) | models.Q(person__email__icontains=asked)
        )
    if role:
        rows = rows.filter(role=role)
    width = models.Case(
        models.When(role="administrator", then=0),
        models.When(role="facilitator", then=1),
        models.When(role="moderator", then=2),
        default=3,
    )
    return rows.annotate(width=width).order_by("width", "person__display_name", "id")


def waiting_invitations(territory: Territory, *, lasts: timedelta) -> "models.QuerySet[Invitation]":
    """Invitations that can still be accepted, newest first."""
    return (
        Invitation.objects.filter(
            territory=territory, accepted_at=None, cancelled_at=None, created_at__gt=clock.now() - lasts
        )
        .select_related("invited_by")
        .order_by("-created_at")
    )


def organisations_of(
    territory: Territory, *, asked: str = "", family: str = "", archived: bool = False
) -> "models.QuerySet[Organisation]":
    """Organisations found by name and family, with how many persons speak for each."""
    rows = Organisation.objects.in_territory(territory).filter(is_archived=archived)
    asked = tidy(asked)
    if asked:
        rows = rows.filter(models.Q(name__icontains=asked) | models.Q(siren=asked.replace(" ", "")))
    if family:
        rows = rows.filter(family=family)
    return rows.annotate(members_count=models.Count("members")).order_by("name", "id")


def organisation_members(organisation: Organisation) -> "models.QuerySet[OrganisationMember]":
    """Who speaks for an organisation, contacts first."""
    return organisation.members.select_related("person").order_by("-is_contact", "person__display_name")


def people_told_of(territory: Territory, *, roles: tuple[str, ...]) -> "models.QuerySet[Person]":
    """Active persons who have one of these roles in the territory now."""
    return Person.objects.filter(
        is_active=True,
        memberships__territory=territory,
        memberships__left_at=None,
        memberships__role__in=roles,
    )
