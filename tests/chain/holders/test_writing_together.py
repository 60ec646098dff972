"""Two facilitators on the same card: nobody overwrites anybody, and each keeps the notes they wrote."""

from dataclasses import replace
from datetime import timedelta

import pytest

from essor.chain.holders.enums import NotePrivacy
from essor.chain.holders.models import Encounter
from essor.chain.holders.policies import can_add_note, can_change_note, can_remove_note
from essor.chain.holders.selectors.listing import Asked, holders, notes_of
from essor.chain.holders.services.encounters import (
    add_note,
    change_note,
    erase_removed_notes,
    record_encounter,
    remove_note,
    restore_note,
)
from essor.chain.holders.services.holders import (
    HolderWords,
    add_holder,
    change_holder,
    forget_person,
    words_of,
)
from essor.chain.holders.services.refusals import HolderClash, HolderRefused
from essor.common import clock


@pytest.fixture
def simone(territory, alice):
    return add_holder(
        by=alice, territory=territory, words=HolderWords(name="Simone", idea="Un repas. Pour tous. Le jeudi.")
    )


@pytest.fixture
def opened(simone):
    """The card as both facilitators opened it."""
    return words_of(holder=simone)


@pytest.fixture
def met(simone, alice):
    return record_encounter(by=alice, holder=simone, manner="face", on=clock.today(), note="Un. Deux.")


def test_two_people_who_change_different_things_both_have_their_way(simone, opened, alice, elise):
    change_holder(by=alice, holder=simone, words=replace(opened, phone="06 00 00 00 01"), base=opened.plain)
    change_holder(by=elise, holder=simone, words=replace(opened, email="s@example.org"), base=opened.plain)
    simone.refresh_from_db()
    assert (simone.phone, simone.email) == ("06 00 00 00 01", "s@example.org")


def test_two_people_who_change_different_sentences_of_the_idea_are_merged(simone, opened, alice, elise):
    change_holder(
        by=alice,
        holder=simone,
        words=replace(opened, idea="Un grand repas. Pour tous. Le jeudi."),
        base=opened.plain,
    )
    change_holder(
        by=elise,
        holder=simone,
        words=replace(opened, idea="Un repas. Pour tous. Le lundi."),
        base=opened.plain,
    )
    simone.refresh_from_db()
    assert simone.idea == "Un grand repas. Pour tous. Le lundi."


def test_two_people_who_change_the_same_thing_see_both_and_nothing_is_saved(simone, opened, alice, elise):
    change_holder(by=alice, holder=simone, words=replace(opened, phone="01"), base=opened.plain)
    with pytest.raises(HolderClash) as told:
        change_holder(
            by=elise,
            holder=simone,
            words=replace(opened, phone="02", email="s@example.org"),
            base=opened.plain,
        )
    simone.refresh_from_db()
    assert (simone.phone, simone.email) == ("01", "")
    clash = told.value.clashes[0]
    assert (clash.fields, clash.mine, clash.theirs) == (("phone",), ("02",), ("01",))
    assert told.value.kept["email"] == "s@example.org"
    change_holder(by=elise, holder=simone, words=replace(opened, phone="02"), base=told.value.present)
    simone.refresh_from_db()
    assert simone.phone == "02"


def test_a_form_that_says_nothing_of_its_start_never_overwrites(simone, opened, elise):
    with pytest.raises(HolderClash):
        change_holder(by=elise, holder=simone, words=replace(opened, name="Simone B."), base={})


def test_a_step_and_its_date_go_together(simone, opened, alice, elise):
    day = clock.today() + timedelta(days=3)
    change_holder(
        by=alice, holder=simone, words=replace(opened, next_step="Appeler", next_on=day), base=opened.plain
    )
    with pytest.raises(HolderClash):
        change_holder(by=elise, holder=simone, words=replace(opened, next_step="Écrire"), base=opened.plain)
    change_holder(by=elise, holder=simone, words=replace(opened, phone="02"), base=opened.plain)
    simone.refresh_from_db()
    assert (simone.next_step, simone.next_on, simone.phone) == ("Appeler", day, "02")


def test_a_meeting_never_overwrites_a_next_step_set_meanwhile(simone, opened, alice, elise):
    day = clock.today() + timedelta(days=3)
    change_holder(
        by=alice, holder=simone, words=replace(opened, next_step="Appeler", next_on=day), base=opened.plain
    )
    base = {"next_step": "", "next_on": ""}
    meeting = {"by": elise, "holder": simone, "manner": "phone", "on": clock.today(), "base": base}
    with pytest.raises(HolderClash):
        record_encounter(**meeting, next_step="Visiter", next_on=day)
    assert not Encounter.objects.exists()
    record_encounter(**meeting, note="Vue.")
    simone.refresh_from_db()
    assert (simone.next_step, simone.next_on) == ("Appeler", day)


def test_only_its_author_rewords_or_takes_back_a_note_and_others_add_theirs(met, alice, elise, bilal, farid):
    assert can_change_note(alice, met)
    assert can_remove_note(alice, met)
    assert not can_add_note(alice, met)
    assert can_add_note(elise, met)
    for stranger in (elise, bilal, farid, None):
        assert not can_change_note(stranger, met)
        assert not can_remove_note(stranger, met)
    assert not any(can_add_note(each, met) for each in (bilal, farid, None))


def test_a_note_added_stands_beside_and_the_meeting_counts_once(simone, met, elise, alice, territory):
    add_note(by=elise, encounter=met, note="J’ai compris autre chose.")
    add_note(by=elise, encounter=met, note="Pour moi.", privacy=NotePrivacy.AUTHOR)
    assert holders(territory, Asked()).get().times == 1
    told = notes_of(simone, alice)
    assert [each.note for each in told] == ["Un. Deux."]
    assert [each.note for each in told[0].others] == ["J’ai compris autre chose."]
    assert [each.note for each in notes_of(simone, elise)[0].others] == [
        "J’ai compris autre chose.",
        "Pour moi.",
    ]


def test_an_empty_note_is_not_added(met, elise):
    with pytest.raises(HolderRefused, match="Écrivez"):
        add_note(by=elise, encounter=met, note="  ")


def test_the_same_author_on_two_screens_loses_nothing(met, alice):
    change_note(by=alice, encounter=met, note="Un. Deux. Trois.", privacy="team", base="Un. Deux.")
    change_note(
        by=alice, encounter=met, note="Un seul. Deux. Trois.", privacy="team", base="Un. Deux. Trois."
    )
    change_note(by=alice, encounter=met, note="Un. Deux. Quatre.", privacy="team", base="Un. Deux. Trois.")
    met.refresh_from_db()
    assert met.note == "Un seul. Deux. Quatre."
    with pytest.raises(HolderClash):
        change_note(by=alice, encounter=met, note="Une. Deux.", privacy="team", base="Un. Deux.")


def test_a_note_taken_back_is_hidden_and_may_be_put_back(simone, met, alice, elise, territory):
    remove_note(by=alice, encounter=met)
    assert notes_of(simone, elise) == []
    assert holders(territory, Asked()).get().times == 0
    assert [each.note for each in notes_of(simone, alice)] == ["Un. Deux."]
    with pytest.raises(HolderRefused, match="peut la remettre"):
        restore_note(by=elise, encounter=met)
    restore_note(by=alice, encounter=met)
    assert [each.note for each in notes_of(simone, elise)] == ["Un. Deux."]


def test_a_note_taken_back_a_month_ago_is_gone_but_never_that_of_another(met, simone, alice, elise):
    lone = record_encounter(by=alice, holder=simone, manner="face", on=clock.today(), note="Seule.")
    add_note(by=elise, encounter=met, note="La mienne.")
    for each in (met, lone):
        remove_note(by=alice, encounter=each)
    assert erase_removed_notes() == 0
    Encounter.objects.exclude(removed_at=None).update(removed_at=clock.now() - timedelta(days=31))
    assert erase_removed_notes() == 2
    assert erase_removed_notes() == 0
    assert [(each.note, [one.note for one in each.others]) for each in notes_of(simone, elise)] == [
        ("", ["La mienne."])
    ]


def test_an_erased_account_takes_its_private_notes_not_those_that_others_added(met, simone, alice, elise):
    add_note(by=elise, encounter=met, note="La mienne.")
    change_note(by=alice, encounter=met, note="Secret.", privacy=NotePrivacy.AUTHOR)
    forget_person(person=alice)
    assert sorted(Encounter.objects.values_list("note", flat=True)) == ["", "La mienne."]
