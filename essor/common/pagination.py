"""Cutting a list into pages, with a bound that no address can push."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 20
LAST_PAGE = 5000


class _Counted(Paginator):
    """A paginator that was told how many things there are."""

    def __init__(self, things: Any, per_page: int, known: int) -> None:
        super().__init__(things, per_page)
        self.count = known


def page_of(request: HttpRequest, things: Any, per_page: int = PER_PAGE, known: int | None = None) -> Page:
    """The page asked for by ``?page=``; a number that makes no sense gives the nearest page.

    ``known`` is the number of things when somebody counted them already.
    """
    asked = request.GET.get("page", "1")
    number = min(int(asked), LAST_PAGE) if asked.isdecimal() and len(asked) < 7 else 1
    paginator = Paginator(things, per_page) if known is None else _Counted(things, per_page, known)
    return paginator.get_page(number)
