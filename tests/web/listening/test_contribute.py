"""Giving one's voice in a minute, from any phone, without account."""

import re

import pytest
from django.test import Client

from essor.chain.listening.enums import ConsultationState, VoiceState
from essor.chain.listening.models import Contribution, Speaker
from essor.web.guests import COOKIE
from essor.web.listening import contribute
from tests.factories.listening_capture import OpenConsultationFactory, OpenQuestionFactory
from tests.factories.territories import CommuneFactory, ThemeFactory
from tests.web.listening.conftest import HOME, WORDS

PAGE = f"{HOME}c/bien-vivre/participer/"


def test_a_visitor_gives_a_voice_and_is_handed_a_receipt(client_of, sheet, receipt_of):
    browser = client_of(None)
    code = receipt_of(browser)
    voice = Contribution.objects.get()
    assert (voice.words, voice.state, voice.channel) == (WORDS, VoiceState.PUBLISHED, "online")
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert browser.cookies[COOKIE]["httponly"]


def test_the_sheet_answers_the_question_it_shows(client_of, question):
    other = OpenQuestionFactory(consultation=question.consultation, text="Et que garder ?")
    field = '<input type="hidden" name="question" value="%s" id="id_question">'
    browser = client_of(None)
    assert field % question.pk in browser.get(PAGE).content.decode()
    page = browser.get(f"{PAGE}?q={other.pk}").content.decode()
    assert field % other.pk in page
    assert "<h1>Et que garder" in page


def test_the_code_is_in_no_address(client_of, sheet, receipt_of):
    browser = client_of(None)
    answer = sheet(browser)
    assert answer["Location"] == f"{HOME}c/bien-vivre/merci/"
    assert "no-store" in browser.get(answer["Location"])["Cache-Control"]


def test_a_stranger_to_the_device_sees_no_receipt(client_of, sheet):
    sheet(client_of(None))
    answer = client_of(None).get(f"{HOME}c/bien-vivre/merci/")
    assert answer["Location"] == f"{HOME}ma-voix/"


def test_all_that_is_optional_is_kept(client_of, sheet, territory, question):
    theme, commune = ThemeFactory(territory=territory), CommuneFactory(territory=territory)
    sheet(
        client_of(None),
        theme=theme.pk,
        commune=commune.code,
        family="worker",
        pseudonym="Lou",
        question=question.pk,
    )
    voice = Contribution.objects.get()
    assert (voice.theme, voice.commune_code, voice.family) == (theme, commune.code, "worker")
    assert (voice.speaker.pseudonym, voice.question) == ("Lou", question)


def test_a_member_speaks_from_their_account(client_of, sheet, bilal):
    sheet(client_of(bilal))
    assert Contribution.objects.get().speaker.person == bilal


def test_the_same_sheet_sent_twice_is_one_voice(client_of, sheet, at):
    browser = client_of(None)
    answer = sheet(browser)
    again = sheet(browser, stamp=answer.wsgi_request.POST["stamp"])
    assert again.status_code == 302
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize(("seconds", "said"), [(0, "très rapide"), (49 * 3600, "depuis longtemps")])
def test_too_fast_and_too_old_are_told_kindly_and_keep_the_words(client_of, sheet, seconds, said):
    answer = sheet(client_of(None), seconds=seconds)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert WORDS in page
    assert not Contribution.objects.exists()


def test_an_old_sheet_is_stamped_anew_and_then_goes(client_of, sheet, at):
    browser = client_of(None)
    page = sheet(browser, seconds=49 * 3600).content.decode()
    fresh = re.search(r'name="stamp" value="([^"]+)"', page)[1]
    clock = at("2026-03-05T13:10:00+01:00")
    clock.shift(5)
    answer = browser.post(PAGE, {"words": WORDS, "stamp": fresh})
    assert answer.status_code == 302


def test_a_forged_stamp_is_refused(client_of, sheet):
    assert "depuis longtemps" in sheet(client_of(None), stamp="abc:def").content.decode()


def test_the_trap_catches_robots_and_tells_people(client_of, sheet):
    page = sheet(client_of(None), website="http://spam.example").content.decode()
    assert "champ caché" in page
    assert "spam.example" not in page
    assert not Contribution.objects.exists()


def test_personal_data_is_shown_and_goes_only_when_asked_for(client_of, sheet):
    browser = client_of(None)
    page = sheet(browser, words="Appelez M. Dupont <b>").content.decode()
    assert "<mark>M. Dupont</mark> &lt;b&gt;" in page
    assert not Contribution.objects.exists()
    assert sheet(browser, words="Appelez M. Dupont <b>", anyway="1").status_code == 302
    assert Contribution.objects.get().state == VoiceState.WAITING


def test_an_empty_voice_is_asked_for_a_few_words(client_of, sheet):
    assert "quelques mots" in sheet(client_of(None), words="  ").content.decode()
    assert "quelques mots" in sheet(client_of(None), words="?!").content.decode()


def test_a_form_cannot_set_what_it_does_not_show(client_of, sheet, farid, voice):
    sheet(
        client_of(None),
        state="hidden", speaker=voice.speaker_id, channel="import", territory=1, said_at="1999-01-01", person=farid.pk,
        receipt_digest="x", alignment="1", reply_to=voice.pk,
    )  # fmt: skip
    made = Contribution.objects.exclude(pk=voice.pk).get()
    assert (made.state, made.channel, made.alignment, made.reply_to) == ("published", "online", 0, None)
    assert made.speaker != voice.speaker
    assert made.speaker.person is None


def test_themes_and_questions_of_another_territory_are_refused(client_of, sheet, other_territory):
    theme = ThemeFactory(territory=other_territory)
    elsewhere = OpenQuestionFactory(consultation=OpenConsultationFactory(territory=other_territory))
    assert sheet(client_of(None), theme=theme.pk).status_code == 200
    assert sheet(client_of(None), question=elsewhere.pk).status_code == 200
    assert not Contribution.objects.exists()


def test_a_closed_consultation_gives_the_words_back(client_of, sheet, question):
    question.consultation.state = ConsultationState.CLOSED
    question.consultation.save()
    answer = client_of(None).post(PAGE, {"words": WORDS})
    assert answer.status_code == 409
    assert WORDS in answer.content.decode()


def test_a_draft_does_not_exist_for_visitors(client_of, question):
    question.consultation.state = ConsultationState.DRAFT
    question.consultation.save()
    assert client_of(None).get(PAGE).status_code == 404


def test_guests_are_shown_the_way_to_an_account_where_one_is_asked(client_of, question, bilal):
    question.consultation.allow_guests = False
    question.consultation.save()
    assert "Se connecter" in client_of(None).get(PAGE).content.decode()
    assert "big-voice" in client_of(bilal).get(PAGE).content.decode()


def test_a_family_may_share_a_phone_and_each_counts(client_of, sheet):
    browser = client_of(None)
    sheet(browser)
    browser.post(f"{HOME}c/bien-vivre/autre-personne/")
    sheet(browser, words="Un médecin plus près.")
    assert Speaker.objects.count() == 2


def test_too_many_voices_from_one_place_are_asked_to_come_back(client_of, sheet, monkeypatch):
    monkeypatch.setattr(contribute, "FROM_AN_ADDRESS", 2)
    for each in ("un bus", "un train", "un vélo"):
        answer = sheet(client_of(None), words=f"Il faut {each} le soir")
    page = answer.content.decode()
    assert "dans une heure" in page
    assert "un vélo" in page
    assert Contribution.objects.count() == 2


def test_a_refused_form_gives_the_words_back(question):
    answer = Client(enforce_csrf_checks=True).post(
        PAGE, {"words": WORDS + "<script>", "password": "très secret et long"}
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert WORDS in page
    assert "<script>" not in page.replace("<script src", "")
    assert "très secret" not in page


def test_the_way_in_leads_straight_to_the_one_that_listens(client_of, question, territory):
    assert client_of(None).get(f"{HOME}participer/")["Location"] == PAGE
    OpenQuestionFactory(consultation=OpenConsultationFactory(territory=territory))
    assert client_of(None).get(f"{HOME}participer/")["Location"] == HOME


def test_a_reply_says_whether_it_agrees(client_of, question, voice, sheet):
    page = client_of(None).get(f"{PAGE}?reponse={voice.pk}").content.decode()
    assert "Je ne suis pas d’accord" in page
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)[1]
    browser = client_of(None)
    data = {"words": "Au contraire, le train suffit.", "alignment": "-1", "stamp": stamp}
    answer = browser.post(f"{PAGE}?reponse={voice.pk}", data)
    assert "très rapide" in answer.content.decode()


def test_nobody_replies_to_a_hidden_voice(client_of, voice):
    voice.state = VoiceState.HIDDEN
    voice.save()
    assert WORDS not in client_of(None).get(f"{PAGE}?reponse={voice.pk}").content.decode()


def test_the_sheet_costs_few_queries(client_of, question, django_assert_max_num_queries, territory):
    CommuneFactory.create_batch(20, territory=territory)
    ThemeFactory.create_batch(12, territory=territory)
    browser = client_of(None)
    with django_assert_max_num_queries(10):
        browser.get(PAGE)
