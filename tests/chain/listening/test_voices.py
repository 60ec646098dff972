"""Giving, correcting, taking back."""

import pytest
from django.db import connection

from essor.chain.listening.enums import ConsultationState, VoiceState
from essor.chain.listening.models import Contribution, Speaker
from essor.chain.listening.selectors.voices import Asked, became_of, published_voices, wordings_of
from essor.chain.listening.services.receipts import receipt_digest
from essor.chain.listening.services.refusals import IllegalMove, NothingSaid, NotListening
from essor.chain.listening.services.voices import (
    LONGEST,
    correct_voice,
    erase_voice,
    give_voice,
    speaker_for,
    voice_by_receipt,
    withdraw_voice,
)
from essor.ground.ledger.enums import Actor
from essor.ground.ledger.models import Fact
from essor.ground.notices.models import Notice
from tests.factories.listening_capture import OpenConsultationFactory, OpenQuestionFactory

WORDS = "Il faudrait un bus le soir."


@pytest.fixture
def question(territory):
    return OpenQuestionFactory(consultation=OpenConsultationFactory(territory=territory))


@pytest.fixture
def give(question, territory):
    def given(words=WORDS, **more):
        more.setdefault("speaker", speaker_for(territory=territory, guest_key="téléphone de la famille"))
        return give_voice(
            territory=territory,
            consultation=question.consultation,
            question=question,
            words=words,
            **more,
        )

    return given


def test_a_voice_given_without_account_is_published_with_a_receipt_kept_nowhere(give, territory):
    given = give()
    voice = given.contribution
    assert voice.state == VoiceState.PUBLISHED
    assert len(given.receipt) == 14
    assert given.receipt not in str(Contribution.objects.values().get(pk=voice.pk))
    assert voice.receipt_digest == receipt_digest(code=given.receipt)
    assert Fact.objects.about(voice).get().actor == Actor.GUEST


def test_a_receipt_is_found_however_it_is_typed_but_only_in_its_territory(give, territory, other_territory):
    given = give()
    typed = given.receipt.replace("-", " ").lower()
    assert voice_by_receipt(territory=territory, code=typed) == given.contribution
    assert voice_by_receipt(territory=other_territory, code=given.receipt) is None
    assert voice_by_receipt(territory=territory, code="   ") is None


def test_a_sheet_sent_twice_is_one_voice_with_the_same_receipt(give):
    one, two = give(once="une feuille"), give(once="une feuille")
    assert (one.contribution, one.receipt) == (two.contribution, two.receipt)
    assert two.is_repeat
    assert Contribution.objects.count() == 1


def test_other_words_on_the_same_sheet_are_another_voice(give):
    one, two = give(once="une feuille"), give("Un marché le samedi.", once="une feuille")
    assert one.receipt != two.receipt
    assert Contribution.objects.count() == 2


def test_one_device_is_one_person_and_one_account_is_one_person(territory, bilal):
    guest = speaker_for(territory=territory, guest_key="a")
    assert speaker_for(territory=territory, guest_key="a") == guest
    assert speaker_for(territory=territory, guest_key="b") != guest
    own = speaker_for(territory=territory, person=bilal, guest_key="a")
    assert own == speaker_for(territory=territory, person=bilal)
    assert Speaker.objects.count() == 3


def test_words_with_personal_data_wait_for_a_person(give, moderator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        voice = give("Appelez M. Dupont au 06 12 34 56 78").contribution
    assert voice.state == VoiceState.WAITING
    assert [row[0] for row in voice.personal_data] == ["name", "phone"]
    notice = Notice.objects.get(person=moderator)
    assert "Dupont" not in notice.text


def test_voices_that_wait_make_one_notice(give, moderator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        give("Appelez le 06 12 34 56 78")
        give("Appelez le 06 12 34 56 79")
    assert Notice.objects.get(person=moderator).count == 2


def test_where_voices_are_read_first_they_wait(give, question):
    question.consultation.moderation = "before"
    question.consultation.save()
    assert give().contribution.state == VoiceState.WAITING


def test_a_closed_consultation_takes_no_voice(give, question):
    question.consultation.state = ConsultationState.CLOSED
    with pytest.raises(NotListening, match="Gardez vos mots"):
        give()
    assert not Contribution.objects.exists()


def test_a_consultation_that_asks_for_an_account_refuses_guests(give, question, territory, bilal):
    question.consultation.allow_guests = False
    with pytest.raises(NotListening, match="compte"):
        give()
    give(speaker=speaker_for(territory=territory, person=bilal))


@pytest.mark.parametrize("words", ["", "  \n ", "!!", "…", "\u200b\u200b"])
def test_silence_is_refused_kindly(give, words):
    with pytest.raises(NothingSaid, match="quelques mots"):
        give(words)


def test_too_long_is_refused_with_both_figures(give):
    with pytest.raises(NothingSaid, match=f"5001.*{LONGEST}"):
        give("a" * 5001)


def test_a_correction_is_a_new_version_and_the_old_words_are_no_longer_found(give, territory):
    voice = correct_voice(
        contribution=give().contribution, by=None, words="Un train le soir.", why="une faute"
    )
    assert (voice.version, voice.words) == (2, "Un train le soir.")
    assert [each.words for each in wordings_of(voice, all_of_them=False)] == [WORDS]
    assert not published_voices(territory, Asked(words="bus")).exists()
    assert published_voices(territory, Asked(words="train")).get() == voice


def test_correcting_to_the_same_words_changes_nothing(give):
    assert correct_voice(contribution=give().contribution, by=None, words=WORDS, why="").version == 1


def test_a_wording_never_published_is_not_shown_to_readers(give):
    voice = give("Appelez le 06 12 34 56 78").contribution
    correct_voice(contribution=voice, by=None, words="Appelez la mairie.", why="")
    assert voice.state == VoiceState.WAITING
    assert not wordings_of(voice, all_of_them=False).exists()
    assert wordings_of(voice, all_of_them=True).count() == 1


def test_a_correction_that_brings_personal_data_waits(give):
    voice = correct_voice(contribution=give().contribution, by=None, words="Voyez M. Dupont", why="")
    assert voice.state == VoiceState.WAITING


def test_a_withdrawn_voice_is_no_longer_read_nor_counted_nor_corrected(give, territory):
    voice = withdraw_voice(contribution=give().contribution, by=None)
    assert not Contribution.objects.counted().exists()
    assert not published_voices(territory, Asked()).exists()
    with pytest.raises(IllegalMove, match="retirée"):
        correct_voice(contribution=voice, by=None, words="Autre chose", why="")


def test_erasing_leaves_no_word_anywhere_but_keeps_the_fact(give, territory):
    secret = "Xylophone"
    speaker = speaker_for(territory=territory, guest_key="k", pseudonym="Xylophoniste")
    voice = give(f"Un {secret} pour tous", speaker=speaker, place_label=secret).contribution
    correct_voice(contribution=voice, by=None, words=f"Deux {secret} pour tous", why=secret)
    erase_voice(contribution=voice, by=None)
    assert voice.state == VoiceState.ERASED
    with connection.cursor() as cursor:
        for table in ("contribution", "contributionversion", "speaker", "report", "appeal"):
            cursor.execute(f"SELECT * FROM listening_{table}")
            assert "xylophon" not in str(cursor.fetchall()).lower()
    assert Fact.objects.about(voice).filter(verb="voice.erased").exists()
    assert not published_voices(territory, Asked(words="xylophone")).exists()
    assert erase_voice(contribution=voice, by=None).state == VoiceState.ERASED


def test_what_became_of_a_new_voice_is_nothing_yet_and_its_author_may_correct_it(give):
    became = became_of(give().contribution)
    assert (became.results, became.decisions, became.may_correct, became.may_appeal) == ([], [], True, False)
