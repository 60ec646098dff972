from decimal import Decimal

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from essor.web.typography import guillemets, nombre, spaced, typo


def seen(text):
    return str(text).replace("\u202f", "_")


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("Pourquoi ces trois-là ?", "Pourquoi ces trois-là_?"),
        (
            "« Six mois pour un dentiste : on finit aux urgences. »",
            "«_Six mois pour un dentiste_: on finit aux urgences._»",
        ),
        ("«Oui»", "«_Oui_»"),
        ("1 243 voix, 180 000 €, 12 %, 20 h", "1_243 voix, 180_000_€, 12_%, 20_h"),
        ("https://exemple.fr/?a=1;b", "https://exemple.fr/?a=1;b"),
        ("à 20 heures, 3 hommes", "à 20 heures, 3 hommes"),
    ],
)
def test_french_spaces_are_narrow_and_do_not_break(written, set_):
    assert seen(spaced(written)) == set_


def test_text_from_people_is_escaped_and_safe_html_keeps_its_tags():
    assert seen(typo("<b>Oui ?</b>")) == "&lt;b&gt;Oui_?&lt;/b&gt;"
    assert seen(typo(mark_safe('<a title="a ; b">Oui ?</a>'))) == '<a title="a ; b">Oui_?</a>'


@given(st.text())
def test_no_text_can_bring_a_tag_in(text):
    assert "<" not in typo(text)
    assert "<" not in guillemets(text)


def test_numbers_follow_the_language_of_the_reader():
    assert seen(nombre(1243)) == "1_243"
    assert seen(nombre(Decimal("1234.50"))) == "1_234,50"
    assert nombre(None) == ""
    assert nombre("douze") == "douze"
    with override("en"):
        assert nombre(1243) == "1,243"


def test_words_people_said_stand_between_the_marks_of_the_language_once():
    assert seen(guillemets("Oui")) == "«_Oui_»"
    assert seen(guillemets("« Oui »")) == "«_Oui_»"
    with override("en"):
        assert guillemets("Yes") == "“Yes”"
