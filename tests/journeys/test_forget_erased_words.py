"""Erased words leave the files of the index too."""

import pytest
from django.db import connection

from essor.chain.listening.services.voices import erase_voice, give_voice, speaker_for
from essor.journeys import forget_erased_words

pytestmark = pytest.mark.django_db(transaction=True)


def pieces_of_the_index() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM listening_contribution_fts_data")
        return b"".join(bytes(block) for (block,) in cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL cleans its own index")
def test_an_erased_word_is_not_left_in_the_files_of_the_search(territory):
    speaker = speaker_for(territory=territory, guest_key="téléphone")
    give = {"territory": territory, "consultation": None, "speaker": speaker}
    give_voice(words="Le kiosque reste ouvert.", **give)
    given = give_voice(words="Le xylocampanule grince.", **give)
    erase_voice(contribution=given.contribution, by=None)
    assert b"xyloc" in pieces_of_the_index()
    assert forget_erased_words.run()
    assert b"xyloc" not in pieces_of_the_index()
    assert b"kiosq" in pieces_of_the_index()


def test_nothing_is_cleaned_when_nobody_erased_anything(territory):
    assert not forget_erased_words.run()
