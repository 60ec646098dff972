"""Authors hear what became of their voice."""

import pytest

from essor.chain.listening.models import Speaker
from essor.chain.needs.enums import NeedState, Stance
from essor.chain.needs.services import needs as services
from essor.common import clock
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.models import Notice
from tests.factories.needs import HeardVoiceFactory


@pytest.fixture
def need(territory, alice, bilal):
    speaker = Speaker.objects.create(territory=territory, person=bilal, created_at=clock.now())
    voices = HeardVoiceFactory.create_batch(2, territory=territory, speaker=speaker)
    voices.append(HeardVoiceFactory(territory=territory))
    need = services.draft_need(by=alice, territory=territory, statement="Pouvoir rentrer le soir")
    return services.set_evidence(by=alice, need=need, voices=dict.fromkeys(voices, Stance.SUPPORTS))


def test_the_author_of_two_voices_is_told_once(need, alice, bilal, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.publish_need(by=alice, need=need)
    notice = Notice.objects.get()
    assert (notice.person, notice.kind, notice.count) == (bilal, NoticeKind.MY_VOICE, 1)
    assert "Pouvoir rentrer le soir" in notice.text
    assert notice.url == need.get_absolute_url()


def test_publication_and_progress_make_one_line(need, alice, bilal, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        need = services.publish_need(by=alice, need=need)
    with django_capture_on_commit_callbacks(execute=True):
        services.move_need(by=alice, need=need, state=NeedState.COVERED, why="La navette roule.")
    notice = Notice.objects.get()
    assert notice.count == 2
    assert "couvert" in notice.text


def test_those_concerned_are_told_of_progress_as_news_of_needs(
    need, alice, chloe, territory, django_capture_on_commit_callbacks
):
    need = services.publish_need(by=alice, need=need)
    speaker = Speaker.objects.create(territory=territory, person=chloe, created_at=clock.now())
    services.say_concern(need=need, speaker=speaker)
    with django_capture_on_commit_callbacks(execute=True):
        services.move_need(by=alice, need=need, state=NeedState.BEING_ANSWERED, why="Un appel est lancé.")
    assert set(Notice.objects.values_list("person", "kind")) >= {(chloe.pk, NoticeKind.NEEDS)}


def test_nobody_is_told_when_publishing_is_refused(territory, alice, django_capture_on_commit_callbacks):
    need = services.draft_need(by=alice, territory=territory, statement="Pouvoir rentrer le soir")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(services.NeedRefused):
        services.publish_need(by=alice, need=need)
    assert not Notice.objects.exists()
