"""The facilitator's consultations, without JavaScript."""

from datetime import timedelta

import pytest

from essor.chain.listening.enums import ConsultationState
from essor.chain.listening.models import Consultation, Phase, Question
from essor.common import clock
from tests.factories.listening_capture import OpenConsultationFactory, OpenQuestionFactory
from tests.factories.voices import GivenVoiceFactory

HOME = "/t/val-de-lume/atelier/concertations/"
SAID = {"title": "Se déplacer", "summary": "Vos trajets.", "moderation": "after", "allow_guests": "on"}


@pytest.fixture
def question(territory):
    return OpenQuestionFactory(consultation=OpenConsultationFactory(territory=territory), text="Et ici ?")


def test_a_consultation_goes_from_draft_to_archives(client_of, alice):
    browser = client_of(alice)
    here = browser.post(f"{HOME}nouvelle/", SAID)["Location"]
    assert "Il manque une question" in browser.get(here).content.decode()
    assert "au moins une question" in browser.post(f"{here}ouvrir/", follow=True).content.decode()
    browser.post(f"{here}questions/nouvelle/", {"text": "Que vous manque-t-il ?"})
    assert "Ouvrir cette concertation" in browser.get(f"{here}ouvrir/").content.decode()
    for act, state in (
        ("ouvrir", "open"),
        ("clore", "closed"),
        ("archiver", "archived"),
        ("clore", "closed"),
    ):
        browser.post(f"{here}{act}/")
        assert Consultation.objects.get().state == state


def test_an_illegal_move_is_refused_in_plain_words(client_of, alice, question):
    here = f"{HOME}{question.consultation_id}/"
    page = client_of(alice).post(f"{here}archiver/", follow=True).content.decode()
    assert "ne peut pas devenir" in page


def test_its_words_are_changed_and_its_address_stays(client_of, alice, question):
    consultation = question.consultation
    client_of(alice).post(f"{HOME}{consultation.pk}/modifier/", SAID | {"title": "Autre titre", "slug": "x"})
    slug = consultation.slug
    consultation.refresh_from_db()
    assert (consultation.title, consultation.slug) == ("Autre titre", slug)


def test_questions_are_moved_and_retired_by_plain_buttons(client_of, alice, question):
    other = OpenQuestionFactory(consultation=question.consultation, position=question.position + 1)
    browser = client_of(alice)
    browser.post(f"{HOME}questions/{other.pk}/deplacer/", {"to": "up"})
    assert list(question.consultation.questions.all()) == [other, question]
    browser.post(f"{HOME}questions/{other.pk}/retirer/")
    refused = browser.post(f"{HOME}questions/{question.pk}/retirer/", follow=True).content.decode()
    assert "au moins une question" in refused
    assert Question.objects.filter(is_retired=True).get() == other


def test_an_answered_question_keeps_its_words(client_of, alice, question, territory):
    GivenVoiceFactory(territory=territory, consultation=question.consultation, question=question)
    answer = client_of(alice).post(f"{HOME}questions/{question.pk}/", {"text": "Autre ?"})
    assert "changerait leur sens" in answer.content.decode()


def test_phases_are_added_changed_and_removed(client_of, alice, question):
    browser, here = client_of(alice), f"{HOME}{question.consultation_id}/"
    said = {
        "kind": "inform",
        "title": "S’informer",
        "starts_at": "2026-03-01T09:00",
        "ends_at": "2026-04-01T09:00",
    }
    browser.post(f"{here}etapes/nouvelle/", said)
    phase = Phase.objects.get()
    assert "aucune étape" in browser.get(here).content.decode().lower()
    backwards = browser.post(f"{HOME}etapes/{phase.pk}/", said | {"ends_at": "2026-02-01T09:00"})
    assert "après le début" in backwards.content.decode()
    browser.post(f"{HOME}etapes/{phase.pk}/", said | {"title": "Lire"})
    assert Phase.objects.get().title == "Lire"
    browser.post(f"{HOME}etapes/{phase.pk}/supprimer/")
    assert not Phase.objects.exists()


def test_phases_that_overlap_are_told(client_of, alice, question):
    now = clock.now()
    for title in ("Une", "Deux"):
        Phase.objects.create(
            consultation=question.consultation,
            kind="listen",
            title=title,
            starts_at=now,
            ends_at=now + timedelta(days=2),
        )
    assert "se recouvrent" in client_of(alice).get(f"{HOME}{question.consultation_id}/").content.decode()


def test_members_and_moderators_do_not_prepare_consultations(client_of, bilal, moderator, question):
    for person in (bilal, moderator):
        assert client_of(person).get(HOME).status_code == 403
        assert client_of(person).post(f"{HOME}{question.consultation_id}/clore/").status_code == 403
    assert client_of(None).get(HOME).status_code == 302
    assert Consultation.objects.get().is_open


def test_a_facilitator_elsewhere_touches_nothing_here(client_of, farid, question):
    there = "/t/hautes-roches/atelier/concertations/"
    phase = Phase.objects.create(
        consultation=question.consultation,
        kind="listen",
        title="Ici",
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(days=1),
    )
    browser, pk = client_of(farid), question.consultation_id
    for path in (f"{pk}/", f"{pk}/modifier/", f"questions/{question.pk}/", f"etapes/{phase.pk}/"):
        assert browser.get(there + path).status_code == 404
    for path in (f"{pk}/clore/", f"questions/{question.pk}/retirer/", f"etapes/{phase.pk}/supprimer/"):
        assert browser.post(there + path).status_code == 404
    assert Consultation.objects.get().state == ConsultationState.OPEN


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_few_queries(client_of, alice, territory, count, django_assert_max_num_queries):
    OpenConsultationFactory.create_batch(count, territory=territory)
    browser = client_of(alice)
    with django_assert_max_num_queries(12):
        browser.get(HOME)
