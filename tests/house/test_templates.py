"""Templates: none forgotten, none that reaches outside, no script or style in the page."""

import re
from pathlib import Path

import allauth
import django
import pytest

from tests.house.sources import ESSOR, none_of, python_sources, templates

# Templates that a framework asks for by name.
ASKED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
# Links a visitor may follow out of the site; nothing is loaded from there.
LINKS_OUT: tuple[str, ...] = ()

_NAMED = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["']""")
_LOADED = re.compile(
    r"""<(?:script|img|source|iframe|video|audio|embed|object|use|image|form|link)\b[^>]*?"""
    r"""\b(?:src|srcset|href|action|data|poster)=["']?\s*(?:https?:)?//""",
    re.IGNORECASE,
)
_LINK = re.compile(r"""<a\b[^>]*?\bhref=["']?\s*((?:https?:)?//[^"'\s>]+)""", re.IGNORECASE)
_INLINE = {
    "a script in the page": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)[^>]*>", re.IGNORECASE
    ),
    "a style in the page": re.compile(r"<style\b|\sstyle=[\"']", re.IGNORECASE),
    "an event in an attribute": re.compile(r"<[a-z][^>]*\son[a-z]+=[\"']", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}


def _third_party_names() -> set[str]:
    names = set(ASKED_BY_DJANGO)
    for package in (allauth, django):
        root = Path(package.__file__).parent
        for folder in [*root.rglob("templates"), root / "forms" / "jinja2"]:
            names |= {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return names


def _named_somewhere() -> set[str]:
    texts = [*templates().values(), *(each.text for each in python_sources("essor"))]
    return {name for text in texts for name in _NAMED.findall(text)}


def _is_a_letter(name: str) -> bool:
    """Letters are asked for by their stem, in both formats: `template="digest"`."""
    stem = Path(name).stem
    asked = re.compile(rf"""\btemplate=["']{stem}["']""")
    return name.startswith("emails/") and any(asked.search(each.text) for each in python_sources("essor"))


def test_every_template_is_used():
    known = _named_somewhere() | _third_party_names()
    none_of(name for name in templates() if name not in known and not _is_a_letter(name))


def test_every_template_that_is_named_exists():
    existing = set(templates()) | _third_party_names()
    missing = {
        f"{each.name}: {name}"
        for each in python_sources("essor/web")
        for name in _NAMED.findall(each.text)
        if name.endswith(".html") and "/" in name and name not in existing
    }
    none_of(missing)


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_template_loads_nothing_from_elsewhere(name):
    text = templates()[name]
    assert _LOADED.findall(text) == []
    none_of([link for link in _LINK.findall(text) if not link.startswith(LINKS_OUT or ("\0",))])


@pytest.mark.parametrize("name", sorted(name for name in templates() if not name.startswith("emails/")))
def test_a_template_has_no_script_nor_style_inside(name):
    assert {what for what, pattern in _INLINE.items() if pattern.search(templates()[name])} == set()


def test_style_sheets_load_nothing_from_elsewhere():
    broken = [
        str(path.relative_to(ESSOR))
        for path in (ESSOR / "web" / "static").rglob("*.css")
        if re.search(r"(?:url\(|@import)\s*[\"']?\s*(?:https?:)?//", path.read_text(encoding="utf-8"))
    ]
    none_of(broken)


def test_hours_are_written_by_their_own_filters():
    """``|hour`` and ``|when`` say 19 h 30 in French and 19:30 in English; ``|date`` cannot."""
    of_the_hour = re.compile(r"\|date:[\"'][^\"']*(?:H|G|P|SHORT_DATETIME|DATETIME_)")
    none_of(
        f"{name}: {found[0]}" for name, text in templates().items() if (found := of_the_hour.search(text))
    )
