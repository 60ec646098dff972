"""Every word shown can be read in French and in English."""

import ast
import re

import pytest

from essor.console import messages
from tests.house.sources import none_of, python_sources

SAYING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}


@pytest.fixture(scope="module")
def gathered():
    return messages.gather()


def test_the_catalogue_is_complete(gathered):
    none_of(messages.problems(gathered))


def test_a_missing_word_is_told(gathered):
    found = messages.problems([*gathered, messages.polib.POEntry(msgid="Un texte que personne n’a traduit")])
    assert any("Un texte que personne" in line for line in found)


def test_named_placeholders_must_be_the_same_on_both_sides():
    entry = messages.polib.POEntry(msgid="%(count)s voix", msgstr="%(number)s voices")
    assert messages._problems_of(entry) == [
        "placeholders differ: '%(count)s voix' → '%(number)s voices'",
    ]


def test_french_messages_are_written_with_the_typographic_apostrophe(gathered):
    none_of([entry.msgid for entry in gathered if "'" in entry.msgid and " " in entry.msgid])


def test_english_is_set_the_english_way():
    french = re.compile(r"[ \u00a0\u202f](?:[:;!»](?=\s|$)|%%|%(?!\())|«|(?<=\w)'(?=\w)")
    none_of(
        text
        for entry in messages.read("en").values()
        for _source, text in messages.texts_of(entry)
        if french.search(text)
    )


def test_the_marks_of_a_text_are_the_same_in_both_languages():
    tag = re.compile(r"</?[a-z][^>]*>")
    none_of(
        f"{source!r} → {text!r}"
        for entry in messages.read("en").values()
        for source, text in messages.texts_of(entry)
        if sorted(tag.findall(source)) != sorted(tag.findall(text))
    )


def test_no_text_to_translate_is_hidden_inside_an_f_string():
    """xgettext does not look there: the text would stay French for everybody."""
    none_of({
        f"{each.name}:{call.lineno}"
        for each in python_sources("essor")
        for string in ast.walk(each.tree)
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAYING
    })  # fmt: skip
