import pytest
from django.urls import reverse

from essor.chain.listening.enums import VoiceState
from tests.factories.needs import HeardGatheringFactory, HeardVoiceFactory
from tests.web.needs.test_need_pages import published_need


@pytest.fixture
def visitor(client_of):
    return client_of(None)


def thread_url(territory, kind, pk):
    return reverse("territory:thread", args=[territory.slug, kind, pk])


def test_from_a_voice_one_climbs_to_its_need_and_from_the_need_back_to_the_voice(visitor, alice, territory):
    need, heard = published_need(alice, territory)
    up = visitor.get(thread_url(territory, "voix", heard[0].pk)).content.decode()
    assert need.get_absolute_url() in up
    down = visitor.get(thread_url(territory, "besoin", need.pk)).content.decode()
    assert heard[0].get_absolute_url() in down
    assert "<table" in down
    assert f'<td data-label="Quoi"><a href="{need.get_absolute_url()}">' in up


def test_a_meeting_shows_the_needs_that_its_voices_fed(visitor, alice, territory):
    meeting = HeardGatheringFactory(territory=territory)
    need, heard = published_need(alice, territory)
    heard[0].gathering, heard[0].channel = meeting, "meeting"
    heard[0].save()
    assert need.statement in visitor.get(thread_url(territory, "rencontre", meeting.pk)).content.decode()


def test_a_voice_without_need_says_that_the_thread_waits(visitor, territory):
    voice = HeardVoiceFactory(territory=territory)
    page = visitor.get(thread_url(territory, "voix", voice.pk)).content.decode()
    assert "besoin" in page


@pytest.mark.parametrize(
    "state", [VoiceState.HIDDEN, VoiceState.PRIVATE, VoiceState.WAITING, VoiceState.ERASED]
)
def test_a_voice_that_is_not_public_has_no_public_thread(visitor, territory, state):
    voice = HeardVoiceFactory(territory=territory, state=state)
    assert visitor.get(thread_url(territory, "voix", voice.pk)).status_code == 404


def test_the_thread_of_another_territory_is_not_found_here(visitor, alice, territory, other_territory):
    need, heard = published_need(alice, territory)
    assert visitor.get(thread_url(other_territory, "besoin", need.pk)).status_code == 404
    assert visitor.get(thread_url(other_territory, "voix", heard[0].pk)).status_code == 404


def test_an_unknown_kind_is_not_found(visitor, territory):
    assert visitor.get(f"/t/{territory.slug}/fil/licorne/1/").status_code == 404
