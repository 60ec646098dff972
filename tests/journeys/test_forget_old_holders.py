"""What is kept about somebody met goes when nobody heard from them for long."""

from datetime import date, timedelta

import pytest

from essor.chain.holders.enums import HolderStage
from essor.chain.holders.models import Encounter, ProjectHolder
from essor.chain.holders.selectors.listing import Asked, holders, soon_erased
from essor.chain.holders.services.encounters import record_encounter
from essor.chain.holders.services.holders import HolderWords, add_holder, hear_from, move_holder
from essor.common import clock
from essor.ground.ledger.models import Fact
from essor.journeys import forget_erased_words, forget_old_holders


@pytest.fixture
def simone(territory, alice, at):
    at("2026-03-10T10:00:00+01:00")
    made = add_holder(by=alice, territory=territory, words=HolderWords(name="Simone", idea="Un repas."))
    record_encounter(by=alice, holder=made, manner="face", on=date(2026, 3, 10), note="Elle a les marmites.")
    return made


def test_two_years_without_contact_erase_the_card_and_its_notes(simone, at):
    at("2028-03-09T10:00:00+01:00")
    assert forget_old_holders.run() == 0
    at("2028-03-10T10:00:00+01:00")
    assert forget_old_holders.run() == 1
    assert forget_old_holders.run() == 0
    simone.refresh_from_db()
    assert simone.forgotten_at is not None
    assert "Simone" not in f"{simone.name}{simone.idea}{simone.search}"
    assert not Encounter.objects.exclude(note="").exists()
    fact = Fact.objects.get(verb="holder.forgotten")
    assert (fact.by, fact.data) == (None, {"because": "no_contact"})
    assert forget_erased_words.run()


def test_the_installation_chooses_how_long(simone, at, settings):
    settings.HOLDERS_KEPT_MONTHS = 6
    at("2026-09-10T10:00:00+02:00")
    assert forget_old_holders.run() == 1


@pytest.mark.parametrize("act", ["met", "moved", "heard"])
def test_any_contact_keeps_the_card_as_long_again(simone, alice, at, act):
    at("2027-03-10T10:00:00+01:00")
    if act == "met":
        record_encounter(by=alice, holder=simone, manner="phone", on=date(2027, 3, 10))
    elif act == "moved":
        move_holder(by=alice, holder=simone, stage=HolderStage.MET)
    else:
        hear_from(by=alice, holder=simone)
    at("2028-06-01T10:00:00+02:00")
    assert forget_old_holders.run() == 0
    simone.refresh_from_db()
    assert simone.erased_on == date(2029, 3, 10)


def test_closing_a_card_is_no_contact(simone, alice, at):
    at("2027-03-10T10:00:00+01:00")
    assert move_holder(by=alice, holder=simone, stage=HolderStage.CLOSED).erased_on == date(2028, 3, 10)


def test_changing_a_word_of_the_card_is_no_contact(simone, alice):
    simone.refresh_from_db()
    assert simone.erased_on == date(2028, 3, 10)


def test_a_next_step_to_come_keeps_the_card_until_then(simone, alice, at):
    ProjectHolder.objects.update(next_step="Revenir", next_on=date(2028, 5, 2))
    at("2028-03-20T10:00:00+01:00")
    assert forget_old_holders.run() == 0
    at("2028-05-03T10:00:00+02:00")
    assert forget_old_holders.run() == 1


def test_it_is_told_two_months_before(simone, territory, at):
    at("2028-01-01T10:00:00+01:00")
    assert soon_erased(territory) == 0
    at("2028-01-20T10:00:00+01:00")
    assert soon_erased(territory) == 1
    assert list(holders(territory, Asked(due="erased"))) == [simone]
    simone.refresh_from_db()
    assert simone.is_soon_erased


def test_those_who_are_late_are_found(simone, territory, alice):
    day = clock.today()
    for name, step in (("late", -1), ("soon", 2), ("far", 30)):
        words = HolderWords(name=name, next_step="x", next_on=day + timedelta(days=step))
        add_holder(by=alice, territory=territory, words=words)
    found = {
        due: [each.name for each in holders(territory, Asked(due=due))] for due in ("late", "soon", "none")
    }
    assert found == {"late": ["late"], "soon": ["soon"], "none": ["Simone"]}
