"""An administrator gives a member another role."""

from django.db import transaction

from essor.ground.ledger.services import record
from essor.ground.people.models import Membership, Person
from essor.ground.people.services import memberships


@transaction.atomic
def change_member_role(*, by: Person, membership: Membership, role: str) -> None:
    """Give the role; nothing is recorded when the member already has it."""
    former = memberships.change_role(membership=membership, role=role)
    if former != role:
        record(
            by=by,
            verb="member.role_changed",
            thing=membership,
            territory=membership.territory,
            data={"from": former, "to": role},
        )
