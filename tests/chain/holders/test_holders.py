"""The log of those who are met: least data, private notes, a board, reminders, and real erasure."""

from datetime import timedelta

import pytest

from essor.chain.holders.enums import HolderStage, NotePrivacy
from essor.chain.holders.models import Encounter, ProjectHolder
from essor.chain.holders.policies import can_meet_holders, can_read_note
from essor.chain.holders.selectors.listing import Asked, board, notes_of
from essor.chain.holders.services.encounters import change_note, record_encounter, remove_note
from essor.chain.holders.services.holders import (
    HolderWords,
    add_holder,
    forget_holder,
    inform,
    move_holder,
)
from essor.chain.holders.services.refusals import HolderRefused
from essor.common import clock
from essor.ground.notices.models import Notice
from essor.journeys import remind_holders
from tests.factories.chain import HolderFactory


@pytest.fixture
def simone(territory, alice):
    return add_holder(by=alice, territory=territory, words=HolderWords(name="Simone", idea="Un repas."))


def test_only_facilitators_keep_the_log(territory, alice, elise, bilal, moderator, farid):
    assert can_meet_holders(alice, territory)
    assert can_meet_holders(elise, territory)
    assert not any(can_meet_holders(each, territory) for each in (bilal, moderator, farid))


def test_a_note_for_oneself_is_read_by_its_author_alone(simone, alice, elise):
    note = record_encounter(
        by=alice, holder=simone, manner="face", on=clock.today(), note="Secret.", privacy=NotePrivacy.AUTHOR
    )
    assert can_read_note(alice, note)
    assert not can_read_note(elise, note)
    assert [each.note for each in notes_of(simone, elise)] == [""]
    assert [each.note for each in notes_of(simone, alice)] == ["Secret."]
    with pytest.raises(HolderRefused, match="Seule la personne"):
        change_note(by=elise, encounter=note, note="Lu.", privacy=NotePrivacy.TEAM)


def test_nobody_rewords_or_hides_the_note_of_another(simone, alice, elise):
    note = record_encounter(by=alice, holder=simone, manner="face", on=clock.today(), note="À tous.")
    with pytest.raises(HolderRefused, match="ajoutez la vôtre"):
        change_note(by=elise, encounter=note, note="À moi.", privacy=NotePrivacy.AUTHOR)
    with pytest.raises(HolderRefused, match="peut la retirer"):
        remove_note(by=elise, encounter=note)
    note.refresh_from_db()
    assert (note.note, note.privacy, note.removed_at) == ("À tous.", NotePrivacy.TEAM, None)


def test_cards_keep_their_order_when_one_is_dropped_between_others(territory, alice):
    cards = [
        add_holder(by=alice, territory=territory, words=HolderWords(name=name)) for name in ("a", "b", "c")
    ]
    move_holder(by=alice, holder=cards[2], stage=HolderStage.SPOTTED, position=0)
    assert [each.name for each in board(territory, Asked())[0].cards] == ["c", "a", "b"]
    move_holder(by=alice, holder=cards[0], stage=HolderStage.MET)
    column = next(each for each in board(territory, Asked()) if each.stage == HolderStage.MET)
    assert [each.name for each in column.cards] == ["a"]
    assert cards[0].moves.get().before == HolderStage.SPOTTED


def test_the_board_stays_short_at_two_thousand_cards(territory, django_assert_max_num_queries):
    HolderFactory.create_batch(3, territory=territory)
    holder = ProjectHolder.objects.first()
    ProjectHolder.objects.bulk_create(
        ProjectHolder(
            territory=territory,
            name=f"Porteur {rank}",
            position=rank + 10,
            created_at=holder.created_at,
            changed_at=holder.changed_at,
        )
        for rank in range(2000)
    )
    with django_assert_max_num_queries(10):
        first = board(territory, Asked())[0]
    assert (first.number, len(first.cards), first.hidden) == (2003, 40, 1963)


def test_a_next_step_says_what_it_is(simone, alice):
    with pytest.raises(HolderRefused, match="prochain pas"):
        record_encounter(by=alice, holder=simone, manner="face", on=clock.today(), next_on=clock.today())
    with pytest.raises(HolderRefused, match="à venir"):
        record_encounter(by=alice, holder=simone, manner="face", on=clock.today() + timedelta(days=1))


def test_facilitators_are_reminded_once_of_a_next_step(simone, alice, django_capture_on_commit_callbacks):
    record_encounter(
        by=alice, holder=simone, manner="phone", on=clock.today(), next_step="Rappeler", next_on=clock.today()
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_holders.run() == 1
        assert remind_holders.run() == 0
    assert Notice.objects.filter(person=alice, kind="holders").count() == 1


def test_forgetting_leaves_neither_name_nor_note(simone, alice):
    inform(by=alice, holder=simone)
    record_encounter(by=alice, holder=simone, manner="face", on=clock.today(), note="Elle est malade.")
    forget_holder(by=alice, holder=simone)
    simone.refresh_from_db()
    assert "Simone" not in f"{simone.name}{simone.idea}{simone.search}"
    assert not Encounter.objects.exclude(note="").exists()
    assert not ProjectHolder.objects.living().exists()
    with pytest.raises(HolderRefused, match="effacée"):
        move_holder(by=alice, holder=simone, stage=HolderStage.MET)
