"""The catalogue: French set by rule, English kept."""

import polib
import pytest

from essor.console import messages
from essor.console.french import NARROW, spaced


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Qui est là ?", "Qui est là_?"),
        ("Deux points : ceci", "Deux points_: ceci"),
        ("« Bonjour »", "«_Bonjour_»"),
        ("Place : 50 % du total, soit 1 200 €", "Place_: 50_% du total, soit 1_200_€"),
        ("%(part)s %% de %(total)s", "%(part)s_%% de %(total)s"),
        ("il reste %(count)d voix", "il reste %(count)d voix"),
        ("à %s heures", "à %s heures"),
        ('<a href="/a ?b">lien</a> ?', '<a href="/a ?b">lien</a>_?'),
        ("<strong>%(name)s</strong> : oui", "<strong>%(name)s</strong>_: oui"),
        ("voir https://example.org/?a=b ; merci", "voir https://example.org/?a=b_; merci"),
        ("12:30 et A/B", "12:30 et A/B"),
    ],
)
def test_french_spaces_are_set_where_the_rules_want_them(written, shown):
    assert spaced(written).replace(NARROW, "_") == shown


def test_spacing_twice_changes_nothing_more():
    once = spaced("« Oui » : 50 % !")
    assert spaced(once) == once


def _with_english(monkeypatch, tmp_path, *entries):
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    path = messages.path_of("en")
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.extend(entries)
    catalogue.save(str(path))


def test_what_was_translated_is_kept_and_what_is_gone_is_dropped(monkeypatch, tmp_path):
    _with_english(
        monkeypatch,
        tmp_path,
        polib.POEntry(msgid="Besoins", msgstr="Needs"),
        polib.POEntry(msgid="Disparu", msgstr="Gone"),
    )
    built = messages.build("en", [polib.POEntry(msgid="Besoins"), polib.POEntry(msgid="Nouveau")])
    assert [(entry.msgid, entry.msgstr) for entry in built] == [("Besoins", "Needs"), ("Nouveau", "")]


def test_the_same_words_in_two_contexts_are_two_entries(monkeypatch, tmp_path):
    _with_english(monkeypatch, tmp_path, polib.POEntry(msgid="Avis", msgctxt="vote", msgstr="Opinion"))
    built = messages.build(
        "en", [polib.POEntry(msgid="Avis", msgctxt="vote"), polib.POEntry(msgid="Avis", msgctxt="mail")]
    )
    assert [entry.msgstr for entry in built] == ["Opinion", ""]


def test_french_plurals_are_written_without_a_translator():
    entry = polib.POEntry(msgid="%(n)s voix : une", msgid_plural="%(n)s voix : plusieurs")
    built = messages.build("fr", [entry])[0]
    assert built.msgstr_plural[1] == f"%(n)s voix{NARROW}: plusieurs"


def test_compiled_catalogues_are_read_by_gettext(monkeypatch, tmp_path):
    _with_english(monkeypatch, tmp_path, polib.POEntry(msgid="Besoins", msgstr="Needs"))
    [made] = messages.compile_messages()
    assert polib.mofile(str(made)).find("Besoins").msgstr == "Needs"
