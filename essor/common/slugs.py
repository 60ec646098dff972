"""Short addresses made from titles."""

from typing import Any

from django.db import models
from django.utils.text import slugify

from essor.common.text import plain


def slug_of(title: str, length: int = 80) -> str:
    """The title as a short address, cut at a word; ``page`` when nothing is left of it.

    >>> slug_of("L’école du bourg : rouvrir ?")
    'l-ecole-du-bourg-rouvrir'
    """
    whole = slugify(plain(title).replace("’", "-").replace("'", "-"))
    if len(whole) > length:
        whole = whole[: length + 1].rsplit("-", 1)[0][:length]
    return whole.strip("-") or "page"


def free_slug(title: str, among: "models.QuerySet[Any]", length: int = 80) -> str:
    """A short address for this title that no row of ``among`` has yet: ``titre``, ``titre-2``…"""
    wanted = slug_of(title, length - 5)
    taken = set(among.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
