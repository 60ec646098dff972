"""Closed by default: every address says who may open it."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from essor.web import access
from tests.house.sources import none_of

# What other packages bring as a whole: the accounts and the choice of a language. The support screens are known
# by their application name.
OTHERS = ("allauth.", "django.conf.urls.i18n")


def _is_from_elsewhere(resolver: URLResolver) -> bool:
    name = resolver.urlconf_name
    module = name if isinstance(name, str) else getattr(name, "__name__", "")
    return resolver.app_name == "admin" or module.startswith(OTHERS)


def _addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield path, each
        elif not _is_from_elsewhere(each):
            yield from _addresses(each, path)


def _module(pattern: URLPattern) -> str:
    return getattr(pattern.callback, "__module__", "")


def ours() -> list[tuple[str, URLPattern]]:
    """The addresses of the site itself."""
    return list(_addresses(get_resolver()))


def test_the_site_has_pages():
    assert len(ours()) > 10


def test_every_page_says_who_may_open_it():
    silent = [
        f"{path} ({_module(pattern)})" for path, pattern in ours() if not hasattr(pattern.callback, "access")
    ]
    none_of(silent)


def test_who_may_open_a_page_is_one_of_the_named_rules_and_says_it_in_words():
    for path, pattern in ours():
        rule = getattr(pattern.callback, "access", None)
        assert callable(rule), path
        assert rule.__doc__, f"{path}: the rule {rule.__name__} has no docstring"


def test_pages_of_the_atelier_are_never_open_to_anyone():
    open_to_all = {access.anyone}
    broken = [
        path
        for path, pattern in ours()
        if "/atelier/" in f"/{path}" and pattern.callback.access in open_to_all
    ]
    none_of(broken)


def test_every_page_has_a_name():
    none_of([path for path, pattern in ours() if not pattern.name])


def test_public_addresses_are_plain_words():
    odd = [path for path, _pattern in ours() if re.search(r"[A-Z_]", re.sub(r"<[^>]*>", "", path))]
    none_of(odd)
