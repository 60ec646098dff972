"""Saying no without saying what exists."""

from django.http import Http404


def not_found_unless(allowed: bool) -> None:
    """404 rather than 403, so that a stranger does not learn what stands at an address."""
    if not allowed:
        raise Http404
