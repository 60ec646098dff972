"""How an address names the things of the small world."""

from collections.abc import Callable
from types import SimpleNamespace as Things

Arguments = Callable[[Things], list[object]]


def none(things: Things) -> list[object]:
    return []


def pk(name: str) -> Arguments:
    return lambda things: [getattr(things, name).pk]


def slug(name: str) -> Arguments:
    return lambda things: [getattr(things, name).slug]


def words(*said: object) -> Arguments:
    return lambda things: list(said)


def group(things: Things) -> list[object]:
    return [things.synthesis.pk, things.group.pk]


def names_of(names: str, arguments: Arguments = none) -> dict[str, Arguments]:
    return dict.fromkeys(names.split(), arguments)
