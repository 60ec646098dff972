"""Rights that come from a role in a territory. Each docstring is the rule in plain words."""

from django.contrib.auth.models import AnonymousUser

from essor.ground.people.enums import Role
from essor.ground.people.models import Membership, Person
from essor.ground.territories.models import Territory

Visitor = Person | AnonymousUser

_AT_LEAST: dict[str, tuple[str, ...]] = {
    Role.MEMBER: (Role.MEMBER, Role.MODERATOR, Role.FACILITATOR, Role.ADMINISTRATOR),
    Role.MODERATOR: (Role.MODERATOR, Role.FACILITATOR, Role.ADMINISTRATOR),
    Role.FACILITATOR: (Role.FACILITATOR, Role.ADMINISTRATOR),
    Role.ADMINISTRATOR: (Role.ADMINISTRATOR,),
}


def role_in(person: Visitor, territory: Territory) -> str | None:
    """The role a person has in a territory now, or None. Asked once per person and territory."""
    if not isinstance(person, Person) or not person.is_active:
        return None
    known: dict[int, str | None] = person.__dict__.setdefault("_roles_known", {})
    if territory.pk not in known:
        known[territory.pk] = (
            Membership.objects.in_territory(territory)
            .current()
            .filter(person=person)
            .values_list("role", flat=True)
            .first()
        )
    return known[territory.pk]


def _has(person: Visitor, territory: Territory, role: str) -> bool:
    return role_in(person, territory) in _AT_LEAST[role]


def can_administer(person: Visitor, territory: Territory) -> bool:
    """Administrators of the territory set it up: its perimeter, its themes, its members."""
    return _has(person, territory, Role.ADMINISTRATOR)


def can_facilitate(person: Visitor, territory: Territory) -> bool:
    """Facilitators and administrators of the territory run consultations, meetings and syntheses."""
    return _has(person, territory, Role.FACILITATOR)


def can_moderate(person: Visitor, territory: Territory) -> bool:
    """Moderators, facilitators and administrators of the territory decide on reported words."""
    return _has(person, territory, Role.MODERATOR)


def can_take_part(person: Visitor, territory: Territory) -> bool:
    """Members of the territory, whatever their role."""
    return _has(person, territory, Role.MEMBER)
