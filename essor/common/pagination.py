"""Cutting a list into pages, with a bound that no address can push."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 20
LAST_PAGE = 5000


def page_of(request: HttpRequest, things: Any, per_page: int = PER_PAGE) -> Page:
    """The page asked for by ``?page=``; a number that makes no sense gives the nearest page."""
    asked = request.GET.get("page", "1")
    number = min(int(asked), LAST_PAGE) if asked.isdecimal() and len(asked) < 7 else 1
    return Paginator(things, per_page).get_page(number)
