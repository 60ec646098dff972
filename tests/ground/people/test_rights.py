"""Rights follow the role a person has now."""

import pytest
from django.urls import reverse

from essor.common import clock
from essor.ground.people.models import Membership, Person
from essor.ground.people.policies import can_facilitate, can_take_part, role_in


@pytest.fixture
def gone(alice, territory) -> Person:
    """Alice, who facilitated and has left; read anew, as the next request would."""
    Membership.objects.filter(person=alice, territory=territory).update(left_at=clock.now())
    return Person.objects.get(pk=alice.pk)


def test_whoever_left_a_territory_has_no_right_there_any_more(gone, territory):
    assert role_in(gone, territory) is None
    assert not can_take_part(gone, territory)
    assert not can_facilitate(gone, territory)


def test_the_workshop_is_closed_to_whoever_left(client_of, gone, territory):
    assert client_of(gone).get(reverse("territory:atelier", args=[territory.slug])).status_code == 403


def test_a_closed_account_has_no_right(alice, territory):
    alice.is_active = False
    assert role_in(alice, territory) is None


def test_a_role_holds_in_its_own_territory_only(alice, other_territory):
    assert role_in(alice, other_territory) is None
