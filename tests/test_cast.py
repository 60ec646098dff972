"""The cast itself."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError

from essor.common import clock
from essor.ground.ledger.models import Fact
from essor.ground.ledger.services import record
from essor.ground.people.policies import can_administer, can_facilitate, can_moderate, can_take_part


def test_each_of_the_cast_has_the_rights_of_their_role(territory, alice, bilal, elise, moderator, farid):
    assert can_facilitate(alice, territory)
    assert not can_administer(alice, territory)
    assert can_take_part(bilal, territory)
    assert not can_moderate(bilal, territory)
    assert can_moderate(moderator, territory)
    assert can_administer(elise, territory)
    assert not can_take_part(farid, territory)


def test_the_clock_stops_where_the_test_says(at):
    there = at("2026-03-03T19:00:00+01:00")
    assert clock.today() == date(2026, 3, 3)
    there.shift(timedelta(hours=6))
    assert clock.today() == date(2026, 3, 4)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_the_ledger_is_empty_again_after_a_test_that_commits(time, territory, alice):
    assert Fact.objects.count() == 0
    record(by=alice, verb="territory.changed", thing=territory, territory=territory)


@pytest.mark.django_db(transaction=True)
def test_the_ledger_still_refuses_to_be_changed(territory, alice):
    fact = record(by=alice, verb="territory.changed", thing=territory, territory=territory)
    with pytest.raises(DatabaseError, match="append-only"):
        Fact.objects.filter(pk=fact.pk).update(verb="territory.opened")
