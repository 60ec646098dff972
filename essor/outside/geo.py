"""The communes of France: name, people, postcodes, place and outline, from a file prepared at set-up."""

from __future__ import annotations

import os
import re
import sqlite3
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from essor.common.text import plain
from essor.outside.words import gettext as _

Ring = tuple[tuple[float, float], ...]
Outline = tuple[tuple[Ring, ...], ...]

PRECISION = 10_000
"""Outlines are kept at 1/10,000 degree: about ten metres."""
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_SAINT = re.compile(r"\bst(e?)\b")
_FIELDS = "commune.code, commune.name, population, latitude, longitude, intercommunality"


class CommunesNotInstalled(LookupError):
    """The communes were not prepared on this machine; the message says which command to run."""


@dataclass(frozen=True, slots=True)
class Commune:
    """`outline` is a GeoJSON MultiPolygon (longitude, latitude); None when not asked or unknown.

    `population` is None where the source has none (Mayotte); `intercommunality` is the SIREN of its EPCI.
    """

    code: str
    name: str
    population: int | None
    latitude: float | None
    longitude: float | None
    postcodes: tuple[str, ...]
    outline: Outline | None = None
    intercommunality: str = ""


@dataclass(frozen=True, slots=True)
class Intercommunality:
    """A group of communes (métropole, agglomération, communauté de communes)."""

    code: str
    name: str
    communes: tuple[str, ...]


def communes_file() -> Path:
    """Where the prepared communes are: beside the data of this installation."""
    folder = os.environ.get("ESSOR_VAR") or Path(__file__).resolve().parents[2] / "var"
    return Path(folder) / "communes.sqlite3"


def is_installed() -> bool:
    return communes_file().is_file()


def communes(codes: Iterable[str], *, outlines: bool = True) -> list[Commune]:
    """The communes with these INSEE codes, in the order asked; unknown codes are left out."""
    wanted = list(dict.fromkeys(codes))
    found: dict[str, Commune] = {}
    with closing(_opened()) as database:
        for some in _batches(wanted):
            marks = ",".join("?" * len(some))
            query = f"SELECT {_FIELDS}, outline FROM commune WHERE code IN ({marks})"  # noqa: S608 - only marks
            for commune in _read(database, query, some, outlines=outlines):
                found[commune.code] = commune
    return [found[code] for code in wanted if code in found]


def search(text: str, *, limit: int = 20) -> list[Commune]:
    """Communes by name (accents, case and articles ignored), postcode or INSEE code; largest first.

    An exact name comes first, then names that begin so, then names that hold a word beginning so.
    """
    words = searchable(text)
    if not words:
        return []
    with closing(_opened()) as database:
        if words.isdecimal() or re.fullmatch(r"2[ab]\d{3}", words):
            query = (
                f"SELECT {_FIELDS}, NULL FROM commune WHERE code = ? OR code IN "  # noqa: S608 - constant
                "(SELECT code FROM postcode WHERE postcode >= ? AND postcode < ?) "
                "ORDER BY population DESC, name LIMIT ?"
            )
            return list(_read(database, query, [words.upper(), words, words + ":", limit]))
        query = (
            f"SELECT {_FIELDS}, NULL FROM commune WHERE searchable LIKE ? "  # noqa: S608 - constant
            "ORDER BY searchable != ? AND bare != ?, searchable NOT LIKE ? AND bare NOT LIKE ?, "
            "population DESC, name LIMIT ?"
        )
        begins = f"{words}%"
        return list(_read(database, query, [f"% {words}%", f" {words}", words, f" {begins}", begins, limit]))


def intercommunalities(text: str, *, limit: int = 20) -> list[Intercommunality]:
    """Groups of communes whose name holds these words, with the codes of their communes."""
    pattern = "%".join(["", *searchable(text).split(), ""])
    with closing(_opened()) as database:
        rows = database.execute(
            "SELECT intercommunality.code, intercommunality.name, group_concat(commune.code) "
            "FROM intercommunality JOIN commune ON commune.intercommunality = intercommunality.code "
            "WHERE searchable_group LIKE ? GROUP BY intercommunality.code "
            "ORDER BY sum(population) DESC LIMIT ?",
            [pattern, limit],
        )
        return [Intercommunality(code, name, tuple(sorted(codes.split(",")))) for code, name, codes in rows]


def source() -> dict[str, str]:
    """What the prepared file was made from, to be shown beside any map."""
    with closing(_opened()) as database:
        return dict(database.execute("SELECT name, value FROM about"))


def searchable(name: str) -> str:
    """A name as it is searched: no accents or punctuation, Saint written whole.

    >>> searchable("St-Étienne-du-Rouvray")
    'saint etienne du rouvray'
    """
    return _SAINT.sub(r"saint\1", _NOT_LETTERS.sub(" ", plain(name)).strip())


def packed(outline: Outline) -> bytes:
    """An outline as bytes: counts, then the steps from each point to the next, compressed."""
    numbers = array("i", [len(outline)])
    for polygon in outline:
        numbers.append(len(polygon))
        for ring in polygon:
            numbers.append(len(ring))
            last_x = last_y = 0
            for longitude, latitude in ring:
                x, y = round(longitude * PRECISION), round(latitude * PRECISION)
                numbers.extend((x - last_x, y - last_y))
                last_x, last_y = x, y
    return zlib.compress(numbers.tobytes(), 9)


def unpacked_outline(content: bytes) -> Outline:
    """The outline `packed` made."""
    numbers = array("i")
    numbers.frombytes(zlib.decompress(content))
    stream = iter(numbers)
    return tuple(tuple(_ring(stream) for _ in range(next(stream))) for _ in range(next(stream)))


def _ring(stream: Iterator[int]) -> Ring:
    x = y = 0
    points = []
    for _point in range(next(stream)):
        x += next(stream)
        y += next(stream)
        points.append((x / PRECISION, y / PRECISION))
    return tuple(points)


_unpacked = lru_cache(maxsize=2000)(unpacked_outline)


def _opened() -> sqlite3.Connection:
    path = communes_file()
    if not path.is_file():
        raise CommunesNotInstalled(
            _("Les communes de France ne sont pas encore préparées : lancez la commande « essor communes ».")
        )
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _batches(codes: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    return (codes[start : start + size] for start in range(0, len(codes), size))


def _read(
    database: sqlite3.Connection, query: str, values: Sequence[object], *, outlines: bool = True
) -> Iterator[Commune]:
    rows = database.execute(query, values).fetchall()
    postcodes = _postcodes(database, [row[0] for row in rows])
    for code, name, population, latitude, longitude, group, outline in rows:
        shape = _unpacked(outline) if outline and outlines else None
        yield Commune(
            code, name, population, latitude, longitude, postcodes.get(code, ()), shape, group or ""
        )


def _postcodes(database: sqlite3.Connection, codes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for some in _batches(codes):
        marks = ",".join("?" * len(some))
        query = f"SELECT code, postcode FROM postcode WHERE code IN ({marks}) ORDER BY postcode"  # noqa: S608
        for code, postcode in database.execute(query, some):
            found[code] = (*found.get(code, ()), postcode)
    return found
