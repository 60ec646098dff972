"""Reading voices, taking them away, reporting them."""

import io
from datetime import timedelta

import pytest
from django.utils.timezone import localtime
from openpyxl import load_workbook

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Consultation, Contribution, Question, Report
from essor.chain.listening.services.capture import CapturedLine, capture_voices
from essor.chain.listening.services.voices import correct_voice
from essor.common import clock
from essor.common.text import search_text
from essor.journeys.hold_interview import hold_interview
from tests.factories.needs import HeardGatheringFactory
from tests.factories.territories import CommuneFactory, ThemeFactory
from tests.factories.voices import GivenVoiceFactory, SomeoneFactory
from tests.web.listening.conftest import HOME, WORDS

LIST = f"{HOME}voix/"
UNREADABLE = [
    VoiceState.WAITING,
    VoiceState.PRIVATE,
    VoiceState.HIDDEN,
    VoiceState.WITHDRAWN,
    VoiceState.ERASED,
]


def text_of(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def test_voices_are_found_by_any_of_their_stems(client_of, voice):
    assert WORDS in client_of(None).get(LIST, {"q": "BUS soirs"}).content.decode()
    assert WORDS not in client_of(None).get(LIST, {"q": "piscine"}).content.decode()


@pytest.mark.parametrize("state", UNREADABLE)
@pytest.mark.parametrize(
    "address", [LIST, f"{LIST}?q=bus", f"{LIST}?format=csv", f"{HOME}c/bien-vivre/", HOME]
)
def test_a_voice_that_is_not_published_is_nowhere(client_of, voice, state, address):
    voice.state = state
    voice.save()
    assert WORDS not in text_of(client_of(None).get(address))


@pytest.mark.parametrize(
    ("state", "status"),
    [("waiting", 404), ("private", 404), ("hidden", 410), ("withdrawn", 410), ("erased", 410)],
)
def test_the_page_of_a_voice_no_longer_readable_says_so_without_its_words(
    client_of, voice, bilal, farid, state, status
):
    voice.state = state
    voice.save()
    for person in (None, bilal, farid):
        answer = client_of(person).get(f"{LIST}{voice.pk}/")
        assert answer.status_code == status
        assert WORDS not in answer.content.decode()


def test_a_moderator_reads_a_hidden_voice_and_is_told_it_is(client_of, voice, moderator):
    voice.state = VoiceState.HIDDEN
    voice.save()
    page = client_of(moderator).get(f"{LIST}{voice.pk}/").content.decode()
    assert WORDS in page
    assert "Seule la modération" in page


def test_a_voice_of_another_territory_is_not_here(client_of, voice, other_territory, farid):
    assert client_of(farid).get(f"/t/hautes-roches/ecoute/voix/{voice.pk}/").status_code == 404
    assert WORDS not in client_of(farid).get("/t/hautes-roches/ecoute/voix/").content.decode()


def test_words_and_pseudonyms_are_never_html(client_of, territory, question):
    bad = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    someone = SomeoneFactory(territory=territory, pseudonym=bad)
    GivenVoiceFactory(
        territory=territory, consultation=question.consultation, words=bad, title=bad, speaker=someone
    )
    voice = Contribution.objects.get()
    for address in (LIST, f"{LIST}{voice.pk}/", f"{LIST}{voice.pk}/signaler/", f"{HOME}c/bien-vivre/"):
        page = client_of(None).get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_each_filter_narrows_the_list(client_of, territory, voice, question):
    theme, commune = ThemeFactory(territory=territory), CommuneFactory(territory=territory)
    meeting = HeardGatheringFactory(territory=territory, title="Réunion de Brécourt")
    spoken = GivenVoiceFactory(
        territory=territory, words="Un médecin plus près.", theme=theme, gathering=meeting, channel="meeting",
        family="worker", commune_code=commune.code, table="3",
    )  # fmt: skip
    for name, value in {
        "theme": theme.pk, "gathering": meeting.pk, "channel": "meeting", "family": "worker", "commune": commune.code,
    }.items():  # fmt: skip
        page = client_of(None).get(LIST, {name: value}).content.decode()
        assert spoken.words in page, name
        assert WORDS not in page, name
    assert "Réunion de Brécourt, table 3" in page
    page = client_of(None).get(LIST, {"question": question.pk}).content.decode()
    assert spoken.words not in page


def test_senseless_filters_do_not_break_the_list(client_of, voice, other_territory):
    theme = ThemeFactory(territory=other_territory)
    asked = {
        "theme": theme.pk,
        "gathering": "x",
        "channel": "'; --",
        "sort": "zz",
        "page": "99999999",
        "q": '\0"*(',
    }
    assert client_of(None).get(LIST, asked).status_code == 200


def test_the_export_holds_what_is_public_and_no_name(client_of, territory, voice):
    voice.speaker.pseudonym = "Lou de Brécourt"
    voice.speaker.save()
    GivenVoiceFactory(territory=territory, words="=HYPERLINK(1)")
    text = text_of(client_of(None).get(f"{LIST}?format=csv"))
    assert WORDS in text
    assert "'=HYPERLINK" in text
    assert "Lou de" not in text
    book = client_of(None).get(f"{LIST}?format=xlsx")
    rows = list(load_workbook(io.BytesIO(b"".join(book.streaming_content))).active.values)
    assert len(rows) == 3


def test_a_corrected_voice_shows_its_earlier_words(client_of, voice):
    correct_voice(contribution=voice, by=None, words="Un train le soir.", why="précision")
    page = client_of(None).get(f"{LIST}{voice.pk}/").content.decode()
    assert "Corrigée une fois" in page
    assert WORDS in page


def test_replies_say_whether_they_agree(client_of, voice, territory):
    GivenVoiceFactory(territory=territory, reply_to=voice, alignment=-1, words="Le train suffit.")
    GivenVoiceFactory(territory=territory, reply_to=voice, state="hidden", words="Rien du tout.")
    page = client_of(None).get(f"{LIST}{voice.pk}/").content.decode()
    assert "Le train suffit." in page
    assert "pas d’accord" in page
    assert "Rien du tout." not in page


def test_a_visitor_reports_once_whatever_they_send(client_of, voice):
    browser = client_of(None)
    for _again in range(2):
        answer = browser.post(f"{LIST}{voice.pk}/signaler/", {"reason": "insult", "comment": "Voyez la fin."})
        assert answer.status_code == 302
    assert Report.objects.count() == 1
    client_of(None).post(f"{LIST}{voice.pk}/signaler/", {"reason": "insult"})
    assert Report.objects.count() == 2


def test_robots_and_reasons_out_of_the_charter_report_nothing(client_of, voice):
    client_of(None).post(f"{LIST}{voice.pk}/signaler/", {"reason": "insult", "website": "http://x.example"})
    assert client_of(None).post(f"{LIST}{voice.pk}/signaler/", {"reason": "pas d’accord"}).status_code == 200
    assert not Report.objects.exists()


def test_the_charter_tells_every_reason(client_of, territory):
    page = client_of(None).get(f"{HOME}charte/").content.decode()
    assert "publicité ou démarchage" in page.lower()
    assert page.count("card-title") == 6


def many(territory, question, count):
    someone = SomeoneFactory(territory=territory)
    now = clock.now()
    Contribution.objects.bulk_create(
        Contribution(
            territory=territory, consultation=question.consultation, question=question, speaker=someone,
            channel="online", words=f"Un bus le soir {n}", search=search_text(f"Un bus le soir {n}"),
            said_at=now, created_at=now,
        )
        for n in range(count)
    )  # fmt: skip


@pytest.mark.parametrize("count", [10, 2000])
@pytest.mark.parametrize("address", [LIST, f"{LIST}?q=bus", HOME, f"{HOME}c/bien-vivre/"])
def test_queries_do_not_grow_with_voices(
    client_of, territory, question, count, address, django_assert_max_num_queries
):
    many(territory, question, count)
    browser = client_of(None)
    browser.get(address)
    with django_assert_max_num_queries(12):
        assert browser.get(address).status_code == 200


def test_the_page_of_a_voice_with_many_replies_costs_few_queries(
    client_of, territory, question, voice, django_assert_max_num_queries
):
    many(territory, question, 100)
    Contribution.objects.exclude(pk=voice.pk).update(reply_to=voice)
    browser = client_of(None)
    with django_assert_max_num_queries(12):
        browser.get(f"{LIST}{voice.pk}/")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_export_tells_neither_which_interview_it_was_nor_its_day(client_of, territory, alice, form):
    consent = hold_interview(
        by=alice, territory=territory, pseudonym="Habitante, 40-59 ans", family="citizen",
        held_at=clock.now() - timedelta(hours=2), purpose="La synthèse", may_quote=True,
        until_on=clock.today() + timedelta(days=10), given="written",
    )  # fmt: skip
    [said] = capture_voices(
        by=alice, territory=territory, gathering=consent.gathering, consultation=None, question=None,
        channel="interview", lines=[CapturedLine("Le bus est loin")], speaker=consent.speaker,
    )  # fmt: skip
    answer = client_of(None).get(LIST, {"format": form})
    body = b"".join(answer.streaming_content)
    rows = (
        [line.split(";") for line in body.decode().splitlines()]
        if form == "csv"
        else list(load_workbook(io.BytesIO(body)).active.values)
    )
    (row,) = [each for each in rows if "Le bus est loin" in each]
    assert "Habitante" not in str(row)
    assert f"{localtime(said.said_at):%Y-%m}" in row
    assert f"{localtime(said.said_at):%Y-%m-%d}" not in row


def test_words_noted_for_a_consultation_in_draft_do_not_tell_it(client_of, territory, voice, question):
    Consultation.objects.update(state="draft", title="Projet tenu secret")
    Question.objects.update(text="Question tenue secrète")
    for address in (LIST, f"{LIST}{voice.pk}/", f"{LIST}?format=csv", f"/t/val-de-lume/fil/voix/{voice.pk}/"):
        text = text_of(client_of(None).get(address))
        assert WORDS[:20] in text
        assert "tenu secret" not in text
        assert "tenue secrète" not in text
