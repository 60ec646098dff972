"""What is shown to a person before it is published, and what is left in peace."""

import time

import pytest

from essor.chain.listening.personal_data import MASK, as_rows, find, from_rows, mask


def seen(words):
    return [(str(each.kind), words[each.start : each.end]) for each in find(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Écrivez à jeanne.petit@exemple.fr merci", [("email", "jeanne.petit@exemple.fr")]),
        ("jeanne.petit (at) exemple . fr", [("email", "jeanne.petit (at) exemple . fr")]),
        ("Mon numéro : 06 12 34 56 78.", [("phone", "06 12 34 56 78")]),
        ("Appelez le +33 6 12 34 56 78", [("phone", "+33 6 12 34 56 78")]),
        ("0612345678 le soir", [("phone", "0612345678")]),
        ("J’habite 12 bis, rue de la Gare", [("address", "12 bis, rue de la Gare")]),
        ("M. Dupont ne répond jamais", [("name", "M. Dupont")]),
        ("Madame Le Goff et Mme Martin-Roux", [("name", "Madame Le Goff"), ("name", "Mme Martin-Roux")]),
        ("Je m’appelle Zoé Petit", [("name", "Zoé Petit")]),
        ("Plus de bus le soir.\nJean Dupont", [("name", "Jean Dupont")]),
        ("Signé Marie Durand", [("name", "Marie Durand")]),
        (
            "Nous : Jean Dupont, Marie Martin et Paul Roux",
            [("name", "Jean Dupont"), ("name", "Marie Martin"), ("name", "Paul Roux")],
        ),
    ],
)
def test_what_names_or_reaches_somebody_is_found(words, expected):
    assert seen(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Le lycée Jean Moulin est trop loin",
        "La rue Victor Hugo est dangereuse",
        "Monsieur le maire, écoutez-nous",
        "Madame la Présidente a promis",
        "Madame La Maire et Monsieur Le Préfet",
        "Il manque 10 places de parking et 3 routes",
        "Rendez-vous le 12 mars 2026 à 20 h 30",
        "Avec 1 200 000 euros sur 2026 2027 2028",
        "Val-de-Lume, Brécourt, Saint-Martin et Beaumont-la-Rivière",
        "",
    ],
)
def test_places_roles_and_figures_are_left_in_peace(words):
    assert find(words) == []


def test_masking_keeps_the_rest_of_the_words():
    words = "Voir M. Dupont au 06 12 34 56 78, merci"
    assert mask(words, find(words)) == f"Voir {MASK} au {MASK}, merci"


def test_masked_words_have_nothing_left_to_find():
    words = "Jean Dupont, Marie Martin, jean@exemple.fr"
    assert find(mask(words, find(words))) == []


def test_findings_survive_storage_and_those_out_of_bounds_are_dropped():
    words = "Voir M. Dupont"
    assert from_rows(as_rows(find(words)), words) == find(words)
    assert from_rows([["name", 5, 400], ["name", -1, 3]], words) == []


@pytest.mark.parametrize(
    "bad",
    ["A" * 100_000, "Ab " * 30_000, "1 rue " * 15_000, "a.b" * 30_000 + "@", "\n" * 100_000, "a@a." * 25_000],
)
def test_no_text_makes_it_slow(bad):
    start = time.perf_counter()
    find(bad)
    assert time.perf_counter() - start < 3
