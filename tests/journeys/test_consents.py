"""Consents that end or are taken back, and the needs that rested on them."""

from datetime import timedelta

import pytest

from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution
from essor.chain.listening.services.capture import CapturedLine, CaptureRefused, capture_voices
from essor.chain.needs.enums import NeedState
from essor.chain.needs.models import Evidence
from essor.common import clock
from essor.journeys import expire_consents
from essor.journeys.hold_interview import hold_interview
from essor.journeys.withdraw_consent import withdraw_consent
from tests.factories.listening_capture import OpenConsultationFactory
from tests.factories.needs import DraftNeedFactory


@pytest.fixture
def consent(alice, territory):
    return hold_interview(
        by=alice, territory=territory, pseudonym="Habitante, 40-59 ans", family="citizen",
        held_at=clock.now() - timedelta(hours=2), purpose="La synthèse", may_quote=True,
        until_on=clock.today() + timedelta(days=10), given="written",
    )  # fmt: skip


@pytest.fixture
def need(alice, territory, consent):
    capture_voices(
        by=alice, territory=territory, gathering=consent.gathering,
        consultation=OpenConsultationFactory(territory=territory), question=None, channel="interview",
        lines=[CapturedLine("Le bus est loin")], speaker=consent.speaker,
    )  # fmt: skip
    need = DraftNeedFactory(territory=territory, state=NeedState.TO_COVER, people_count=1)
    Evidence.objects.create(need=need, contribution=Contribution.objects.get())
    return need


def test_a_consent_taken_back_takes_its_words_and_the_need_counts_again(alice, consent, need):
    withdraw_consent(by=alice, consent=consent)
    need.refresh_from_db()
    assert Contribution.objects.get().state == VoiceState.WITHDRAWN
    assert (need.people_count, need.interviews_count) == (0, 0)


def test_on_wish_every_word_is_erased(alice, consent, need):
    withdraw_consent(by=alice, consent=consent, erase=True)
    assert Contribution.objects.get().words == ""


def test_a_consent_ends_by_itself_the_day_after_its_last(consent, need, at):
    last = clock.now() + timedelta(days=10)
    at(last)
    assert expire_consents.run() == 0
    at(last + timedelta(days=1))
    assert expire_consents.run() == 1
    assert expire_consents.run() == 0
    need.refresh_from_db()
    assert Contribution.objects.get().state == VoiceState.WITHDRAWN
    assert need.people_count == 0


def test_an_interview_keeps_no_word_after_its_consent_ended(alice, territory, consent):
    withdraw_consent(by=alice, consent=consent)
    with pytest.raises(CaptureRefused, match="consentement"):
        capture_voices(
            by=alice, territory=territory, gathering=consent.gathering, consultation=None, question=None,
            channel="interview", lines=[CapturedLine("Encore")], speaker=consent.speaker,
        )  # fmt: skip
