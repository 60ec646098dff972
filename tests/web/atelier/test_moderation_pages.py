"""Moderators read, decide, answer; the others are kept out."""

import pytest

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import ModerationDecision
from essor.chain.listening.services import care
from tests.factories.voices import GivenVoiceFactory

HOME = "/t/val-de-lume/atelier/moderation/"


@pytest.fixture
def waiting(territory):
    return GivenVoiceFactory(
        territory=territory,
        words="Voir M. Dupont <b>vite</b>",
        state=VoiceState.WAITING,
        personal_data=[["name", 5, 14]],
    )


@pytest.fixture
def published(territory):
    return GivenVoiceFactory(territory=territory)


def test_a_waiting_voice_is_shown_with_its_datum_underlined_and_no_html(client_of, moderator, waiting):
    page = client_of(moderator).get(HOME).content.decode()
    assert "Voir <mark>M. Dupont</mark> &lt;b&gt;vite&lt;/b&gt;" in page
    assert 'data-key="p"' in page


@pytest.mark.parametrize(
    ("act", "state", "words"),
    [
        ("publish", "published", "Voir M. Dupont <b>vite</b>"),
        ("mask", "published", "Voir [donnée personnelle retirée] <b>vite</b>"),
    ],
)
def test_one_gesture_decides(client_of, moderator, waiting, act, state, words):
    client_of(moderator).post(f"{HOME}{waiting.pk}/", {"act": act})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.words) == (state, words)
    assert ModerationDecision.objects.get().by == moderator


def test_hiding_asks_for_a_reason_then_hides(client_of, moderator, published):
    browser = client_of(moderator)
    assert "Choisissez la règle" in browser.post(f"{HOME}{published.pk}/", {"act": "hide"}).content.decode()
    browser.post(f"{HOME}{published.pk}/", {"act": "hide", "reason": "advert", "explanation": "Une annonce."})
    published.refresh_from_db()
    assert published.state == VoiceState.HIDDEN
    page = browser.get(f"{HOME}{published.pk}/").content.decode()
    assert "Une annonce." in page
    browser.post(f"{HOME}{published.pk}/", {"act": "restore"})
    published.refresh_from_db()
    assert published.is_public


def test_reported_voices_have_their_own_queue(client_of, moderator, published):
    care.report_voice(contribution=published, reason="advert", comment="<i>pub</i>", reporter_digest="a" * 64)
    page = client_of(moderator).get(f"{HOME}?file=signalees").content.decode()
    assert "&lt;i&gt;pub" in page
    client_of(moderator).post(f"{HOME}{published.pk}/", {"act": "keep"})
    assert "Rien n’attend" in client_of(moderator).get(f"{HOME}?file=signalees").content.decode()


def test_several_are_decided_at_once_and_the_impossible_ones_told(client_of, moderator, waiting, territory):
    others = GivenVoiceFactory.create_batch(2, territory=territory, state=VoiceState.WAITING)
    gone = GivenVoiceFactory(territory=territory)
    picked = [waiting.pk, *(each.pk for each in others), gone.pk]
    answer = client_of(moderator).post(f"{HOME}plusieurs/", {"act": "publish", "voices": picked}, follow=True)
    page = answer.content.decode()
    assert "3 voix décidées" in page
    assert "n’attend plus de relecture" in page


def test_nothing_ticked_is_told(client_of, moderator, waiting):
    answer = client_of(moderator).post(f"{HOME}plusieurs/", {"act": "publish"}, follow=True)
    assert "Cochez au moins une voix" in answer.content.decode()


def test_a_contestation_is_answered_by_somebody_else(client_of, alice, moderator, published):
    care.hide_voice(contribution=published, by=alice, reason="insult")
    appeal = care.appeal(contribution=published, words="Je ne vise personne.")
    address = f"{HOME}contestation/{appeal.pk}/"
    assert "quelqu’un d’autre" in client_of(alice).get(address).content.decode()
    client_of(alice).post(address, {"decision": "refuse", "answer": "Non."})
    appeal.refresh_from_db()
    assert appeal.state == "open"
    assert "Je ne vise personne." in client_of(moderator).get(f"{HOME}?file=contestees").content.decode()
    client_of(moderator).post(address, {"decision": "accept", "answer": "Vous avez raison."})
    published.refresh_from_db()
    assert published.is_public


def test_the_journal_is_read_and_taken_away(client_of, alice, published):
    care.hide_voice(contribution=published, by=alice, reason="advert")
    browser = client_of(alice)
    assert "publicité" in browser.get(f"{HOME}journal/").content.decode()
    file = b"".join(browser.get(f"{HOME}journal/?format=csv").streaming_content).decode()
    assert "Alice" in file


def test_members_and_visitors_stay_out(client_of, bilal, waiting):
    assert client_of(bilal).get(HOME).status_code == 403
    assert client_of(bilal).post(f"{HOME}{waiting.pk}/", {"act": "publish"}).status_code == 403
    assert client_of(None).post(f"{HOME}{waiting.pk}/", {"act": "publish"}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == VoiceState.WAITING


def test_a_moderator_elsewhere_touches_nothing_here(client_of, farid, waiting, alice, published):
    there = "/t/hautes-roches/atelier/moderation/"
    care.hide_voice(contribution=published, by=alice, reason="insult")
    appeal = care.appeal(contribution=published, words="Pourquoi ?")
    browser = client_of(farid)
    assert browser.post(f"{there}{waiting.pk}/", {"act": "publish"}).status_code == 404
    assert browser.get(f"{there}contestation/{appeal.pk}/").status_code == 404
    browser.post(f"{there}plusieurs/", {"act": "publish", "voices": [waiting.pk]})
    waiting.refresh_from_db()
    assert waiting.state == VoiceState.WAITING
    assert "Dupont" not in browser.get(there).content.decode()


def test_an_erased_voice_is_not_moderated(client_of, moderator, territory):
    voice = GivenVoiceFactory(territory=territory, state=VoiceState.ERASED, words="")
    assert client_of(moderator).get(f"{HOME}{voice.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.parametrize("queue", ["relire", "signalees", "contestees"])
def test_the_queues_cost_few_queries(
    client_of, alice, moderator, territory, count, queue, django_assert_max_num_queries
):
    for voice in GivenVoiceFactory.create_batch(count, territory=territory):
        if queue == "relire":
            voice.state = VoiceState.WAITING
            voice.save()
        elif queue == "signalees":
            care.report_voice(contribution=voice, reason="advert", reporter_digest="a" * 64)
        else:
            care.hide_voice(contribution=voice, by=alice, reason="advert")
            care.appeal(contribution=voice, words="Pourquoi ?")
    browser = client_of(moderator)
    with django_assert_max_num_queries(12):
        browser.get(f"{HOME}?file={queue}")
