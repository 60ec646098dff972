"""Voices on their way in: cleaned, checked, and columns guessed."""

import json

import pytest

from essor.chain.listening import personal_data
from essor.chain.listening.incoming import prepared
from essor.chain.listening.incoming_tables import family_named
from essor.chain.listening.mapping import ImportMapping, guess_columns, signature_of
from essor.chain.listening.places import Places
from essor.ground.territories.models import PerimeterCommune

PERSONAL = [
    "Écrivez à jeanne@example.org", "Écrivez à jeanne (at) example.org", "jeanne arobase example.org", "Appelez le 06 12 34 56 78",
    "Voir M. Dupont", "voir Mme Dupont", "J’habite 12 rue des Lilas", "je m’appelle Jeanne Martin",
    "my name is Jeanne Martin", "Jeanne Martin, Paul Durand et Luc Petit viendront", "Merci.\nJeanne Martin",
]  # fmt: skip


@pytest.mark.parametrize("words", PERSONAL)
def test_the_quick_look_misses_nothing_that_the_careful_one_finds(words):
    found = personal_data.as_rows(personal_data.find(words))
    assert json.loads(prepared(key="k", words=words, file="f", line=1).personal) == found


def test_a_title_too_long_is_kept_whole_among_the_words():
    title = "Rouvrir la gare " * 20
    voice = prepared(key="k", words="Et le buffet", title=title, file="f", line=1)
    assert len(voice.title) <= 200
    assert voice.words == f"{title.strip()}\n\nEt le buffet"


def test_a_title_alone_becomes_the_words():
    voice = prepared(key="k", words=" ", title="Un bus", file="f", line=1)
    assert (voice.words, voice.title) == ("Un bus", "")


@pytest.mark.parametrize(
    ("columns", "row", "expected"),
    [
        (["id", "title", "body"], ["1", "Un bus", "le soir"], ["identifier", "title", "words"]),
        (["Timestamp", "Nom", "Réponse libre"], ["1/1/25", "X", "long " * 9], ["date", "", "words"]),
        (["a", "b"], ["1", "une phrase assez longue"], ["", "words"]),
        (["avis", "commentaire"], ["une phrase assez longue", ""], ["words", ""]),
        (["lat", "lon", "texte"], ["1", "2", "un bus"], ["latitude", "longitude", "words"]),
    ],
)
def test_columns_are_guessed_by_their_title_then_by_their_length(columns, row, expected):
    assert list(guess_columns(columns, [row]).values()) == expected


def test_a_mapping_comes_back_as_it_was_kept_and_forgives_what_is_new():
    mapping = ImportMapping(columns={"avis": "words"}, constants={"family": "worker"}, notes=("a",))
    assert ImportMapping.from_json({**mapping.as_json(), "unknown": 1}).as_json() == mapping.as_json()
    assert signature_of(["Avis", "Été"]) == signature_of(["avis", "ete "])


@pytest.mark.parametrize(
    ("written", "family"),
    [("Habitante", "citizen"), ("Élus", "public_body"), ("une association", "association"), ("zorglub", "")],
)
def test_families_are_recognised_however_they_are_written(written, family):
    assert family_named(written) == family


def test_a_commune_is_found_by_its_name_its_code_or_a_point():
    square = [[[3.0, 50.0], [4.0, 50.0], [4.0, 51.0], [3.0, 51.0], [3.0, 50.0]]]
    places = Places([PerimeterCommune(code="59001", name="Saint-Rémy", outline=square)])
    for written in ("St Rémy", "SAINT REMY (59)", "59001", "59550 Saint-Rémy"):
        assert places.named(written) == "59001"
    assert (places.at(50.5, 3.5), places.at(48.0, 3.5)) == ("59001", "")
