"""The catalogue of messages: gathered from the sources, set in French, kept in English, compiled.

    python -m essor.console.messages gather     read the sources again, write both catalogues
    python -m essor.console.messages check      say what is missing; nothing is written
    python -m essor.console.messages compile    make the .mo files that the site reads (msgfmt is not needed)

French is the language of the sources: its catalogue only sets the spaces (see essor.console.french) and is
never edited by hand. English is edited in essor/locale/en/LC_MESSAGES/django.po.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

import polib
from django.core.management import CommandError, call_command
from django.core.management.commands import makemessages

from essor.console.french import spaced

ESSOR = Path(__file__).resolve().parents[1]
LOCALE = ESSOR / "locale"
LANGUAGES = ("fr", "en")
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}
READ = {".py", ".html", ".txt"}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}")
Key = tuple[str | None, str]


class _Gather(makemessages.Command):
    """Django's own extraction, without settings: everything goes into ./locale."""

    @cached_property
    def settings_available(self) -> bool:
        return False


def gather() -> list[polib.POEntry]:
    """Every message of the sources, in the order of their texts. Works on a copy: nothing is written here."""
    if not shutil.which("xgettext"):
        raise CommandError("xgettext is missing: install gettext (Debian: sudo apt-get install gettext).")
    with tempfile.TemporaryDirectory(prefix="essor-messages-") as folder:
        copy = Path(folder) / "essor"
        shutil.copytree(ESSOR, copy, ignore=_only_sources)
        (copy / "locale").mkdir(exist_ok=True)
        before = Path.cwd()
        os.chdir(copy)
        try:
            call_command(
                _Gather(),
                locale=["en"],
                domain="django",
                keep_pot=True,
                add_location="file",
                no_wrap=True,
                verbosity=0,
            )
        finally:
            os.chdir(before)
        pot = polib.pofile(str(copy / "locale" / "django.pot"))
    return sorted(
        (entry for entry in pot if not entry.obsolete), key=lambda entry: (entry.msgid, entry.msgctxt or "")
    )


def _only_sources(folder: str, names: list[str]) -> set[str]:
    here = Path(folder)
    return {
        name
        for name in names
        if name in {"locale", "static", "migrations", "__pycache__"}
        or ((here / name).is_file() and Path(name).suffix not in READ)
    }


def path_of(language: str) -> Path:
    """The file of a language's catalogue."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> dict[Key, polib.POEntry]:
    """The entries of a catalogue by context and text; empty when it does not exist yet."""
    path = path_of(language)
    if not path.exists():
        return {}
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def _in_french(entry: polib.POEntry, _known: dict[Key, polib.POEntry]) -> polib.POEntry:
    if entry.msgid_plural:
        return _filled(entry, "", {0: spaced(entry.msgid), 1: spaced(entry.msgid_plural)})
    return _filled(entry, spaced(entry.msgid), {})


def _in_english(entry: polib.POEntry, known: dict[Key, polib.POEntry]) -> polib.POEntry:
    old = known.get((entry.msgctxt, entry.msgid))
    if entry.msgid_plural:
        plural = {0: "", 1: ""}
        if old is not None:
            plural = {number: old.msgstr_plural.get(number, "") for number in plural}
        return _filled(entry, "", plural)
    return _filled(entry, old.msgstr if old is not None else "", {})


def _filled(entry: polib.POEntry, msgstr: str, plural: dict[int, str]) -> polib.POEntry:
    return polib.POEntry(
        msgid=entry.msgid,
        msgctxt=entry.msgctxt,
        msgid_plural=entry.msgid_plural,
        msgstr=msgstr,
        msgstr_plural=plural,
        occurrences=entry.occurrences,
        flags=[flag for flag in entry.flags if flag != "fuzzy"],
        comment=entry.comment,
    )


_SETTING: dict[str, Callable[[polib.POEntry, dict[Key, polib.POEntry]], polib.POEntry]] = {
    "fr": _in_french,
    "en": _in_english,
}


def build(language: str, entries: Iterable[polib.POEntry]) -> polib.POFile:
    """The catalogue of a language: what was translated is kept, what is gone from the sources is dropped."""
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "Essor",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    known = read(language)
    catalogue.extend(_SETTING[language](entry, known) for entry in entries)
    return catalogue


def compile_messages() -> list[Path]:
    """Write the .mo beside each .po; the languages without a catalogue are passed over."""
    made = []
    for language in LANGUAGES:
        path = path_of(language)
        if path.exists():
            target = path.with_suffix(".mo")
            polib.pofile(str(path)).save_as_mofile(str(target))
            made.append(target)
    return made


def texts_of(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each (source, translation) of an entry: one, or one per plural form."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [
        (entry.msgid, entry.msgstr_plural.get(0, "")),
        (entry.msgid_plural, entry.msgstr_plural.get(1, "")),
    ]


def placeholders(text: str) -> set[str]:
    """The named placeholders of a message."""
    return {first or second for first, second in _PLACEHOLDER.findall(text)}


def problems(entries: Iterable[polib.POEntry]) -> list[str]:
    """What keeps the catalogues from being complete, one line each."""
    found = []
    wanted = {(entry.msgctxt, entry.msgid): entry for entry in entries}
    for language in LANGUAGES:
        known = read(language)
        found += [
            f"{language}: not in the catalogue: {text!r}" for context, text in wanted.keys() - known.keys()
        ]
        found += [
            f"{language}: no longer in the sources: {text!r}"
            for context, text in known.keys() - wanted.keys()
        ]
        for entry in known.values():
            found += [f"{language}: {problem}" for problem in _problems_of(entry)]
    return sorted(found)


def _problems_of(entry: polib.POEntry) -> list[str]:
    if entry.fuzzy:
        return [f"fuzzy: {entry.msgid!r}"]
    pairs = texts_of(entry)
    if not all(translation for _source, translation in pairs):
        return [f"not translated: {entry.msgid!r}"]
    allowed = set().union(*(placeholders(source) for source, _translation in pairs))
    return [
        f"placeholders differ: {source!r} → {translation!r}"
        for source, translation in pairs
        if not placeholders(translation) <= allowed
        or (len(pairs) == 1 and placeholders(translation) != placeholders(source))
    ]


def _gather_and_write() -> int:
    entries = gather()
    for language in LANGUAGES:
        path = path_of(language)
        catalogue = build(language, entries)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
    compile_messages()
    missing = sum(1 for line in problems(entries) if line.startswith("en: not translated"))
    print(f"{len(entries)} messages gathered; {missing} still to translate in {path_of('en')}.")
    return 0


def _check() -> int:
    found = problems(gather())
    for line in found[:40]:
        print(line)
    if found:
        print(f"{len(found)} problems in the catalogue. Run “make messages”, then translate what is missing.")
        return 1
    print("The catalogue is complete.")
    return 0


def main(arguments: list[str]) -> int:
    """Gather, check or compile."""
    acts = {"gather": _gather_and_write, "check": _check}
    if arguments == ["compile"]:
        compile_messages()
        return 0
    if len(arguments) != 1 or arguments[0] not in acts:
        print(__doc__)
        return 2
    try:
        return acts[arguments[0]]()
    except CommandError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
