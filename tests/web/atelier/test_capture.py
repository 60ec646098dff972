"""The capture screen of a meeting, paper slips and interviews, as facilitators use them."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from essor.chain.listening.enums import Channel, VoiceState
from essor.chain.listening.models import Consent, Contribution, Speaker
from essor.common import clock
from essor.web.atelier.capture.cutting import joined, slips, verbatims
from tests.factories.listening_capture import OpenConsultationFactory, OpenQuestionFactory
from tests.factories.needs import HeardGatheringFactory

CUT_TEST = ("Un", "Deux", "Trois")


@pytest.fixture
def consultation(territory):
    return OpenConsultationFactory(territory=territory)


@pytest.fixture
def meeting(territory):
    return HeardGatheringFactory(territory=territory)


@pytest.fixture
def address(territory):
    return lambda name, *args: reverse(f"territory:{name}", args=[territory.slug, *args])


@pytest.fixture
def send(client_of, alice, address, meeting, consultation):
    browser = client_of(alice)

    def go(**gesture):
        url = f"{address('atelier_capture_lines', meeting.slug)}?c={consultation.pk}"
        return browser.post(url, json.dumps(gesture), content_type="application/json")

    return go


def _line(**changes):
    return {"act": "add", "key": str(uuid4()), "words": "Un bus le soir", "family": "citizen", **changes}


def test_one_chooses_a_meeting_then_notes(client_of, alice, address, meeting, consultation):
    browser = client_of(alice)
    page = browser.get(address("atelier_capture"))
    assert meeting.title in page.content.decode()
    chosen = browser.get(
        address("atelier_capture"), {"gathering": meeting.pk, "consultation": consultation.pk}
    )
    assert chosen.url == f"{address('atelier_capture_meeting', meeting.slug)}?c={consultation.pk}"


def test_the_meeting_of_tonight_is_already_chosen_before_those_of_next_month(
    client_of, alice, address, territory, consultation
):
    past, tonight, _later = (
        HeardGatheringFactory(territory=territory, starts_at=clock.now() + timedelta(hours=hours))
        for hours in (-500, 3, 700)
    )
    answer = client_of(alice).get(address("atelier_capture"))
    assert answer.context["form"].initial["gathering"] == tonight
    tonight.delete()
    assert client_of(alice).get(address("atelier_capture")).context["form"].initial["gathering"] == past


def test_without_a_script_a_line_is_a_plain_form_and_choices_stay(
    client_of, alice, address, meeting, consultation
):
    browser = client_of(alice)
    url = f"{address('atelier_capture_meeting', meeting.slug)}?c={consultation.pk}"
    browser.post(url, {"words": "Un bus", "table": "3", "family": "association"})
    again = browser.get(url)
    assert Contribution.objects.get().table == "3"
    assert again.context["form"]["table"].value() == "3"
    assert again.context["form"]["family"].value() == "association"
    after = again.context["form"]["after"].value()
    browser.post(url, {"words": "+ et le dimanche", "table": "3", "family": "association", "after": after})
    assert Speaker.objects.count() == 1
    assert set(Contribution.objects.values_list("words", flat=True)) == {"Un bus", "et le dimanche"}


def test_a_line_sent_twice_by_a_bad_network_is_one_voice(send):
    line = _line(table="2")
    assert send(**line).json()["total"] == 1
    assert send(**line).json() == {
        "pk": Contribution.objects.get().pk, "state": "published", "total": 1, "tables": {"2": 1},
    }  # fmt: skip


def test_a_plus_is_the_person_of_the_line_before(send):
    first = _line()
    send(**first)
    send(**_line(words="+ et la nuit", after=first["key"]))
    assert Speaker.objects.count() == 1


def test_several_note_takers_count_together(send):
    send(**_line(table="1"))
    send(**_line(table="10"))
    assert send(**_line(table="2")).json()["tables"] == {"1": 1, "2": 1, "10": 1}


def test_a_correction_is_a_new_version_and_a_withdrawal_leaves_the_count(send):
    line = _line()
    send(**line)
    send(act="correct", key=line["key"], words="Un bus le dimanche")
    voice = Contribution.objects.get()
    assert (voice.words, voice.version, voice.versions.count()) == ("Un bus le dimanche", 2, 2)
    assert send(act="withdraw", key=line["key"]).json()["total"] == 0
    assert send(act="withdraw", key=line["key"]).status_code == 200


@pytest.mark.parametrize(
    ("gesture", "status"),
    [
        (_line(words=" "), 422),
        (_line(family="martien"), 422),
        ({"act": "correct", "key": "inconnue", "words": "x"}, 422),
        ({"act": "correct"}, 400),
    ],
)
def test_a_refused_line_says_why_and_saves_nothing(send, gesture, status):
    answer = send(**gesture)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert not Contribution.objects.exists()


def test_a_line_is_corrected_or_withdrawn_on_its_own_page(client_of, alice, address, send):
    send(**_line())
    voice = Contribution.objects.get()
    browser = client_of(alice)
    url = address("atelier_capture_line", voice.pk)
    assert "Un bus le soir" in browser.get(url).content.decode()
    browser.post(url, {"words": "Un bus tard"})
    browser.post(url, {"act": "withdraw"})
    voice.refresh_from_db()
    assert (voice.words, voice.state) == ("Un bus tard", VoiceState.WITHDRAWN)


def test_the_screen_asks_few_questions_however_long_the_meeting(
    client_of, alice, address, meeting, consultation, send, django_assert_max_num_queries
):
    for _number in range(12):
        send(**_line())
    browser = client_of(alice)
    with django_assert_max_num_queries(16):
        browser.get(f"{address('atelier_capture_meeting', meeting.slug)}?c={consultation.pk}")


def test_strangers_and_members_note_nothing(client_of, farid, bilal, address, meeting, consultation):
    url = address("atelier_capture_meeting", meeting.slug)
    for person in (farid, bilal):
        assert client_of(person).get(url).status_code == 403
    assert client_of(None).get(url).status_code == 302


def test_a_meeting_of_another_territory_is_not_found(client_of, farid, other_territory, meeting):
    for name, args in (
        ("atelier_capture_meeting", [meeting.slug]),
        ("atelier_capture_lines", [meeting.slug]),
    ):
        url = reverse(f"territory:{name}", args=[other_territory.slug, *args])
        answer = client_of(farid).post(url, "{}", content_type="application/json")
        assert answer.status_code == 404


def test_paper_slips_are_looked_at_saved_once_and_taken_back(client_of, alice, address, consultation):
    browser = client_of(alice)
    url = address("atelier_capture_paper")
    given = {
        "consultation": consultation.pk, "family": "citizen", "cut": "paragraph",
        "slips": "- Un bus\nle soir\n\n2. Écrire à a@b.fr\n\n", "token": str(uuid4()),
    }  # fmt: skip
    seen = browser.post(url, {**given, "act": "preview"})
    assert [piece.words for piece in seen.context["pieces"]] == ["Un bus\nle soir", "Écrire à a@b.fr"]
    assert seen.context["flagged"] == 1
    assert not Contribution.objects.exists()
    for _time in range(2):
        done = browser.post(url, {**given, "act": "save"})
    assert list(Contribution.objects.order_by("id").values_list("channel", "state")) == [
        (Channel.PAPER, VoiceState.PUBLISHED), (Channel.PAPER, VoiceState.WAITING),
    ]  # fmt: skip
    assert browser.get(done.url).status_code == 200
    browser.post(f"{done.url}retirer/")
    assert set(Contribution.objects.values_list("state", flat=True)) == {VoiceState.WITHDRAWN}
    assert browser.get(done.url).context["withdrawn"] == 2


def test_a_question_of_another_consultation_is_refused_with_a_word(
    client_of, alice, address, consultation, territory
):
    other = OpenQuestionFactory(consultation=OpenConsultationFactory(territory=territory))
    given = {
        "consultation": consultation.pk,
        "family": "citizen",
        "cut": "line",
        "slips": "Un",
        "question": other.pk,
    }
    seen = client_of(alice).post(address("atelier_capture_paper"), {**given, "act": "save"})
    assert "question" in seen.context["form"].errors


def _interview(**changes):
    return {
        "pseudonym": "Habitante, 40-59 ans", "family": "citizen", "may_quote": "1", "given": "spoken",
        "held_at": (clock.now() - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M"),
        "purpose": "La synthèse", "until_on": (clock.today() + timedelta(days=300)).isoformat(), **changes,
    }  # fmt: skip


@pytest.fixture
def interviewed(client_of, alice, address):
    browser = client_of(alice)

    def go(**changes):
        answer = browser.post(address("atelier_interview_new"), _interview(**changes))
        assert answer.status_code == 302, answer.context["form"].errors
        return Consent.objects.latest("id")

    return go


def _keep(browser, address, consent, consultation, words=CUT_TEST, **more):
    return browser.post(
        address("atelier_interview_keep", consent.gathering_id),
        {"consultation": consultation.pk, "token": str(uuid4()), "words": list(words), "act": "save", **more},
    )


def test_an_interview_begins_with_a_consent_then_its_notes_are_cut(
    client_of, alice, address, interviewed, consultation
):
    browser, consent = client_of(alice), interviewed()
    page = browser.get(address("atelier_interview", consent.gathering_id))
    assert "Couper en verbatims" in page.content.decode()
    seen = browser.post(
        address("atelier_interview_cut", consent.gathering_id),
        {"consultation": consultation.pk, "notes": "Je vis seule.\n---\nLe bus.\n\nMme Dupont m’aide."},
    )
    pieces = [piece.words for piece, _question in seen.context["pieces"]]
    assert pieces == ["Je vis seule.", "Le bus.", "Mme Dupont m’aide."]
    assert seen.context["pieces"][2][0].personal == ("Mme Dupont",)
    question = OpenQuestionFactory(consultation=consultation)
    _keep(
        browser, address, consent, consultation, **{"join-1": "on", "drop-2": "on", "question-0": question.pk}
    )
    voice = Contribution.objects.get()
    assert (voice.words, voice.question, voice.state) == ("Un\nDeux", question, VoiceState.PUBLISHED)
    assert voice.speaker == consent.speaker


def test_words_only_counted_are_never_shown(client_of, alice, address, interviewed, consultation):
    consent = interviewed(may_quote="0")
    _keep(client_of(alice), address, consent, consultation)
    assert set(Contribution.objects.values_list("state", flat=True)) == {VoiceState.PRIVATE}


def test_without_a_consent_that_holds_nothing_is_kept(client_of, alice, address, interviewed, consultation):
    browser, consent = client_of(alice), interviewed()
    browser.post(address("atelier_interview_withdraw", consent.gathering_id))
    answer = _keep(browser, address, consent, consultation)
    assert "consentement" in answer.content.decode()
    assert not Contribution.objects.exists()


def test_the_person_may_withdraw_and_have_every_word_erased(
    client_of, alice, address, interviewed, consultation
):
    browser, consent = client_of(alice), interviewed()
    _keep(browser, address, consent, consultation)
    url = address("atelier_interview_withdraw", consent.gathering_id)
    assert browser.get(url).status_code == 200
    browser.post(url, {"erase": "1"})
    assert set(Contribution.objects.values_list("state", "words")) == {(VoiceState.ERASED, "")}


def test_a_new_consent_changes_what_is_shown(client_of, alice, address, interviewed, consultation):
    browser, consent = client_of(alice), interviewed()
    _keep(browser, address, consent, consultation)
    browser.post(address("atelier_interview_consent", consent.gathering_id), _interview(may_quote="0"))
    assert set(Contribution.objects.values_list("state", flat=True)) == {VoiceState.PRIVATE}


def test_the_list_tells_each_consent_and_is_exported(client_of, alice, address, interviewed, at):
    browser = client_of(alice)
    interviewed()
    interviewed(pseudonym="Artisan du bourg", until_on=clock.today().isoformat())
    at(clock.now() + timedelta(days=2))
    browser = client_of(alice)
    url = address("atelier_interviews")
    assert "échu le" in browser.get(url).content.decode()
    ended = browser.get(url, {"etat": "ended"}).content.decode()
    assert "Artisan du bourg" in ended
    assert "Habitante" not in ended
    assert "Artisan du bourg" in browser.get(url, {"q": "artisan"}).content.decode()
    exported = b"".join(browser.get(url, {"format": "csv"}).streaming_content).decode()
    assert "Habitante, 40-59 ans" in exported


def test_interviews_of_others_are_not_found(client_of, farid, other_territory, interviewed):
    consent = interviewed()
    for name in ("atelier_interview", "atelier_interview_withdraw", "atelier_interview_consent"):
        url = reverse(f"territory:{name}", args=[other_territory.slug, consent.gathering_id])
        assert client_of(farid).get(url).status_code == 404


def test_cutting_and_sewing():
    assert slips("• Un\n\n\n2) Deux\n", by_line=False) == ["Un", "Deux"]
    assert slips("Un\n\nDeux", by_line=True) == ["Un", "Deux"]
    assert verbatims("a\nb\n\n***\nc") == ["a\nb", "c"]
    assert joined(["a", "b", "c\n\nd"], [False, True, False]) == ["a\nb", "c", "d"]
