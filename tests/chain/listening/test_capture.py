"""Words noted at a meeting, on paper and in interviews."""

from datetime import timedelta

import pytest

from essor.chain.listening.enums import Channel, Moderation, VoiceState
from essor.chain.listening.models import Consent, Contribution, Speaker
from essor.chain.listening.services.capture import (
    CapturedLine,
    CaptureRefused,
    capture_voices,
    record_consent,
    withdraw_consent,
)
from essor.common import clock
from essor.ground.ledger.models import Fact
from tests.factories.listening_capture import InterviewFactory, OpenConsultationFactory, OpenQuestionFactory
from tests.factories.needs import HeardGatheringFactory
from tests.factories.territories import CommuneFactory


@pytest.fixture
def meeting(territory):
    return HeardGatheringFactory(territory=territory)


@pytest.fixture
def consultation(territory):
    return OpenConsultationFactory(territory=territory)


@pytest.fixture
def capture(alice, territory, meeting, consultation):
    def run(*lines, **changes):
        wanted = {
            "by": alice, "territory": territory, "gathering": meeting, "consultation": consultation,
            "question": None, "channel": Channel.MEETING, "lines": lines,
        }  # fmt: skip
        return capture_voices(**{**wanted, **changes})

    return run


@pytest.fixture
def interview(territory):
    return InterviewFactory(territory=territory)


def _consent(interview, **changes):
    return record_consent(
        **{
            "by": None,
            "gathering": interview,
            "purpose": "La synthèse de la concertation",
            "may_quote": True,
            "until_on": clock.today() + timedelta(days=365),
            "pseudonym": "Habitante, 40-59 ans",
            "given": "spoken",
            **changes,
        }
    )


def test_each_line_is_one_voice_of_one_new_person(capture, meeting):
    first, second = capture(
        CapturedLine("Un  bus le soir", table="3"),
        CapturedLine("Un médecin", family="association", table="3"),
    )
    assert (first.words, first.table, first.state) == ("Un bus le soir", "3", VoiceState.PUBLISHED)
    assert second.family == second.speaker.family == "association"
    assert first.speaker_id != second.speaker_id
    assert first.speaker.person is None
    assert first.said_at == meeting.ends_at
    assert first.search == "un bus le soir"


def test_a_plus_gives_the_line_to_the_person_before(capture):
    capture(CapturedLine("Un bus", key="capture:a"))
    later = capture(
        CapturedLine("Et le dimanche", same_speaker=True, key="capture:b", after="capture:a"),
        CapturedLine("Et la nuit", same_speaker=True, key="capture:c"),
        CapturedLine("Autre chose", key="capture:d"),
    )
    assert Speaker.objects.count() == 2
    assert later[0].speaker_id == later[1].speaker_id != later[2].speaker_id


def test_a_line_sent_twice_is_saved_once(capture):
    first = capture(CapturedLine("Un bus", key="capture:a"))
    again = capture(CapturedLine("Un bus", key="capture:a"), CapturedLine("Un train", key="capture:b"))
    assert again[0] == first[0]
    assert Contribution.objects.count() == 2
    assert Speaker.objects.count() == 2


def test_what_could_name_somebody_waits_for_a_look(capture):
    (voice,) = capture(CapturedLine("Écrivez à jeanne@example.org"))
    assert voice.state == VoiceState.WAITING
    assert voice.personal_data[0][0] == "email"


def test_a_consultation_read_first_keeps_captured_words_waiting(capture, territory):
    careful = OpenConsultationFactory(territory=territory, moderation=Moderation.BEFORE)
    (voice,) = capture(CapturedLine("Un bus"), consultation=careful)
    assert voice.state == VoiceState.WAITING


def test_one_bad_line_and_nothing_is_saved(capture):
    with pytest.raises(CaptureRefused, match="ligne 2 est vide"):
        capture(CapturedLine("Un bus"), CapturedLine("   "))
    with pytest.raises(CaptureRefused, match="famille"):
        capture(CapturedLine("Un bus", family="martien"))
    with pytest.raises(CaptureRefused, match="commune"):
        capture(CapturedLine("Un bus", commune_code="99999"))
    assert not Contribution.objects.exists()
    assert not Speaker.objects.exists()


def test_a_commune_of_the_perimeter_is_kept(capture, territory):
    CommuneFactory(territory=territory, code="59350")
    (voice,) = capture(CapturedLine("Un bus", commune_code="59350"))
    assert voice.commune_code == "59350"


def test_nothing_is_noted_across_territories(capture, other_territory):
    elsewhere = HeardGatheringFactory(territory=other_territory)
    with pytest.raises(CaptureRefused, match="rencontre"):
        capture(CapturedLine("Un bus"), gathering=elsewhere)
    with pytest.raises(CaptureRefused, match="concertation"):
        capture(CapturedLine("Un bus"), consultation=OpenConsultationFactory(territory=other_territory))
    with pytest.raises(CaptureRefused, match="question"):
        capture(CapturedLine("Un bus"), question=OpenQuestionFactory())


def test_one_fact_tells_how_many_words_were_noted(capture, alice):
    capture(CapturedLine("Un bus"), CapturedLine("Un train"))
    fact = Fact.objects.get(verb="voices.captured")
    assert (fact.by, fact.data) == (alice, {"channel": "meeting", "voices": 2})


def test_without_consent_no_word_of_an_interview_is_kept(capture, interview):
    with pytest.raises(CaptureRefused, match="consentement"):
        capture(CapturedLine("Je vis seule"), gathering=interview, channel=Channel.INTERVIEW)
    assert not Contribution.objects.exists()


def test_words_that_may_be_quoted_are_published_the_others_only_counted(capture, interview, territory):
    quoted = _consent(interview)
    (voice,) = capture(
        CapturedLine("Je vis seule"), gathering=interview, channel="interview", speaker=quoted.speaker
    )
    assert voice.state == VoiceState.PUBLISHED
    counted = _consent(InterviewFactory(territory=territory), may_quote=False)
    (silent,) = capture(
        CapturedLine("Appelez-moi au 06 12 34 56 78"),
        gathering=counted.gathering, channel="interview", speaker=counted.speaker,
    )  # fmt: skip
    assert silent.state == VoiceState.PRIVATE


def test_a_consent_that_ended_lets_nothing_more_in(capture, interview, at):
    consent = _consent(interview, until_on=clock.today())
    at(clock.now() + timedelta(days=2))
    with pytest.raises(CaptureRefused, match="consentement"):
        capture(CapturedLine("Trop tard"), gathering=interview, channel="interview", speaker=consent.speaker)


def test_a_consent_needs_a_purpose_and_a_day_to_come(interview, meeting):
    with pytest.raises(CaptureRefused, match="à quoi"):
        _consent(interview, purpose=" ")
    with pytest.raises(CaptureRefused, match="date"):
        _consent(interview, until_on=clock.today() - timedelta(days=1))
    with pytest.raises(CaptureRefused, match="entretien"):
        _consent(meeting)
    assert not Consent.objects.exists()


def test_a_second_consent_replaces_the_first_of_the_same_person(interview):
    first = _consent(interview)
    second = _consent(interview, may_quote=False)
    assert first.pk == second.pk
    assert Speaker.objects.count() == 1


def test_withdrawing_a_consent_takes_every_word_away_once(capture, interview, alice):
    consent = _consent(interview)
    capture(
        CapturedLine("Un"), CapturedLine("Deux"),
        gathering=interview, channel="interview", speaker=consent.speaker,
    )  # fmt: skip
    gone = withdraw_consent(by=alice, consent=consent)
    assert len(gone) == 2
    assert set(Contribution.objects.values_list("state", flat=True)) == {VoiceState.WITHDRAWN}
    assert withdraw_consent(by=alice, consent=consent) == []
    assert Fact.objects.get(verb="consent.withdrawn").data == {"voices": 2, "because": "asked"}
