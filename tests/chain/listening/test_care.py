"""Reports, decisions, contestations."""

import pytest

from essor.chain.listening.enums import AppealState, VoiceState
from essor.chain.listening.models import Contribution, ModerationDecision
from essor.chain.listening.personal_data import MASK
from essor.chain.listening.policies import can_appeal, can_read_voice
from essor.chain.listening.selectors import moderation
from essor.chain.listening.selectors.voices import Asked, published_voices, wordings_of
from essor.chain.listening.services import care
from essor.chain.listening.services.refusals import IllegalMove, NothingSaid, NotYours
from essor.chain.listening.services.voices import correct_voice, speaker_for
from essor.ground.ledger.models import Fact
from essor.ground.notices.models import Notice
from tests.factories.voices import GivenVoiceFactory


@pytest.fixture
def voice(territory, bilal):
    return GivenVoiceFactory(territory=territory, speaker=speaker_for(territory=territory, person=bilal))


def hide(voice, by):
    return care.hide_voice(contribution=voice, by=by, reason="insult", explanation="Ce mot blesse.")


def test_a_visitor_reports_once(voice, territory):
    for _again in range(2):
        care.report_voice(contribution=voice, reason="insult", reporter_digest="x" * 64)
    assert voice.reports.count() == 1
    assert list(moderation.voices_reported(territory)) == [voice]
    assert Fact.objects.about(voice).filter(verb="voice.reported").count() == 1


def test_keeping_a_reported_voice_settles_the_reports(voice, territory, alice):
    care.report_voice(contribution=voice, reason="insult", reporter_digest="x" * 64)
    care.keep_voice(contribution=voice, by=alice)
    assert not moderation.voices_reported(territory).exists()
    assert voice.is_public


def test_a_hidden_voice_is_neither_read_nor_found_nor_counted(
    voice, territory, alice, chloe, farid, moderator
):
    hide(voice, alice)
    assert not published_voices(territory, Asked()).exists()
    assert not published_voices(territory, Asked(words="bus")).exists()
    assert not Contribution.objects.counted().exists()
    assert not can_read_voice(chloe, voice)
    assert not can_read_voice(farid, voice)
    assert can_read_voice(moderator, voice)


def test_hiding_without_a_reason_of_the_charter_is_refused(voice, alice):
    with pytest.raises(NothingSaid, match="charte"):
        care.hide_voice(contribution=voice, by=alice, reason="")
    voice.refresh_from_db()
    assert voice.is_public


def test_the_author_is_told_of_the_hiding(voice, alice, bilal, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        hide(voice, alice)
    notice = Notice.objects.get(person=bilal)
    assert "masquée" in notice.text
    assert notice.url.endswith(f"?voix={voice.pk}")


def test_masking_takes_the_datum_out_of_every_version_and_publishes(territory, alice):
    words = "Voir M. Dupont au marché"
    voice = GivenVoiceFactory(
        territory=territory, words=words, state=VoiceState.WAITING, personal_data=[["name", 5, 14]]
    )
    care.mask_personal_data(contribution=voice, by=alice)
    assert voice.words == f"Voir {MASK} au marché"
    assert (voice.state, voice.version, voice.personal_data) == (VoiceState.PUBLISHED, 2, [])
    assert not voice.versions.filter(words__contains="Dupont").exists()
    assert not wordings_of(voice, all_of_them=False).exists()


def test_masking_where_nothing_is_found_is_refused(voice, alice):
    with pytest.raises(NothingSaid, match="Aucune donnée"):
        care.mask_personal_data(contribution=voice, by=alice)


def test_an_author_contests_a_hiding_once(voice, alice, moderator):
    hide(voice, alice)
    appeal = care.appeal(contribution=voice, words="Je ne vise personne.")
    assert not can_appeal(voice)
    with pytest.raises(IllegalMove, match="contestée"):
        care.appeal(contribution=voice, words="Encore.")
    care.answer_appeal(appeal=appeal, by=moderator, accept=False, answer="Le mot reste blessant.")
    assert not can_appeal(voice)
    assert voice.state == VoiceState.HIDDEN


def test_a_published_voice_has_nothing_to_contest(voice):
    with pytest.raises(IllegalMove):
        care.appeal(contribution=voice, words="Pourquoi ?")


def test_who_hid_does_not_answer_when_somebody_else_can(voice, alice, moderator):
    hide(voice, alice)
    appeal = care.appeal(contribution=voice, words="Je ne vise personne.")
    with pytest.raises(NotYours, match="une autre personne"):
        care.answer_appeal(appeal=appeal, by=alice, accept=False, answer="Non.")
    care.answer_appeal(appeal=appeal, by=moderator, accept=True, answer="Vous avez raison.")
    voice.refresh_from_db()
    assert (appeal.state, voice.state) == (AppealState.ACCEPTED, VoiceState.PUBLISHED)
    assert voice.decisions.first().act == "restore"


def test_a_lone_moderator_may_answer(voice, alice):
    hide(voice, alice)
    appeal = care.appeal(contribution=voice, words="Je ne vise personne.")
    care.answer_appeal(appeal=appeal, by=alice, accept=True, answer="D’accord.")
    assert appeal.state == AppealState.ACCEPTED


def test_a_stranger_never_answers(voice, alice, farid):
    hide(voice, alice)
    appeal = care.appeal(contribution=voice, words="Je ne vise personne.")
    with pytest.raises(NotYours):
        care.answer_appeal(appeal=appeal, by=farid, accept=True, answer="Oui.")


def test_a_contestation_is_answered_before_any_other_restoring(voice, alice, moderator):
    hide(voice, alice)
    care.appeal(contribution=voice, words="Je ne vise personne.")
    with pytest.raises(IllegalMove, match="répondez-y"):
        care.restore_voice(contribution=voice, by=moderator)


def test_a_new_hiding_can_be_contested_again(voice, alice, moderator, at):
    hide(voice, alice)
    appeal = care.appeal(contribution=voice, words="Je ne vise personne.")
    care.answer_appeal(appeal=appeal, by=moderator, accept=True, answer="Oui.")
    hide(voice, moderator)
    assert can_appeal(voice)


def test_a_hidden_voice_that_its_author_corrects_is_read_again_by_a_person(voice, alice, territory):
    hide(voice, alice)
    correct_voice(contribution=voice, by=None, words="Un bus le soir, s’il vous plaît.", why="plus poli")
    assert list(moderation.voices_waiting(territory)) == [voice]
    assert not can_appeal(voice)


def test_each_decision_is_in_the_journal_of_its_territory_only(voice, alice, territory, other_territory):
    hide(voice, alice)
    care.restore_voice(contribution=voice, by=alice)
    assert [each.act for each in moderation.journal_of(territory)] == ["restore", "hide"]
    assert not moderation.journal_of(other_territory).exists()
    assert ModerationDecision.objects.filter(reason="insult").count() == 1


def test_a_wording_that_was_hidden_does_not_come_back_as_history(voice, alice, bilal):
    correct_voice(contribution=voice, by=bilal, words="Un bus le soir, bande de nuls.", why="colère")
    correct_voice(contribution=voice, by=bilal, words="Un bus le soir, bande de nuls !", why="plus fort")
    hide(voice, alice)
    correct_voice(contribution=voice, by=bilal, words="Un bus le soir, merci.", why="calme")
    care.publish_voice(contribution=voice, by=alice)
    assert voice.is_public
    assert not wordings_of(voice, all_of_them=False).exists()
    assert wordings_of(voice, all_of_them=True).count() == 3


@pytest.mark.parametrize("act", [care.restore_voice, care.keep_voice, care.publish_voice])
def test_a_moderator_does_not_decide_that_their_own_voice_stays(territory, moderator, alice, act):
    state = {care.restore_voice: "hidden", care.keep_voice: "published", care.publish_voice: "waiting"}[act]
    speaker = speaker_for(territory=territory, person=moderator)
    own = GivenVoiceFactory(territory=territory, speaker=speaker, state=state)
    with pytest.raises(NotYours, match="votre voix"):
        act(contribution=own, by=moderator)
    own.refresh_from_db()
    assert own.state == state
    act(contribution=own, by=alice)
    assert own.is_public


def test_a_moderator_who_is_alone_may_decide_on_their_own_voice(territory, moderator):
    speaker = speaker_for(territory=territory, person=moderator)
    own = GivenVoiceFactory(territory=territory, speaker=speaker, state="waiting")
    assert care.publish_voice(contribution=own, by=moderator).is_public


def test_a_moderator_does_not_answer_their_own_contestation(territory, moderator, alice, elise):
    speaker = speaker_for(territory=territory, person=moderator)
    own = GivenVoiceFactory(territory=territory, speaker=speaker)
    hide(own, alice)
    contested = care.appeal(contribution=own, words="Je maintiens.", by=moderator)
    with pytest.raises(NotYours):
        care.answer_appeal(appeal=contested, by=moderator, accept=True, answer="Bien sûr.")
    care.answer_appeal(appeal=contested, by=elise, accept=True, answer="En effet.")
    own.refresh_from_db()
    assert own.is_public
