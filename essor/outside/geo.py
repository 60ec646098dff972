"""The communes of France: name, people, postcodes, place and outline, from a file prepared at set-up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Ring = tuple[tuple[float, float], ...]
Outline = tuple[tuple[Ring, ...], ...]


class CommunesNotInstalled(LookupError):
    """The communes were not prepared on this machine; the message says which command to run."""


@dataclass(frozen=True, slots=True)
class Commune:
    """`outline` is a GeoJSON MultiPolygon (longitude, latitude); None when not asked or unknown."""

    code: str
    name: str
    population: int
    latitude: float | None
    longitude: float | None
    postcodes: tuple[str, ...]
    outline: Outline | None = None


def is_installed() -> bool:
    raise NotImplementedError


def communes(codes: Iterable[str], *, outlines: bool = True) -> list[Commune]:
    """The communes with these INSEE codes, in the order asked; unknown codes are left out."""
    raise NotImplementedError


def search(text: str, *, limit: int = 20) -> list[Commune]:
    """Communes by the beginning of a name (accents and case ignored) or of a postcode; largest first."""
    raise NotImplementedError
