"""A consultation that listens, and ways to give a voice there."""

import re

import pytest

from tests.factories.listening_capture import OpenConsultationFactory, OpenQuestionFactory
from tests.factories.voices import GivenVoiceFactory

WORDS = "Il faudrait un bus le soir vers Brécourt."
NOON = "2026-03-03T12:00:00+01:00"
HOME = "/t/val-de-lume/ecoute/"


@pytest.fixture
def question(territory):
    consultation = OpenConsultationFactory(territory=territory, title="Bien vivre ici", slug="bien-vivre")
    return OpenQuestionFactory(consultation=consultation, text="Que vous manque-t-il ?")


@pytest.fixture
def voice(territory, question):
    return GivenVoiceFactory(
        territory=territory, consultation=question.consultation, question=question, words=WORDS
    )


@pytest.fixture
def sheet(question, at):
    """Opens the page at noon, writes for a minute, and sends: `sheet(browser, words="…")`."""

    def send(browser, words=WORDS, seconds=60, stamp=None, slug="bien-vivre", **more):
        clock = at(NOON)
        page = browser.get(f"{HOME}c/{slug}/participer/").content.decode()
        found = re.search(r'name="stamp" value="([^"]+)"', page)
        clock.shift(seconds)
        data = {"words": words, "question": question.pk, "stamp": stamp or (found[1] if found else "")}
        return browser.post(f"{HOME}c/{slug}/participer/", data | more, REMOTE_ADDR="192.0.2.7")

    return send


@pytest.fixture
def receipt_of(sheet):
    """Gives a voice as this browser and reads the receipt on the page of thanks."""

    def read(browser, **given):
        answer = sheet(browser, **given)
        assert answer.status_code == 302, answer.content.decode()
        page = browser.get(answer["Location"]).content.decode()
        return re.search(r"data-code>([0-9A-Z-]+)<", page)[1]

    return read
