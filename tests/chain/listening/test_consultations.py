"""The life of a consultation."""

from datetime import timedelta

import pytest

from essor.chain.listening.enums import ConsultationState, PhaseKind
from essor.chain.listening.policies import can_give_voice, can_see_consultation, is_listening
from essor.chain.listening.selectors.consultations import (
    consultations_by_time,
    figures_of,
    phases_that_overlap,
)
from essor.chain.listening.services import consultations as life
from essor.chain.listening.services.refusals import IllegalMove, NotReady
from essor.common import clock
from essor.ground.ledger.models import Fact
from essor.ground.notices.models import Notice
from tests.factories.listening_capture import OpenConsultationFactory, OpenQuestionFactory
from tests.factories.voices import GivenVoiceFactory, SomeoneFactory

DAY = timedelta(days=1)


@pytest.fixture
def draft(alice, territory):
    return life.draft_consultation(
        by=alice, territory=territory, title="Mieux se déplacer", summary="Vos trajets de chaque jour."
    )


def phase(consultation, alice, start, end, kind=PhaseKind.LISTEN):
    now = clock.now()
    return life.add_phase(
        by=alice,
        consultation=consultation,
        kind=kind,
        title="Étape",
        starts_at=now + start * DAY,
        ends_at=now + end * DAY,
    )


def test_a_draft_is_seen_by_facilitators_only(draft, alice, bilal, farid):
    assert can_see_consultation(alice, draft)
    assert not can_see_consultation(bilal, draft)
    assert not can_see_consultation(farid, draft)


def test_two_consultations_of_the_same_title_have_two_addresses(draft, alice, territory):
    other = life.draft_consultation(by=alice, territory=territory, title=draft.title, summary="Encore.")
    assert (draft.slug, other.slug) == ("mieux-se-deplacer", "mieux-se-deplacer-2")


def test_a_consultation_without_question_cannot_open_and_says_why(draft, alice):
    with pytest.raises(NotReady, match="question"):
        life.open_consultation(by=alice, consultation=draft)


def test_opening_is_told_once_to_the_other_members(
    draft, alice, bilal, farid, django_capture_on_commit_callbacks
):
    life.add_question(by=alice, consultation=draft, text="Que vous manque-t-il ?")
    with django_capture_on_commit_callbacks(execute=True):
        life.open_consultation(by=alice, consultation=draft)
    assert list(Notice.objects.values_list("person", flat=True)) == [bilal.pk]
    assert Fact.objects.about(draft).filter(verb="consultation.opened").count() == 1


def test_a_consultation_closes_reopens_closes_and_is_archived(draft, alice):
    life.add_question(by=alice, consultation=draft, text="Que vous manque-t-il ?")
    life.open_consultation(by=alice, consultation=draft)
    life.close_consultation(by=alice, consultation=draft)
    assert draft.closed_at is not None
    life.open_consultation(by=alice, consultation=draft)
    assert draft.closed_at is None
    life.close_consultation(by=alice, consultation=draft)
    life.archive_consultation(by=alice, consultation=draft)
    with pytest.raises(IllegalMove, match="archives"):
        life.open_consultation(by=alice, consultation=draft)
    life.close_consultation(by=alice, consultation=draft)
    assert draft.state == ConsultationState.CLOSED


def test_an_open_consultation_cannot_be_archived_and_the_refusal_is_in_plain_words(territory, alice):
    consultation = OpenConsultationFactory(territory=territory)
    with pytest.raises(IllegalMove, match=r"ouverte.* ne peut pas devenir .*archivée"):
        life.archive_consultation(by=alice, consultation=consultation)


def test_without_phases_an_open_consultation_listens(territory, bilal):
    assert is_listening(OpenConsultationFactory(territory=territory))


def test_with_phases_it_listens_only_while_one_to_give_ones_voice_runs(territory, alice, at):
    consultation = OpenConsultationFactory(territory=territory)
    phase(consultation, alice, 1, 3)
    phase(consultation, alice, 3, 5, PhaseKind.SYNTHESIS)
    start = clock.now()
    assert not is_listening(consultation)
    at(start + 2 * DAY)
    assert is_listening(consultation)
    at(start + 3 * DAY + timedelta(minutes=1))
    assert not is_listening(consultation)


def test_a_guest_is_refused_where_an_account_is_asked(territory, bilal):
    consultation = OpenConsultationFactory(territory=territory, allow_guests=False)
    assert can_give_voice(bilal, consultation)
    assert not can_give_voice(None, consultation)


def test_a_phase_that_ends_before_it_starts_is_refused(draft, alice):
    with pytest.raises(NotReady, match="fin"):
        phase(draft, alice, 3, 1)


def test_phases_of_a_kind_that_overlap_are_told_not_refused(draft, alice):
    one, two = phase(draft, alice, 0, 4), phase(draft, alice, 3, 6)
    phase(draft, alice, 0, 9, PhaseKind.INFORM)
    phase(draft, alice, 6, 7)
    assert phases_that_overlap(draft) == [(one, two)]


def test_a_question_that_was_answered_keeps_its_words(territory, alice):
    question = OpenQuestionFactory(consultation=OpenConsultationFactory(territory=territory))
    GivenVoiceFactory(territory=territory, consultation=question.consultation, question=question)
    with pytest.raises(NotReady, match="sens"):
        life.change_question(by=alice, question=question, text="Autre chose ?")
    life.change_question(by=alice, question=question, text=question.text, help_text="Chez vous.")


def test_questions_are_put_in_order_and_the_ends_hold(draft, alice):
    first, second, third = (
        life.add_question(by=alice, consultation=draft, text=text) for text in ("Un ?", "Deux ?", "Trois ?")
    )
    life.move_question(by=alice, question=third, up=True)
    life.move_question(by=alice, question=first, up=True)
    assert list(draft.questions.all()) == [first, third, second]


def test_an_open_consultation_keeps_at_least_one_question(territory, alice):
    question = OpenQuestionFactory(consultation=OpenConsultationFactory(territory=territory))
    with pytest.raises(NotReady, match="au moins une question"):
        life.retire_question(by=alice, question=question)


def test_consultations_are_told_apart_by_time(territory, alice, draft, other_territory):
    now = OpenConsultationFactory(territory=territory)
    later = OpenConsultationFactory(territory=territory)
    phase(later, alice, 2, 4)
    over = OpenConsultationFactory(territory=territory, state=ConsultationState.CLOSED)
    OpenConsultationFactory(territory=territory, state=ConsultationState.ARCHIVED)
    OpenConsultationFactory(territory=other_territory)
    found = consultations_by_time(territory)
    assert (found.open, found.to_come, found.over) == ([now], [later], [over])


def test_figures_count_people_once_and_only_voices_that_count(territory, django_assert_num_queries):
    question = OpenQuestionFactory(consultation=OpenConsultationFactory(territory=territory))
    someone = SomeoneFactory(territory=territory)
    common = {"territory": territory, "consultation": question.consultation}
    GivenVoiceFactory.create_batch(2, **common, question=question, speaker=someone)
    GivenVoiceFactory(**common, channel="interview", state="private", family="worker")
    GivenVoiceFactory(**common, state="hidden")
    with django_assert_num_queries(2):
        figures = figures_of(question.consultation)
    assert (figures.voices, figures.people) == (3, 2)
    assert figures.by_channel == {"online": 2, "interview": 1}
    assert figures.by_family == {"citizen": 2, "worker": 1}
    assert figures.by_question == {question.pk: 2}
