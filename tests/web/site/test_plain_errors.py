"""A field that is not well filled says what to do, whatever the form."""

import pytest
from django import forms


class Everything(forms.Form):
    words = forms.CharField(max_length=3)
    theme = forms.ChoiceField(choices=[("bus", "Bus")])
    day = forms.DateField()
    mail = forms.EmailField()
    people = forms.IntegerField(min_value=2)
    sheet = forms.FileField()
    agreed = forms.BooleanField()
    own = forms.CharField(error_messages={"required": "Donnez un nom."})


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("words", "", "Remplissez ce champ"),
        ("words", "quatre", "raccourcissez-le à 3 signes"),
        ("theme", "", "Choisissez une réponse"),
        ("theme", "train", "de la liste"),
        ("day", "31/02/2026", "une date qui existe"),
        ("mail", "alice", "nom@exemple.fr"),
        ("people", "deux", "nombre entier"),
        ("people", "1", "Écrivez 2, ou plus"),
        ("sheet", "", "Choisissez un fichier"),
        ("agreed", "", "Cochez cette case"),
        ("own", "", "Donnez un nom."),
    ],
)
def test_each_error_says_what_to_do(field, value, said):
    assert said in " ".join(Everything({field: value}).errors[field])


def test_no_page_keeps_the_sentences_of_the_framework(client, territory):
    page = client.post("/compte/signup/", {}).content.decode()
    assert "Ce champ est obligatoire" not in page
    assert "Remplissez ce champ" in page
