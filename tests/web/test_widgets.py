from django import forms
from django.test.html import parse_html
from django.utils.html import escape

from essor.web.widgets import PlainSelect

CHOICES = [("", "Tous"), ("a", "L’été & l’hiver"), ("Groupe <b>", [("b", "<script>"), ("c", "Ç")])]


def test_the_select_says_the_same_as_django_s():
    for value in ("", "a", "b", None):
        ours = PlainSelect(choices=CHOICES, attrs={"class": "x"}).render("champ", value, {"id": "id_champ"})
        theirs = forms.Select(choices=CHOICES, attrs={"class": "x"}).render(
            "champ", value, {"id": "id_champ"}
        )
        assert parse_html(ours) == parse_html(theirs)


def test_hostile_labels_are_only_words():
    assert escape("<script>") in PlainSelect(choices=CHOICES).render("champ", "")
