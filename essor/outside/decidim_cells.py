"""The cells of a Decidim export: guarded texts, lists of translations, keys, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from essor.common.text import tidy

_GUARDED = ("=", "+", "-", "@")
_STRING = r'"(?:[^"\\]|\\.)*"'
_TOKEN = re.compile(rf"{_STRING}|[{{}}]")
_PAIR = re.compile(rf"({_STRING})\s*(?:=>|:)\s*({_STRING})")
_MACHINE = re.compile(r'"machine_translations"\s*(?:=>|:)\s*\{[^{}]*\}')
_ESCAPE = re.compile(r"\\(u\{?[0-9a-fA-F]{4,6}\}?|.)", re.DOTALL)
_ROOT = re.compile(r"/(proposals|debates|meetings|posts|results|projects|initiatives)/(?:i-)?(\d+)")
_IDENTIFIER = re.compile(r"\d{1,18}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KINDS = {"proposals": "proposal", "debates": "debate", "meetings": "meeting", "posts": "post"} | {
    "results": "result",
    "projects": "project",
    "initiatives": "initiative",
}
_ESCAPED = {"n": "\n", "t": " ", "r": "", "e": ""}


def unguarded(cell: str) -> str:
    """The cell without the apostrophe Decidim puts before = + - @ (and only then).

    >>> unguarded("'-1.5"), unguarded("'Été"), unguarded("''=")
    ('-1.5', "'Été", "''=")
    """
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _GUARDED and len(cell) > 1 else cell


def source_key(host: str, kind: str, identifier: str) -> str:
    return f"{host}/{kind}/{identifier}"


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """The machine named in an address, "" when it is no address.

    >>> host_of("http://Participez.Exemple.fr/processes/a/f/1/proposals/2")
    'participez.exemple.fr'
    """
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def root_of(url: str) -> tuple[str, str] | None:
    """(kind, id) of the thing an address of Decidim shows.

    >>> root_of("https://exemple.fr/processes/a/f/112/debates/23?commentId=4")
    ('debate', '23')
    """
    found = _ROOT.findall(url.partition("?")[0])
    return (_KINDS[found[-1][0]], found[-1][1]) if found else None


def kind_of(ruby_class: str) -> str:
    """`Decidim::Debates::Debate` → `debate`."""
    return ruby_class.strip().rsplit(":", 1)[-1].lower()


def person_identifier(cell: str) -> str:
    """The first identifier of the cell; a name, or anything that is not an identifier, gives ""."""
    first = cell.split(",")[0].strip()
    return first if _IDENTIFIER.fullmatch(first) else ""


def whole_number(cell: str) -> int | None:
    text = unguarded(cell.strip())
    text = text[:-2] if text.endswith(".0") else text
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,15}", text) else None


def coordinate(cell: str, limit: float) -> float | None:
    """Degrees, or None when absent, unreadable or off the globe."""
    try:
        value = float(unguarded(cell.strip()).replace(",", "."))
    except ValueError:
        return None
    return value if -limit <= value <= limit else None


def names_in(cell: str, locale: str, count: int | None = None) -> tuple[str, ...]:
    """The names of a list, translated or not; `count` (of its identifiers) says whether commas separate.

    >>> names_in('{"en"=>"Health", "fr"=>"Santé"}, {"fr"=>"L\\\\"eau"}', "fr")
    ('Santé', 'L"eau')
    >>> names_in("Impôts, dépenses", "fr", 1), names_in("Eau, Air", "fr", 2)
    (('Impôts, dépenses',), ('Eau', 'Air'))
    """
    if "{" in cell:
        named = tuple(name for name in (_in_locale(part, locale) for part in _hashes(cell)) if name)
        if named:
            return named
    text = tidy(unguarded(cell))
    parts = tuple(part for part in text.split(", ") if part)
    if count is not None and count > 1 and len(parts) == count:
        return parts
    return (text,) if text else ()


def _hashes(cell: str) -> Iterator[str]:
    """The outermost {…} of a text, braces inside strings left alone."""
    depth = start = 0
    for token in _TOKEN.finditer(cell):
        if token.group() == "{":
            start = token.start() if depth == 0 else start
            depth += 1
        elif token.group() == "}" and depth:
            depth -= 1
            if depth == 0:
                yield cell[start : token.end()]


def _in_locale(text: str, locale: str) -> str:
    by_people = _translations(_MACHINE.sub("", text))
    by_machine = _translations(" ".join(_MACHINE.findall(text)))
    for translations in (by_people, by_machine):
        chosen = translations.get(locale) or next(filter(None, translations.values()), "")
        if chosen:
            return chosen
    return ""


def _translations(text: str) -> dict[str, str]:
    return {_unquoted(key): tidy(_unquoted(value)) for key, value in _PAIR.findall(text)}


def _unquoted(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text[1:-1])


def _unescaped(found: re.Match[str]) -> str:
    escape = found.group(1)
    if len(escape) > 1:
        number = int(escape.strip("u{}"), 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
    return _ESCAPED.get(escape, escape)
