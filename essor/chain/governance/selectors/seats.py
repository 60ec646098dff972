"""Where a person sits, what they voted under their name, the rolls they are on: for their own export."""

from typing import Any

from django.db.models import Q

from essor.chain.governance.models import BodyMember, Elector, OpenVote
from essor.ground.people.models import Person


def personal_rows(person: Person) -> dict[str, list[Any]]:
    """Seats, open votes and rolls; what a secret ballot said is known to nobody."""
    mine = BodyMember.objects.filter(Q(representative=person) | Q(actor__person=person))
    return {
        "seats": list(mine.values("body__name", "actor__name", "category", "since", "until")),
        "open_votes": list(
            OpenVote.objects.filter(elector__voter=person).values("resolution__title", "choice", "cast_at")
        ),
        "rolls": list(Elector.objects.filter(voter=person).values("resolution__title", "has_voted")),
    }
