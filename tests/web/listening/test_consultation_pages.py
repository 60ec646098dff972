"""The public pages of consultations."""

from datetime import timedelta

import pytest

from essor.chain.listening.enums import ConsultationState, PhaseKind
from essor.chain.listening.models import Phase
from essor.common import clock
from tests.factories.listening_capture import OpenConsultationFactory, OpenQuestionFactory
from tests.web.listening.conftest import HOME

PAGE = f"{HOME}c/bien-vivre/"


def test_an_empty_territory_says_what_to_do(client_of, territory):
    assert "Aucune concertation" in client_of(None).get(HOME).content.decode()


def test_what_listens_comes_first_with_the_way_in(client_of, question, territory):
    OpenConsultationFactory(territory=territory, title="Finie", state=ConsultationState.CLOSED)
    page = client_of(None).get(HOME).content.decode()
    assert page.index("Bien vivre ici") < page.index("Finie")
    assert "Participer en une minute" in page


def test_a_consultation_shows_its_promise_its_dates_and_its_questions(client_of, question):
    consultation = question.consultation
    consultation.engagement = "Nous répondrons **avant l’été**."
    consultation.save()
    now = clock.now()
    Phase.objects.create(
        consultation=consultation, kind=PhaseKind.LISTEN, title="Donner sa voix",
        starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=9),
    )  # fmt: skip
    page = client_of(None).get(PAGE).content.decode()
    assert "<strong>avant l’été</strong>" in page
    assert "en ce moment" in page
    assert "Que vous manque-t-il" in page
    assert "Participer maintenant" in page


def test_a_consultation_to_come_says_when(client_of, question):
    now = clock.now()
    Phase.objects.create(
        consultation=question.consultation, kind=PhaseKind.LISTEN, title="Donner sa voix",
        starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=9),
    )  # fmt: skip
    assert "à partir du" in client_of(None).get(PAGE).content.decode()
    assert "À venir" in client_of(None).get(HOME).content.decode()


def test_a_retired_question_is_not_asked(client_of, question):
    OpenQuestionFactory(consultation=question.consultation, text="Dépassée", is_retired=True)
    assert "Dépassée" not in client_of(None).get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["visitor", "bilal", "farid"])
def test_a_draft_is_not_there_for_others(client_of, question, request, who):
    question.consultation.state = ConsultationState.DRAFT
    question.consultation.save()
    person = None if who == "visitor" else request.getfixturevalue(who)
    assert client_of(person).get(PAGE).status_code == 404


def test_a_facilitator_previews_a_draft(client_of, question, alice):
    question.consultation.state = ConsultationState.DRAFT
    question.consultation.save()
    assert "Aperçu" in client_of(alice).get(PAGE).content.decode()


def test_a_consultation_stays_in_its_territory(client_of, question, other_territory):
    assert client_of(None).get("/t/hautes-roches/ecoute/c/bien-vivre/").status_code == 404
