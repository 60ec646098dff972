"""What became of my voice, by its code or from my account."""

import pytest

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution
from essor.chain.listening.services import care
from essor.chain.listening.services.voices import speaker_for
from essor.chain.needs.enums import NeedState
from essor.chain.needs.models import Need
from essor.common import clock
from essor.ground.ledger.enums import LinkKind
from essor.ground.ledger.services import link
from essor.web.listening import my_voice
from tests.web.listening.conftest import HOME, WORDS

ENTER, SHOWN = f"{HOME}ma-voix/", f"{HOME}ma-voix/suivi/"


@pytest.fixture
def opened(client_of, receipt_of):
    """A browser in which a voice was given, then opened with its code."""
    browser = client_of(None)
    code = receipt_of(browser)
    assert browser.post(ENTER, {"code": code.lower()})["Location"] == SHOWN
    return browser


def test_the_code_opens_the_voice_on_another_device(client_of, receipt_of):
    code = receipt_of(client_of(None))
    other = client_of(None)
    other.post(ENTER, {"code": code.replace("-", " ")})
    page = other.get(SHOWN)
    assert WORDS in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert code not in page.content.decode()


def test_the_code_of_another_territory_opens_nothing(client_of, receipt_of, other_territory):
    code = receipt_of(client_of(None))
    page = client_of(None).post("/t/hautes-roches/ecoute/ma-voix/", {"code": code}).content.decode()
    assert "Aucune voix d’ici" in page


def test_a_voice_opened_here_is_not_open_elsewhere(opened, other_territory):
    answer = opened.get("/t/hautes-roches/ecoute/ma-voix/suivi/")
    assert answer["Location"] == "/t/hautes-roches/ecoute/ma-voix/"


def test_guessing_codes_is_stopped(client_of, question, monkeypatch):
    monkeypatch.setattr(my_voice, "TRIES", 3)
    browser = client_of(None)
    pages = [browser.post(ENTER, {"code": f"AAAA-AAAA-000{n}"}).content.decode() for n in range(5)]
    assert "Aucune voix d’ici" in pages[2]
    assert "dix minutes" in pages[3]


def test_a_right_code_is_refused_too_once_guessing_is_stopped(client_of, receipt_of, monkeypatch):
    code = receipt_of(client_of(None))
    monkeypatch.setattr(my_voice, "TRIES", 1)
    browser = client_of(None)
    browser.post(ENTER, {"code": "AAAA-AAAA-0000"})
    assert browser.post(ENTER, {"code": code}).status_code == 200


def test_without_a_code_nothing_is_shown(client_of, voice):
    for path in ("suivi/", "corriger/", "contester/", "retirer/", "effacer/"):
        assert client_of(None).get(f"{ENTER}{path}")["Location"] == ENTER
    assert client_of(None).get(f"{SHOWN}?voix={voice.pk}")["Location"] == ENTER


def test_a_member_opens_their_own_voice_but_not_anothers(client_of, territory, voice, bilal, chloe, farid):
    voice.speaker = speaker_for(territory=territory, person=bilal)
    voice.save()
    browser = client_of(bilal)
    assert browser.get(f"{SHOWN}?voix={voice.pk}")["Location"] == SHOWN
    assert WORDS in browser.get(SHOWN).content.decode()
    for other in (chloe, farid):
        assert client_of(other).get(f"{SHOWN}?voix={voice.pk}")["Location"] == ENTER


def test_the_needs_it_feeds_are_shown_and_drafts_are_not(opened, territory):
    made = Contribution.objects.get()
    common = {"territory": territory, "created_at": clock.now(), "changed_at": clock.now()}
    public = Need.objects.create(
        statement="Rentrer le soir", slug="rentrer", state=NeedState.TO_COVER, **common
    )
    draft = Need.objects.create(statement="Encore secret", slug="secret", state=NeedState.DRAFT, **common)
    for need in (public, draft):
        link(by=None, territory=territory, source=made, result=need, kind=LinkKind.NUANCES)
    page = opened.get(SHOWN).content.decode()
    assert "Rentrer le soir" in page
    assert "nuance" in page
    assert "Encore secret" not in page


def test_the_author_of_a_hidden_voice_reads_why_and_contests(opened, alice):
    made = Contribution.objects.get()
    care.hide_voice(contribution=made, by=alice, reason="insult", explanation="Ce mot blesse.")
    page = opened.get(SHOWN).content.decode()
    assert "injurieux" in page
    assert "Ce mot blesse." in page
    assert opened.post(f"{ENTER}contester/", {"words": "Je ne vise personne."}).status_code == 302
    assert "Je ne vise personne." in opened.get(SHOWN).content.decode()
    again = opened.post(f"{ENTER}contester/", {"words": "Encore."}).content.decode()
    assert "ne peut plus être contestée" in again


def test_the_author_corrects_withdraws_and_erases(opened):
    opened.post(f"{ENTER}corriger/", {"words": "Un train le soir.", "why": "précision"})
    made = Contribution.objects.get()
    assert (made.words, made.version) == ("Un train le soir.", 2)
    assert "Corrigée une fois" in opened.get(SHOWN).content.decode()
    assert "Retirer votre voix" in opened.get(f"{ENTER}retirer/").content.decode()
    opened.post(f"{ENTER}retirer/")
    opened.post(f"{ENTER}effacer/")
    made.refresh_from_db()
    assert (made.state, made.words) == (VoiceState.ERASED, "")
    assert "effacés" in opened.get(SHOWN).content.decode()


def test_closing_leaves_nothing_open_on_the_device(opened):
    opened.post(f"{ENTER}fermer/")
    assert opened.get(SHOWN)["Location"] == ENTER
