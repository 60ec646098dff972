"""A person joins a territory, or leaves it."""

from django.db import transaction

from essor.ground.ledger.services import record
from essor.ground.people.enums import Role, StakeholderFamily
from essor.ground.people.models import Membership, Person
from essor.ground.people.services import memberships
from essor.ground.territories.models import Territory


@transaction.atomic
def join_territory(
    *,
    person: Person,
    territory: Territory,
    role: str = Role.MEMBER,
    family: str = StakeholderFamily.CITIZEN,
    commune_code: str = "",
    by: Person | None = None,
) -> Membership:
    """The person becomes a member, of their own will or welcomed by ``by`` with a role."""
    membership, is_new = memberships.join(
        person=person, territory=territory, role=role, family=family, commune_code=commune_code
    )
    if is_new:
        record(
            by=by or person,
            verb="member.joined",
            thing=membership,
            territory=territory,
            data={"role": membership.role},
        )
    return membership


@transaction.atomic
def leave_territory(*, by: Person, membership: Membership) -> None:
    """A member leaves, or is removed by an administrator. The last administrator cannot."""
    memberships.leave(membership=membership)
    record(
        by=by,
        verb="member.left",
        thing=membership,
        territory=membership.territory,
        data={} if by == membership.person else {"removed": True},
    )


@transaction.atomic
def come_back(*, by: Person, membership: Membership) -> None:
    """Take back a removal: the member finds the role they had."""
    join_territory(
        person=membership.person,
        territory=membership.territory,
        role=membership.role,
        family=membership.family,
        commune_code=membership.commune_code,
        by=by,
    )
